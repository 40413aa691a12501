import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {type TestContext, test} from 'node:test';
import type {Intent} from '../../../source/core/run/told.ts';
import type {Stillness} from '../../../source/core/run/waiting.ts';
import {DrivenRun} from '../../helpers/driven-run.ts';
import {FakeHost, type FakeReply} from '../../helpers/fake-host.ts';

const run: Intent = {type: 'run', block: 'step/it', confirmed: 'y'};
const terminal = (isEchoing: boolean): Stillness => ({terminal: {isCanonical: true, isEchoing}, reads: 'yes'});

async function running(t: TestContext, attributes: string, reply: FakeReply = {}) {
	const host = new FakeHost('web1', {it: {hangs: true, ...reply}});
	const told = await DrivenRun.open(`# T\n## Step\n~~~sh {name=it ${attributes}}\nit\n~~~\n`, [host]);
	t.after(() => told.close());
	return {host, told};
}

const isRunning = (told: DrivenRun) => () => told.host.tasks['t0001']?.phase === 'running';

test('what a silent command waits for is recorded before the question about its silence, once for each place', async t => {
	const {host, told} = await running(t, 'idle=1s', {output: 'Password: '});
	host.stillness = terminal(false);
	await told.untilAsked('confirm step/it');
	await told.does(run);
	await told.untilAsked('overdue step/it');
	assert.deepEqual(told.host.tasks['t0001']?.silent, {waits: 'password', bytes: 10});
	await told.does({type: 'wait', task: 't0001'});
	await told.untilAsked('overdue step/it');
	assert.equal((await told.events('task.silent')).length, 1);
	assert.equal(told.session.silences.get('t0001')?.waits, 'password');
});

test('a line is recorded as an answer, not by its text, and closes the question about the silence', async t => {
	const {host, told} = await running(t, 'idle=1s');
	await told.untilAsked('confirm step/it');
	await told.does(run);
	await told.untilAsked('overdue step/it');
	const line = Buffer.from('a line of words');
	assert.equal(await told.session.sendLine('web1', 't0001', {line, isHidden: false}), undefined);
	assert.equal(host.typed, 'a line of words\n');
	assert.ok(line.every(byte => byte === 0));
	assert.equal(told.host.tasks['t0001']?.overdue, undefined);
	const [answered] = await told.events('task.answered');
	assert.deepEqual([answered?.how, answered?.by?.login], ['line', told.session.world.by.login]);
	assert.ok(!readFileSync(told.folder.journal, 'utf8').includes('line of words'));
});

test('a hidden line is kept back where a terminal would show it', async t => {
	const {host, told} = await running(t, 'tty');
	await told.untilAsked('confirm step/it');
	await told.does(run);
	await told.until(isRunning(told));
	host.stillness = terminal(true);
	const hidden = () => ({line: Buffer.from('hunter2'), isHidden: true});
	assert.match((await told.session.sendLine('web1', 't0001', hidden()))!, /would show it/);
	assert.equal(host.typed, '');
	host.stillness = terminal(false);
	assert.equal(await told.session.sendLine('web1', 't0001', hidden()), undefined);
	assert.equal(host.typed, 'hunter2\r');
	host.finish('it');
	await told.until(() => !isRunning(told)());
	assert.match((await told.session.sendLine('web1', 't0001', hidden()))!, /has ended/);
	assert.match(String(await told.session.typeInto('web1', 't0001')), /has ended/);
});

test('a command with a terminal gets the size of the place where it is drawn, and is told of another one once', async t => {
	const {host, told} = await running(t, 'tty');
	await told.untilAsked('confirm step/it');
	told.session.terminals.resize({rows: 22, columns: 80});
	const sizes: unknown[] = [];
	host.onStart = spec => sizes.push(spec.tty);
	await told.does(run);
	await told.until(isRunning(told));
	assert.deepEqual(sizes, [{rows: 22, columns: 80}]);
	for (const columns of [90, 100, 132]) told.session.terminals.resize({rows: 40, columns});
	await told.eventually(() => host.sizes.length > 0);
	assert.deepEqual(host.sizes, ['132x40']);
});
