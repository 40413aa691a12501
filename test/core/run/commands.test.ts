import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Intent} from '../../../source/core/run/told.ts';
import {exits, toldRun} from '../../helpers/told-run.ts';

const run = (confirmed: 'enter' | 'y' | 'name' = 'y', block = 'step/it'): Intent => ({type: 'run', block, confirmed});
const step = (attributes = '', more = '', script = 'it') =>
	`# T\n## Step\n~~~sh {name=it ${attributes}}\n${script}\n~~~\n${more}`;
const check = (attributes = '') => `~~~sh {name=ok check ${attributes}}\nok\n~~~\n`;

/** What each risk asks for, and nothing less. */
const confirmations = [
	['risk=reads', 'enter'],
	['risk=changes', 'y'],
	['', 'y'],
	['risk=disrupts', 'name'],
	['reboots', 'name'],
] as const;
const order = ['enter', 'y', 'name'] as const;
for (const [attributes, needed] of confirmations) {
	test(`a command with "${attributes}" takes ${needed} to start`, () => {
		for (const given of order) {
			const refusal = toldRun(step(attributes)).tell(run(given));
			const isEnough = order.indexOf(given) >= order.indexOf(needed);
			assert.deepEqual(refusal, isEnough ? undefined : {code: 'needs-confirmation', confirmation: needed});
		}
	});
}

test('a command that reboots is refused on the machine that the operator sits at', () => {
	const told = toldRun(step('reboots'), {hosts: ['local']});
	assert.deepEqual(told.tell(run('name')), {code: 'reboots-here'});
});

/** How a command that ends so is judged. */
const ends: [attributes: string, exit: number, seen: object, status: string][] = [
	['', 0, {}, 'done'],
	['', 1, {}, 'failed'],
	['expect=0,100', 100, {}, 'done'],
	['expect=1', 0, {}, 'failed'],
	['match=ok', 0, {matched: true}, 'done'],
	['match=ok', 0, {matched: false}, 'failed'],
	['match=ok', 1, {matched: true}, 'failed'],
	['fail-match=E', 0, {failure: 'E: x'}, 'failed'],
	['fail-match=E', 0, {}, 'done'],
	['check warn=3', 3, {}, 'done'],
	['check warn=3', 1, {}, 'failed'],
	['check', 126, {}, 'failed'],
	['check', 127, {}, 'failed'],
];
for (const [attributes, exit, seen, status] of ends) {
	test(`a command with "${attributes}" that exits with ${exit} and shows ${JSON.stringify(seen)} is ${status}`, () => {
		const told = toldRun(step(attributes), {world: {outcomes: {it: {...exits(exit), seen}}}});
		if (told.asked === 'confirm step/it') told.does(run());
		assert.equal(told.status('step/it'), status);
	});
}

test('a check runs by itself, but only after the commands before it have succeeded', () => {
	assert.deepEqual(toldRun(step('', check())).does(run()).started, ['it', 'ok']);
	const failed = toldRun(step('', check()), {world: {outcomes: {it: exits(1)}}}).does(run());
	assert.deepEqual(failed.started, ['it']);
	failed.does({type: 'skip', block: 'step/it', reason: 'x'});
	assert.equal(failed.asked, 'confirm step/ok', 'after a skip it is asked for');
	const alone = toldRun(`# T\n## Step\n${check()}`);
	assert.deepEqual(alone.started, ['ok']);
});

test('a failed check fails the step, and a command that is run again has its checks speak again', () => {
	const told = toldRun(step('', check()), {world: {outcomes: {ok: [exits(1), exits(0)]}}}).does(run());
	assert.equal(told.asked, 'failure step/ok');
	told.does(run());
	assert.equal(told.asked, 'completed');
	assert.deepEqual(told.started, ['it', 'ok', 'it', 'ok']);
});

test('retries repeat what only reads, with a pause, and count from where a person last started it', () => {
	const told = toldRun(step('risk=reads retries=2'), {world: {outcomes: {it: exits(1)}}}).does(run('enter'));
	assert.deepEqual(
		told.of('task.planned').map(({attempt, delay}) => [attempt, delay > 0]),
		[
			[1, false],
			[2, true],
			[3, true],
		],
	);
	assert.equal(told.asked, 'failure step/it');
	told.does(run('enter'));
	assert.equal(told.started.length, 6);
});

