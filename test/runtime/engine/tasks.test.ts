import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import type {Intent} from '../../../source/core/run/told.ts';
import {handedLimit} from '../../../source/runtime/hosts/host.ts';
import {DrivenRun} from '../../helpers/driven-run.ts';
import {FakeHost, type FakeTable} from '../../helpers/fake-host.ts';

const step = (attributes = '', more = '') => `# T\n## Step\n~~~sh {name=it ${attributes}}\nit\n~~~\n${more}`;
const run = (block: string, confirmed: 'enter' | 'y' | 'name' = 'y'): Intent => ({type: 'run', block, confirmed});

async function driven(
	t: {after(work: () => Promise<void>): void},
	markdown: string,
	table: FakeTable,
	...others: FakeHost[]
) {
	const host = new FakeHost('web1', table);
	const told = await DrivenRun.open(markdown, [host, ...others]);
	t.after(() => told.close());
	return {host, told};
}

test('values that a command hands on reach the next ones and choose among variants, and what ran is what is recorded', async t => {
	const text = `# T\n## Step\n~~~sh {name=find capture=TX}\nfind\n~~~\n~~~sh {name=use check when="TX=1"}\nuse-1\n~~~\n~~~sh {name=use check when="TX=2"}\nuse-2 "$more"\n~~~\n`;
	const {host, told} = await driven(t, text, {
		find: {stdout: '2\n', values: 'more=a b\nPATH=/tmp\n'},
		'use-2 "$more"': {},
	});
	const environments: Record<string, string>[] = [];
	host.onStart = spec => environments.push(spec.values);
	await told.walk();
	assert.equal(told.asked, 'completed');
	assert.deepEqual(host.started, ['find', 'use-2 "$more"']);
	assert.deepEqual(environments, [{}, {TX: '2', more: 'a b'}]);
	assert.equal(told.command('t0002'), 'use-2 "$more"');
	const [captured] = await told.events('values.captured');
	assert.deepEqual(captured?.values, {TX: '2', more: 'a b'});
	assert.deepEqual(captured?.dropped, ['PATH']);
});

test('a value that holds a secret is not handed on, and reaches the next command as it was typed', async t => {
	const text =
		'---\nhandrail: 1\ninputs:\n  PIN: { prompt: PIN, secret: true }\n---\n# T\n## Step\n~~~sh {name=it capture=URL}\nit $PIN\n~~~\n~~~sh {name=use}\nuse $URL\n~~~\n';
	const {host, told} = await driven(t, text, {'it $PIN': {stdout: 'https://hunter2@x\n'}, 'use $URL': {}});
	const given: [string[], Record<string, string>][] = [];
	host.onStart = spec => given.push([spec.secrets, spec.values]);
	await told.untilAsked('input PIN');
	await told.session.giveSecret('web1', 'PIN', Buffer.from('hunter2'));
	await told.walk('input URL');
	await told.session.giveSecret('web1', 'URL', Buffer.from('https://hunter2@x'));
	await told.walk();
	assert.equal(told.asked, 'completed');
	assert.deepEqual(given, [
		[['PIN'], {}],
		[['URL'], {}],
	]);
	assert.deepEqual((await told.events('values.captured'))[0]?.withheld, ['URL']);
	assert.ok(!readFileSync(told.folder.journal, 'utf8').includes('hunter2'));
});

test('a command that failed hands nothing on', async t => {
	const {told} = await driven(t, step('capture=TX'), {it: {stdout: '7', exit: 1}});
	await told.walk('failure step/it');
	assert.deepEqual(told.host.values, {});
});

test('nothing of a sensitive command is on the disk, and its patterns are tried all the same', async t => {
	const {told} = await driven(t, step('sensitive fail-match="^hush"'), {it: {output: 'hush-hush\n'}});
	await told.walk('failure step/it');
	assert.equal(told.host.blocks['step/it']?.reason, 'the output has: (not kept)');
	const files = readdirSync(told.folder.path, {recursive: true, withFileTypes: true}).filter(file => file.isFile());
	for (const file of files) {
		assert.ok(!readFileSync(join(file.parentPath, file.name), 'latin1').includes('hush-hush'), file.name);
	}
});

/** What patterns find in output that is drawn with escape sequences. */
const patterns: [attributes: string, output: string, status: string][] = [
	['fail-match="^E: "', 'Reading\n\x1b[1;31mE: \x1b[0mbroken\n', 'failed'],
	['fail-match="^E: "', 'NOTE: none\n', 'done'],
	['fail-match="^E: "', 'progress 10%\rE: broken\n', 'failed'],
	['match="^ok$"', '\x1b]0;title\x07o\x1b[Kk\n', 'done'],
	['match="^ok$"', '\x1b]0;ok\x07no\n', 'failed'],
	['match="^ok$"', 'not ok\n', 'failed'],
];
for (const [attributes, output, status] of patterns) {
	test(`with ${attributes} the output ${JSON.stringify(output)} means ${status}`, async t => {
		const {told} = await driven(t, step(attributes, '- [ ] End\n'), {it: {output}});
		await told.walk(status === 'done' ? 'manual step/2' : 'failure step/it');
		assert.equal(told.host.blocks['step/it']?.status, status);
		assert.equal(told.output('t0001'), output, 'the record has the very bytes');
	});
}

