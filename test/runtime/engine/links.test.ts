import assert from 'node:assert/strict';
import {test} from 'node:test';
import {DrivenRun} from '../../helpers/driven-run.ts';
import {FakeHost, type FakeTable} from '../../helpers/fake-host.ts';

const step = '# T\n## Step\n~~~sh {name=it}\nit\n~~~\n';
const runIt = {type: 'run', block: 'step/it', confirmed: 'y'} as const;
const output = Array.from({length: 40}, (_, line) => `line ${line}\n`).join('');

async function driven(t: {after(work: () => Promise<void>): void}, markdown: string, table: FakeTable) {
	const host = new FakeHost('web1', table);
	const run = await DrivenRun.open(markdown, [host]);
	t.after(() => run.close());
	return {host, run};
}

test('output is recorded exactly once, however often the link is lost while it is read', async t => {
	const {host, run} = await driven(t, step, {it: {output, drops: [1, 51]}});
	await run.walk();
	assert.equal(run.asked, 'completed');
	assert.equal(run.output('t0001'), output);
	assert.deepEqual(host.started, ['it']);
	assert.equal((await run.events('link.lost')).length, 2);
	assert.equal((await run.events('task.reported')).at(-1)?.report.is, 'ended');
});

test('a link that is lost between a start and its answer starts nothing twice', async t => {
	const {host, run} = await driven(t, step, {it: {output: 'x'}});
	host.cuts.add('start');
	await run.walk();
	assert.equal(run.asked, 'completed');
	assert.deepEqual(host.started, ['it']);
	assert.equal(run.output('t0001'), 'x');
});

for (const method of ['lock', 'sample', 'ask', 'reap', 'read']) {
	test(`a link that is lost before the answer to ${method} is made again, and the run goes on`, async t => {
		const markdown = `${step}## Which?\n- [A](#a)\n\n### A\n~~~sh {ready}\nready\n~~~\n- [ ] a\n`;
		const {host, run} = await driven(t, markdown, {it: {}, ready: {}});
		host.cuts.add(method);
		await run.walk();
		assert.equal(run.asked, 'completed');
		assert.deepEqual(host.started, ['it']);
		assert.equal((await run.events('link.lost')).length, 1);
		assert.equal(host.owner, undefined);
	});
}

test('a change goes on while its host is away, and is followed when it is back', async t => {
	const {host, run} = await driven(t, step, {it: {hangs: true, output: 'begun\n'}});
	await run.walk('confirm step/it');
	await run.does(runIt);
	await run.until(() => run.host.tasks['t0001']?.phase === 'running');
	host.isDown = true;
	host.wake();
	await run.until(() => !run.host.link);
	assert.equal(run.asked, 'nothing');
	host.finish('it', 0);
	host.isDown = false;
	await run.walk();
	assert.equal(run.asked, 'completed');
	assert.equal(run.output('t0001'), 'begun\n');
});

test('a host that is not there at the first connection stops the session with 4', async t => {
	const host = new FakeHost('web1', {it: {}});
	host.isDown = true;
	const run = await DrivenRun.open(step, [host]);
	t.after(() => run.close());
	await run.until(() => run.session.stopped !== undefined);
	assert.equal(run.session.stopped?.exitCode, 4);
	assert.equal(run.session.stopped?.hint, 'Start it.');
	assert.equal(run.session.state.ended, undefined, 'the run is open');
});

for (const [what, change] of [
	['machine-id', {machineId: 'm-2'}],
	['host key', {hostKey: 'other'}],
] as const) {
	test(`another ${what} after the link was lost stops the session with 5, and nothing runs there`, async t => {
		const {host, run} = await driven(t, step, {it: {hangs: true}});
		await run.walk('confirm step/it');
		await run.does(runIt);
		host.isDown = true;
		host.wake();
		await run.until(() => !run.host.link);
		const before = [...host.started];
		Object.assign(host.meeting.identity, change);
		host.isDown = false;
		await run.until(() => run.session.stopped !== undefined);
		assert.equal(run.session.stopped?.exitCode, 5);
		assert.match(run.session.stopped!.message, new RegExp(`another machine answers: its ${what}`));
		assert.deepEqual(host.started, before);
	});
}