test('retries never repeat what changes', () => {
	const told = toldRun(step('retries=5'), {world: {outcomes: {it: exits(1)}}}).does(run());
	assert.deepEqual(told.started, ['it']);
});

test('an edited command that failed is not repeated as it stands in the document', () => {
	const told = toldRun(step('risk=reads retries=2'), {world: {outcomes: {edited: exits(1)}}});
	told.does({...run(), edited: {script: 'edited', reason: 'x'}} as Intent);
	assert.deepEqual(told.started, ['edited']);
	assert.equal(told.asked, 'failure step/it');
});

test('a command that reads is ended by its timeout: TERM, then KILL, then nothing more is said', () => {
	const told = toldRun(step('risk=reads timeout=1s idle=1s'), {world: {outcomes: {it: 'hangs'}, deaf: ['cancel']}});
	told.does(run('enter'));
	told.observe({type: 'overdue', task: 't0001', which: 'idle'});
	assert.equal(told.asked, 'overdue step/it');
	for (let count = 0; count < 4; count++) told.observe({type: 'overdue', task: 't0001', which: 'timeout'});
	assert.deepEqual(
		told.of('task.cancelled').map(({signal, cause}) => [signal, cause]),
		[
			['TERM', 'timeout'],
			['KILL', 'timeout'],
		],
	);
	told.observe({type: 'task', task: 't0001', ...exits(137)});
	assert.equal(told.host.blocks['step/it']?.cause, 'timeout');
	assert.equal(told.asked, 'failure step/it');
});

test('a clock never ends what changes: the operator is asked, and may wait', () => {
	for (const which of ['timeout', 'idle'] as const) {
		const told = toldRun(step('timeout=1s idle=1s'), {world: {outcomes: {it: 'hangs'}}}).does(run());
		assert.deepEqual(told.tell({type: 'wait', task: 't0001'}), {code: 'not-now'});
		told.observe({type: 'overdue', task: 't0001', which});
		assert.deepEqual(told.of('task.cancelled'), []);
		assert.equal(told.asked, 'overdue step/it');
		told.does({type: 'wait', task: 't0001'});
		assert.equal(told.asked, 'nothing');
		assert.equal(told.host.tasks['t0001']?.phase, 'running');
		told.observe({type: 'overdue', task: 't0001', which: 'idle'});
		assert.equal(told.asked, 'overdue step/it');
	}
});

test('a signal that the host did not let be sent is as if it had not been wanted, and can be sent again', () => {
	const told = toldRun(step(), {world: {outcomes: {it: 'hangs'}, deaf: ['cancel']}}).does(run());
	const cancel = {type: 'cancel', task: 't0001', confirmed: 'name'} as const;
	const refused = (signal: 'TERM' | 'KILL') => told.observe({type: 'signal-refused', task: 't0001', signal, why: 'no'});
	told.does(cancel);
	refused('KILL');
	assert.deepEqual(told.of('signal.refused'), [], 'another signal than the one that was wanted');
	refused('TERM');
	assert.equal(told.host.tasks['t0001']?.unsent, 'no');
	assert.equal(told.host.tasks['t0001']?.cancel, undefined);
	told.does(cancel, cancel);
	assert.equal(told.host.tasks['t0001']?.unsent, undefined);
	refused('KILL');
	assert.deepEqual(told.host.tasks['t0001']?.cancel, {signal: 'TERM', cause: 'cancelled'});
	told.observe({type: 'task', task: 't0001', ...exits(143)});
	told.walk();
	assert.equal(told.asked, 'unknown step/it', 'TERM had been sent');
});

test('where the clock cannot end what reads, the operator is asked', () => {
	const told = toldRun(step('risk=reads timeout=1s'), {world: {outcomes: {it: 'hangs'}, deaf: ['cancel', 'follow']}});
	told.does(run('enter'));
	told.observe({type: 'overdue', task: 't0001', which: 'timeout'});
	told.observe({type: 'signal-refused', task: 't0001', signal: 'TERM', why: 'no'});
	assert.equal(told.asked, 'overdue step/it');
	assert.equal(told.host.tasks['t0001']?.phase, 'running');
});