test('a failure names the entries whose symptoms its output shows, in plain text, and those for this host only', async t => {
	const entry = (name: string, when = '') =>
		`### ${name}\n${when}~~~text {symptom}\ndpkg was interrupted\n~~~\n- [ ] Look\n\n`;
	const text = `${step()}## Troubleshooting\n${entry('Here')}${entry('Elsewhere', '<!-- handrail when="pm=dnf" -->\n')}`;
	const {told} = await driven(t, text, {it: {output: 'E: dpkg was \x1b[1minterrupted\x1b[0m, you\n', exit: 100}});
	await told.walk('failure step/it');
	assert.deepEqual(told.host.tasks['t0001']?.seen?.entries, ['here']);
});

test('a value that was cut where too much is handed on is no value', async t => {
	const values = `A=1\n${'x'.repeat(handedLimit - 8)}\nB=23`;
	assert.equal(values.length, handedLimit + 1);
	const text = step('', '~~~sh {name=next}\necho "$A$B"\n~~~\n');
	const {told} = await driven(t, text, {it: {values: values.slice(0, handedLimit)}, 'echo "$A$B"': {}});
	await told.walk();
	assert.deepEqual(told.host.values, {A: '1'});
	const captured = (await told.events('values.captured'))[0];
	assert.deepEqual(captured?.dropped, ['what stands behind the first MiB']);
});

test('what is on=control runs on the jump box', async t => {
	const control = new FakeHost('control', {it: {output: 'from here'}});
	const {host, told} = await driven(t, step('on=control'), {}, control);
	await told.walk();
	assert.equal(told.asked, 'completed');
	assert.deepEqual(control.started, ['it']);
	assert.deepEqual(host.started, []);
	assert.equal(told.output('t0001'), 'from here');
});

test('what a host refuses to start has failed, and may be tried again', async t => {
	const {host, told} = await driven(t, step(), {it: [{refuses: 'no space is left'}, {}]});
	await told.walk('failure step/it');
	assert.equal(told.host.blocks['step/it']?.reason, 'no space is left');
	host.table = {it: {}};
	await told.does(run('step/it'));
	await told.walk();
	assert.deepEqual(host.started, ['it']);
});

test('what reads is tried again after a pause', async t => {
	const {host, told} = await driven(t, step('risk=reads retries=1'), {it: [{exit: 1}, {}]});
	await told.walk('confirm step/it');
	const began = performance.now();
	await told.does(run('step/it', 'enter'));
	await told.walk();
	assert.equal(told.asked, 'completed');
	assert.ok(performance.now() - began >= 1900);
	assert.deepEqual(host.started, ['it', 'it']);
});

test('what reads and takes too long is told TERM and, where it does not heed, KILL', async t => {
	const {host, told} = await driven(t, step('risk=reads timeout=1s'), {it: {hangs: true, ignores: 'TERM'}});
	await told.walk('failure step/it');
	assert.deepEqual(host.signals, ['TERM', 'KILL']);
	assert.equal(told.host.blocks['step/it']?.cause, 'timeout');
});

test('what changes and takes too long runs on, and is cancelled only by the name', async t => {
	const {host, told} = await driven(t, step('timeout=1s', '~~~sh {check}\nok\n~~~\n'), {it: {hangs: true}, ok: {}});
	await told.walk('overdue step/it');
	assert.deepEqual(host.signals, []);
	await told.does({type: 'cancel', task: 't0001', confirmed: 'name'});
	await told.walk();
	assert.deepEqual(host.signals, ['TERM']);
	assert.equal(told.asked, 'completed', 'its check has spoken');
	const [first] = await told.events('block.ended');
	assert.deepEqual([first?.end, first?.cause], ['unknown', 'cancelled']);
});

test('what is silent for too long is asked about, and asked about again after a wait', async t => {
	const {host, told} = await driven(t, step('idle=1s'), {it: {hangs: true}});
	await told.walk('overdue step/it');
	await told.does({type: 'wait', task: 't0001'});
	await told.untilAsked('overdue step/it');
	host.finish('it');
	await told.untilAsked('completed');
});

test('a task that has ended before its signal came is no reason to stop', async t => {
	const {host, told} = await driven(t, step(), {it: {hangs: true}});
	await told.walk('confirm step/it');
	await told.does(run('step/it'));
	await told.until(() => told.host.tasks['t0001']?.phase === 'running');
	host.refused.add('cancel');
	const cancelled = told.does({type: 'cancel', task: 't0001', confirmed: 'name'});
	host.finish('it', 0);
	await cancelled;
	await told.untilAsked('unknown step/it');
	assert.equal(told.session.stopped, undefined);
});