test('a connection that goes while only a person is waited for is noticed at once, and made again', async t => {
	const {host, run} = await driven(t, `# T\n## Step\n- [ ] Tell\n`, {});
	await run.walk('manual step/1');
	for (const listener of host.listeners) listener(false, 'nothing was heard of it');
	await run.until(() => !run.host.link);
	await run.untilAsked('manual step/1');
	assert.deepEqual(
		(await run.events('link.lost')).map(({why}) => why),
		['nothing was heard of it'],
	);
});

test('a host that stays away ends the session once patience is over, and never while a person waits', async t => {
	const {host, run} = await driven(t, step, {it: {}});
	await run.walk('confirm step/it');
	run.session.world.patience = 0;
	run.session.world.isAttended = true;
	host.isDown = true;
	await run.session.observe('web1', {type: 'link-lost', why: 'cut'});
	await run.until(() => run.session.retries.has('web1'));
	await run.until(() => !run.session.retries.has('web1'));
	await run.until(() => run.session.retries.has('web1'));
	assert.deepEqual([run.session.stopped], [undefined]);
	run.session.world.isAttended = false;
	await run.until(() => run.session.stopped !== undefined);
	assert.equal(run.session.stopped?.exitCode, 3);
	assert.equal(run.session.stopped?.message, 'web1 does not come back: web1 does not answer');
});

test('another machine at a resume is refused before anything is asked of it', async t => {
	const {host, run} = await driven(t, step, {it: {hangs: true}});
	await run.walk('confirm step/it');
	await run.does(runIt);
	await run.until(() => run.host.tasks['t0001']?.phase === 'running');
	await run.close();
	host.meeting.identity.machineId = 'm-2';
	const resumed = await DrivenRun.open(step, [host], {folder: run.folder});
	t.after(() => resumed.close());
	await resumed.until(() => resumed.session.stopped !== undefined);
	assert.equal(resumed.session.stopped?.exitCode, 5);
	assert.deepEqual(host.started, ['it']);
});

test('a run that is aborted while its host is away ends, and the connection that comes then does no harm', async t => {
	const {host, run} = await driven(t, `# T\n## Step\n- [ ] Tell\n`, {});
	await run.walk('manual step/1');
	host.isDown = true;
	await run.session.observe('web1', {type: 'link-lost', why: 'the test says so'});
	await run.does({type: 'abort', reason: 'enough'});
	host.isDown = false;
	await run.close();
	assert.equal(run.session.state.ended, 'aborted');
	assert.equal(run.session.stopped, undefined);
});

test('a host that gives no figures lets the run go on, and no gauge holds there', async t => {
	const gated = step.replace('## Step\n', '## Step\n<!-- handrail require="/boot<90" -->\n');
	const {host, run} = await driven(t, gated, {it: {}});
	host.isFigureless = true;
	await run.walk('confirm step/it');
	await run.does(runIt);
	await run.untilAsked('refused step/it');
	assert.deepEqual(host.started, []);
	await run.does({type: 'override', guard: '/boot', reason: 'there are no figures'}, runIt);
	await run.walk();
	assert.equal(run.asked, 'completed');
});

test('a host that answers and drops at once is not hammered', async t => {
	const {host, run} = await driven(t, step, {it: {}});
	await run.walk('confirm step/it');
	const began = performance.now();
	for (let count = 0; count < 3; count++) {
		await run.session.observe('web1', {type: 'link-lost', why: 'it drops'});
		await run.until(() => run.host.link);
	}
	assert.ok(performance.now() - began > 2500, 'the third connection waits');
	assert.deepEqual(host.started, []);
});

test('a clock of this machine that is set while a host is away makes no task late', async t => {
	const markdown = '# T\n## Step\n~~~sh {name=it risk=reads timeout=10m}\nit\n~~~\n';
	for (const hours of [1, -1]) {
		const {host, run} = await driven(t, markdown, {it: {hangs: true, output: 'begun\n'}});
		await run.walk('confirm step/it');
		await run.does({type: 'run', block: 'step/it', confirmed: 'enter'});
		await run.until(() => run.host.tasks['t0001']?.phase === 'running');
		const {clock} = run.session.world;
		clock.now = () => new Date(Date.now() + hours * 3_600_000);
		host.isDown = true;
		host.wake();
		await run.until(() => !run.host.link);
		host.isDown = false;
		await run.until(() => run.host.link);
		host.finish('it', 0);
		await run.walk();
		assert.equal(run.asked, 'completed');
		assert.deepEqual([...(await run.events('task.overdue')), ...(await run.events('task.cancelled'))], []);
		assert.deepEqual(host.signals, []);
	}
});