test('the first cause of an end wins: cancelled by a person, then by the clock', () => {
	const told = toldRun(step('risk=reads timeout=1s'), {world: {outcomes: {it: 'hangs'}, deaf: ['cancel']}});
	told.does(run('enter'), {type: 'cancel', task: 't0001', confirmed: 'enter'});
	told.observe({type: 'overdue', task: 't0001', which: 'timeout'});
	told.observe({type: 'task', task: 't0001', ...exits(137)});
	assert.equal(told.host.blocks['step/it']?.cause, 'cancelled');
	assert.equal(told.asked, 'failure step/it', 'what a person cancelled is not tried again');
});

test('while something runs nothing else starts, is skipped, left or ended', () => {
	const told = toldRun(step('', check()), {world: {outcomes: {it: 'hangs'}}}).does(run());
	for (const intent of [
		run(),
		run('enter', 'step/ok'),
		{type: 'undo', block: 'step/it', confirmed: 'name'},
		{type: 'skip', block: 'step/it', reason: 'x'},
		{type: 'go', section: 'step'},
		{type: 'abort', reason: 'x'},
	] satisfies Intent[]) {
		const refused = told.tell(intent);
		assert.equal(refused?.code, intent.type === 'undo' ? 'no-undo' : 'still-running', intent.type);
	}
	assert.deepEqual(told.started, ['it']);
});

test('two quick keys start one thing', () => {
	for (const [attributes, confirmed] of [
		['', 'y'],
		['risk=reads', 'enter'],
	] as const) {
		const told = toldRun(step(attributes), {world: {deaf: ['lock', 'start']}});
		assert.equal(told.tell(run(confirmed)), undefined);
		assert.ok(told.tell(run(confirmed)), 'the second one is refused');
		told.world = {};
		told.walk();
		assert.deepEqual(told.started, ['it']);
	}
});

test('a command with a placeholder takes an edit, which takes a reason, at least y, and is a deviation', () => {
	const told = toldRun(step('risk=reads', '', 'cat <file>'));
	const edited = (script: string, reason: string, confirmed: 'enter' | 'y' = 'y'): Intent => ({
		type: 'run',
		block: 'step/it',
		confirmed,
		edited: {script, reason},
	});
	assert.deepEqual(told.tell(run('enter')), {code: 'needs-edit', placeholders: ['<file>']});
	assert.deepEqual(told.tell(edited('cat x', '')), {code: 'needs-reason'});
	assert.deepEqual(told.tell(edited(' \n', 'x')), {code: 'bad-value', name: 'step/it'});
	assert.deepEqual(told.tell(edited('cat x', 'x', 'enter')), {code: 'needs-confirmation', confirmation: 'y'});
	told.does(edited('cat x', 'the file is x'));
	assert.deepEqual(told.started, ['cat x']);
	assert.equal(told.of('task.planned')[0]?.risk, 'changes');
	assert.deepEqual(told.of('task.planned')[0]?.edited, {script: 'cat x', reason: 'the file is x'});
	assert.deepEqual(
		told.of('deviation').map(({about, reason}) => [about, reason]),
		[[{kind: 'edit', block: 'step/it'}, 'the file is x']],
	);
});

test('an edited command that disrupts still takes the name', () => {
	const told = toldRun(step('risk=disrupts'));
	const edited = {script: 'x', reason: 'x'};
	assert.deepEqual(told.tell({type: 'run', block: 'step/it', confirmed: 'y', edited}), {
		code: 'needs-confirmation',
		confirmation: 'name',
	});
});

const inputs =
	'---\nhandrail: 1\ninputs:\n  SITE: { prompt: Site, pattern: "^[a-z]+$" }\n  SIZE: { prompt: Size, values: [small, big] }\n  TOKEN: { prompt: Token, secret: true }\n---\n';
const uses = (script: string) => `${inputs}${step('', '', script)}`;