test('a signal that may not be sent is said, and the run goes on', async t => {
	const {host, told} = await driven(t, step(), {it: {hangs: true}});
	await told.walk('confirm step/it');
	await told.does(run('step/it'));
	await told.until(() => told.host.tasks['t0001']?.phase === 'running');
	host.refused.add('cancel');
	await told.does({type: 'cancel', task: 't0001', confirmed: 'name'});
	await told.until(() => told.host.tasks['t0001']?.unsent !== undefined);
	assert.equal(told.host.tasks['t0001']?.unsent, 'web1 refuses to cancel');
	host.refused.delete('cancel');
	await told.does({type: 'cancel', task: 't0001', confirmed: 'name'});
	await told.untilAsked('unknown step/it');
	assert.deepEqual(host.signals, ['TERM']);
	assert.equal(told.session.stopped, undefined);
});

test('a lock that the host lets nobody take is a refusal, and the run goes on once it can be taken', async t => {
	const {host, told} = await driven(t, step(), {it: {}});
	await told.walk('confirm step/it');
	host.refused.add('lock');
	await told.does(run('step/it'));
	await told.untilAsked('refused step/it');
	const [refused] = await told.events('request.refused');
	assert.equal(refused?.guards[0]?.evidence, 'it cannot be taken: web1 refuses to lock');
	host.refused.delete('lock');
	await told.does(run('step/it'));
	await told.untilAsked('completed');
	assert.deepEqual(host.started, ['it']);
});

test('a host that does not let go of a folder holds nothing up', async t => {
	const {host, told} = await driven(t, step(), {it: {}});
	host.refused.add('reap');
	await told.walk();
	assert.equal(told.asked, 'completed');
});

test('two quick answers start one thing', async t => {
	for (const attributes of ['', 'risk=reads']) {
		const {host, told} = await driven(t, step(attributes), {it: {}});
		await told.walk('confirm step/it');
		const refusals = await Promise.all([
			told.tell(run('step/it')),
			told.tell(run('step/it')),
			told.tell(run('step/it')),
		]);
		assert.equal(refusals.filter(refusal => refusal === undefined).length, 1, JSON.stringify(refusals));
		await told.walk();
		assert.deepEqual(host.started, ['it']);
	}
});

test('an answer about a way back from before a change does not stand after it', async t => {
	const text = `${step()}## Rollback\n~~~sh {available}\nthere\n~~~\n~~~sh {name=back}\nback\n~~~\n`;
	const {host, told} = await driven(t, text, {it: [{exit: 1}, {exit: 1}], there: [{}, {exit: 1}]});
	await told.walk('confirm step/it');
	const first = Promise.withResolvers<void>();
	host.onRead = () => first.promise;
	await told.does(run('step/it'));
	await told.untilAsked('failure step/it');
	host.onRead = undefined;
	await told.does(run('step/it'));
	await told.until(() => told.host.changes === 2);
	await told.until(() => told.host.probes['rollback/1']?.after === 2);
	first.resolve();
	await told.eventually(() => host.reads.length === 2);
	await told.does({type: 'note', text: 'what was said before is recorded now'});
	assert.equal((await told.events('probed')).length, 1, 'the stale answer is not recorded');
	assert.equal(told.host.probes['rollback/1']?.answer, 'yes');
});

test('while the record cannot be written nothing new starts, and then all goes on and nothing is lost', async t => {
	const {host, told} = await driven(t, step('', '~~~sh {name=more}\nmore\n~~~\n'), {
		it: {hangs: true, output: 'all of it\n'},
		more: {},
	});
	await told.walk('confirm step/it');
	await told.does(run('step/it'));
	await told.until(() => told.host.tasks['t0001']?.phase === 'running');
	told.isDiskFull = true;
	host.finish('it');
	await told.until(() => told.session.fault !== undefined);
	assert.match(told.session.fault!.message, /The journal cannot be written: no space left/);
	await assert.rejects(told.tell({type: 'note', text: 'x'}), /cannot be written/);
	assert.deepEqual(host.started, ['it']);
	told.isDiskFull = false;
	await told.untilAsked('confirm step/more');
	await told.until(() => told.session.fault === undefined);
	assert.equal(told.output('t0001'), 'all of it\n');
	told.isDiskFull = true;
	await assert.rejects(told.tell(run('step/more')), /cannot be written/);
	assert.equal(told.asked, 'confirm step/more', 'what was not recorded did not happen');
	told.isDiskFull = false;
	await told.walk();
	assert.equal(told.asked, 'completed');
	assert.deepEqual(host.started, ['it', 'more']);
});
