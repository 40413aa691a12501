import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Intent} from '../../../source/core/run/told.ts';
import {DrivenRun} from '../../helpers/driven-run.ts';
import {FakeHost, type FakeTable} from '../../helpers/fake-host.ts';

const text = `# T
## Step
~~~sh {name=it timeout=1h idle=1h}
it
~~~
~~~sh {name=see risk=reads retries=3 timeout=1h}
see
~~~
## Rollback
~~~sh {available}
there
~~~
~~~sh {name=back}
back
~~~
`;
const runIt: Intent = {type: 'run', block: 'step/it', confirmed: 'y'};
const table: FakeTable = {it: {}, see: {}, there: {}, back: {}};

/** Every state that a session may be left in, and how it comes there. */
const states: [title: string, table: FakeTable, go: (run: DrivenRun, host: FakeHost) => Promise<void>][] = [
	['at its first question', {}, async run => run.walk('confirm step/it')],
	['before its first connection', {}, async () => undefined],
	[
		'while a task runs',
		{it: {hangs: true}},
		async run => {
			await run.walk('confirm step/it');
			await run.does(runIt);
			await run.until(() => run.host.tasks['t0001']?.phase === 'running');
		},
	],
	[
		'while a task is being cancelled',
		{it: {hangs: true, ignores: 'TERM'}},
		async run => {
			await run.walk('confirm step/it');
			await run.does(runIt);
			await run.until(() => run.host.tasks['t0001']?.phase === 'running');
			await run.does({type: 'cancel', task: 't0001', confirmed: 'name'});
		},
	],
	[
		'while what reads waits to be tried again',
		{see: {exit: 1}},
		async run => {
			await run.walk('confirm step/see');
			await run.does({type: 'run', block: 'step/see', confirmed: 'enter'});
			await run.until(() => run.host.tasks['t0003']?.phase === 'planned');
		},
	],
	[
		'while its host is away',
		{it: {hangs: true}},
		async (run, host) => {
			await run.walk('confirm step/it');
			await run.does(runIt);
			await run.until(() => run.host.tasks['t0001']?.phase === 'running');
			host.isDown = true;
			host.wake();
			await run.until(() => !run.host.link);
		},
	],
	[
		'while the record cannot be written',
		{it: {hangs: true}},
		async (run, host) => {
			await run.walk('confirm step/it');
			await run.does(runIt);
			await run.until(() => run.host.tasks['t0001']?.phase === 'running');
			run.isDiskFull = true;
			host.finish('it');
			await run.until(() => run.session.fault !== undefined);
		},
	],
	[
		'at a failure',
		{it: {exit: 1}},
		async run => {
			await run.walk('failure step/it');
		},
	],
	[
		'stopped without a connection',
		{},
		async (run, host) => {
			host.isDown = true;
			await run.session.observe('web1', {type: 'link-lost', why: 'the test says so'});
		},
	],
	['after its end', {}, async run => run.walk()],
];

for (const [title, replies, go] of states) {
	test(`a session that is closed ${title} leaves no timer behind and writes nothing any more`, async () => {
		const before = timers();
		const host = new FakeHost('web1', {...table, ...replies});
		const run = await DrivenRun.open(text, [host]);
		await go(run, host);
		const began = performance.now();
		await run.close();
		assert.ok(performance.now() - began < 2500, 'it closes at once');
		assert.ok(timers() <= before, `${timers()} timers, ${before} before`);
		const {seq} = run.session.state;
		host.isDown = false;
		host.finish('it');
		host.wake();
		await new Promise(resolve => setImmediate(resolve));
		assert.equal(run.session.state.seq, seq);
	});
}

for (const method of ['lock', 'sample', 'start', 'read']) {
	test(`a session closes though its host never answers to ${method}`, async () => {
		const host = new FakeHost('web1', {...table, it: {exit: 1}});
		host.stuck.add(method);
		const run = await DrivenRun.open(text, [host]);
		await run.walk('confirm step/it');
		await run.does(runIt);
		await run.eventually(() => host.waiting.has(method));
		const before = timers();
		await run.close();
		assert.ok(timers() <= before);
		assert.equal((await run.events('link.lost')).length, 0, 'closing is no lost link');
	});
}

test('a session that was closed can be resumed at once', async () => {
	const host = new FakeHost('web1', {...table, it: {hangs: true, output: 'x'}});
	const run = await DrivenRun.open(text, [host]);
	await run.walk('confirm step/it');
	await run.does(runIt);
	await run.until(() => run.host.tasks['t0001']?.phase === 'running');
	await run.close();
	host.finish('it');
	const resumed = await DrivenRun.open(text, [host], {folder: run.folder});
	await resumed.walk();
	await resumed.close();
	assert.equal(resumed.asked, 'completed');
	assert.deepEqual(host.started, ['it', 'see']);
	assert.equal(resumed.output('t0001'), 'x');
});

const timers = (): number => process.getActiveResourcesInfo().filter(kind => kind === 'Timeout').length;