test('inputs are asked for when a command uses them, in the order of their declaration', () => {
	const told = toldRun(uses(`it "$SIZE" "$\{SITE}" $TOKEN`));
	assert.equal(told.asked, 'input SITE');
	assert.deepEqual(told.tell(run()), {code: 'bad-value', name: 'SITE'});
	assert.deepEqual(told.tell({type: 'give-input', name: 'SITE', value: 'N1'}), {
		code: 'bad-value',
		name: 'SITE',
		pattern: '^[a-z]+$',
	});
	told.does({type: 'give-input', name: 'SITE', value: 'north'});
	assert.equal(told.asked, 'input SIZE');
	assert.deepEqual(told.tell({type: 'give-input', name: 'SIZE', value: 'huge'}), {
		code: 'bad-value',
		name: 'SIZE',
		values: ['small', 'big'],
	});
	told.does({type: 'give-input', name: 'SIZE', value: 'big'});
	assert.equal(told.asked, 'input TOKEN');
	assert.deepEqual(told.tell({type: 'give-input', name: 'TOKEN', value: 'x'}), {code: 'unknown-name', name: 'TOKEN'});
	assert.deepEqual(told.tell({type: 'give-secret', name: 'SITE'}), {code: 'unknown-name', name: 'SITE'});
	told.does({type: 'give-secret', name: 'TOKEN'});
	assert.equal(told.asked, 'confirm step/it');
});

test('an input that no command uses is not asked for', () => {
	assert.equal(toldRun(uses('it SITE')).asked, 'confirm step/it');
});

test('a secret is never in an event, and is asked for again after a resume', () => {
	const told = toldRun(uses('it $TOKEN')).does({type: 'give-secret', name: 'TOKEN'});
	assert.deepEqual(told.of('input.given'), [
		{host: 'web1', type: 'input.given', name: 'TOKEN', by: {login: 'tester', uid: 1}},
	]);
	assert.equal(told.asked, 'confirm step/it');
	assert.equal(told.resume().asked, 'input TOKEN');
});

test('a command that was planned before a resume waits for its secret', () => {
	const told = toldRun(uses('it $TOKEN'), {world: {deaf: ['start']}}).does({type: 'give-secret', name: 'TOKEN'}, run());
	told.world = {};
	told.resume();
	assert.equal(told.asked, 'input TOKEN');
	assert.deepEqual(told.started, []);
	told.does({type: 'give-secret', name: 'TOKEN'});
	assert.deepEqual(told.started, ['it $TOKEN']);
});

test('a value with a zero byte is no value', () => {
	const told = toldRun(uses('it $SIZE'));
	assert.equal(told.tell({type: 'give-input', name: 'SIZE', value: 'big\0'})?.code, 'bad-value');
	assert.equal(told.tell({type: 'give-input', name: 'NONE', value: 'x'})?.code, 'unknown-name');
});

const hands = `---
handrail: 1
inputs:
  DIR: { prompt: Folder }
---
# T
## Step
~~~sh {name=it}
it "$DIR"
~~~
~~~sh {name=use}
use "$DIR" "$COPY"
~~~
`;

test('a value that was withheld is asked for as a secret, by whoever uses it, and again after a resume', () => {
	const ended = {report: {is: 'ended', exit: 0, bytes: 0}} as const;
	const told = toldRun(hands, {world: {deaf: ['follow']}});
	told.does({type: 'give-input', name: 'DIR', value: '/old'}, run());
	told.observe({
		type: 'task',
		task: 't0001',
		...ended,
		values: {},
		dropped: ['DIR', 'COPY'],
		withheld: ['DIR', 'COPY'],
	});
	told.walk();
	assert.equal(told.asked, 'input DIR', 'what it was before stands for it no more');
	for (const name of ['DIR', 'COPY']) {
		const asked = told.question;
		assert.deepEqual(asked?.kind === 'input' && [asked.name, asked.input.secret], [name, true]);
		told.does({type: 'give-secret', name});
	}
	assert.equal(told.asked, 'confirm step/use');
	assert.deepEqual(told.tell({type: 'give-secret', name: 'OTHER'}), {code: 'unknown-name', name: 'OTHER'});
	told.resume();
	assert.equal(told.asked, 'input DIR');
});

test('a later value without a secret takes the place of one that was withheld', () => {
	const told = toldRun(hands, {world: {deaf: ['follow']}});
	told.does({type: 'give-input', name: 'DIR', value: '/old'}, run());
	const hand = (task: string, handed: object) =>
		told.observe({type: 'task', task, report: {is: 'ended', exit: 0, bytes: 0}, ...handed});
	hand('t0001', {dropped: ['COPY'], withheld: ['COPY']});
	told.walk();
	assert.equal(told.asked, 'input COPY');
	told.does(run());
	hand('t0002', {values: {COPY: 'x'}});
	told.walk();
	assert.equal(told.asked, 'confirm step/use');
});
