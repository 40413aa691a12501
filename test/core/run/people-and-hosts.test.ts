import assert from 'node:assert/strict';
import {test} from 'node:test';
import {effects} from '../../../source/core/run/effects.ts';
import {exitCode} from '../../../source/core/run/exit-code.ts';
import type {Intent} from '../../../source/core/run/told.ts';
import {exits, ToldRun, toldRun, willing} from '../../helpers/told-run.ts';

const run = (block = 'step/it', confirmed: 'enter' | 'y' | 'name' = 'y'): Intent => ({type: 'run', block, confirmed});
const step = '# T\n## Step\n~~~sh {name=it}\nit\n~~~\n';
const self = `${step}~~~sh {check}\nok\n~~~\n## Rollback\n~~~sh {available}\nthere\n~~~\n~~~sh\nback\n~~~\n`;

test('what the document runs by itself is listed and agreed to before the first connection', () => {
	const told = toldRun(self, {trusted: false});
	const asked = told.question;
	assert.ok(asked?.kind === 'trust');
	assert.deepEqual(
		asked.commands.map(({script}) => script),
		['ok', 'there'],
	);
	assert.deepEqual(told.of('host.met'), []);
	assert.deepEqual(told.tell(run()), {code: 'not-now'});
	told.does({type: 'trust'});
	assert.equal(told.of('run.trusted').length, 1);
	assert.equal(told.asked, 'confirm step/it');
	assert.equal(told.resume().asked, 'confirm step/it', 'once is enough');
});

test('a run that is not agreed to can be aborted without a connection', () => {
	const told = toldRun(self, {trusted: false}).does({type: 'abort', reason: 'I do not trust it'});
	assert.equal(told.asked, 'aborted');
	assert.deepEqual(told.of('host.met'), []);
});

/** What a host that was met before may be now. */
const identities = [
	[{machineId: 'web1', hostKey: 'k', ownName: 'w'}, undefined],
	[{machineId: 'other', hostKey: 'k', ownName: 'w'}, 'machine-id'],
	[{machineId: '', hostKey: 'k', ownName: 'w'}, 'machine-id'],
	[{machineId: 'web1', hostKey: 'other', ownName: 'w'}, 'host key'],
	[{machineId: 'web1', hostKey: '', ownName: 'w'}, 'host key'],
	[{machineId: 'other', hostKey: 'other', ownName: 'v'}, 'machine-id'],
] as const;
for (const [identity, what] of identities) {
	test(`a host that comes back as ${JSON.stringify(identity)} is ${what ? `refused for its ${what}` : 'the same'}`, () => {
		const told = toldRun(step, {world: {identity: {hostKey: 'k', ownName: 'w'}}});
		told.observe({type: 'link-lost', why: 'x'});
		const refused = told.observe({type: 'met', identity, bootId: 'b', facts: {}});
		assert.equal(refused?.code === 'another-machine' ? refused.what : refused, what);
		assert.equal(told.host.link, what === undefined);
	});
}

test('another own name alone is asked about, and nothing goes on until it is confirmed', () => {
	const told = toldRun(step);
	assert.deepEqual(told.tell({type: 'confirm-identity'}), {code: 'not-now'});
	told.observe({type: 'link-lost', why: 'x'});
	told.world = {identity: {ownName: 'renamed'}};
	told.walk();
	assert.equal(told.asked, 'identity');
	assert.deepEqual(told.tell(run()), {code: 'not-now'});
	assert.deepEqual(effects(told.state), []);
	told.does({type: 'confirm-identity'});
	assert.equal(told.asked, 'confirm step/it');
	assert.equal(told.of('identity.confirmed')[0]?.identity.ownName, 'renamed');
	assert.equal(told.resume().asked, 'confirm step/it', 'it is known under that name now');
});

const two = {hosts: ['web1', 'web2']};
const several = `---\nhandrail: 1\ninputs:\n  SITE: { prompt: Site }\n  TOKEN: { prompt: Token, secret: true }\n---\n# T\n## Step\n- [ ] Tell\n\n~~~sh {name=first once}\nfirst $SITE\n~~~\n~~~sh {name=find risk=reads capture=TX}\nfind $TOKEN\n~~~\n~~~sh {name=use when="TX=1"}\nuse\n~~~\n`;

test('hosts are walked one after another; inputs are asked once, secrets, values and manual items per host', () => {
	const found = {report: {is: 'ended' as const, exit: 0, bytes: 0}};
	const told = toldRun(several, {
		...two,
		world: {
			outcomes: {
				'find $TOKEN': [
					{...found, values: {TX: '1'}},
					{...found, values: {TX: '2'}},
				],
			},
		},
	});
	const asked: string[] = [];
	for (let next = told.question; next && asked.length < 20; next = told.question) {
		asked.push(`${next.host} ${told.asked}`);
		told.does(willing(next));
	}
	assert.deepEqual(asked, [
		'web1 manual step/1',
		'web1 input SITE',
		'web1 confirm step/first',
		'web1 input TOKEN',
		'web1 confirm step/find',
		'web1 confirm step/use',
		'web2 manual step/1',
		'web2 input TOKEN',
		'web2 confirm step/find',
	]);
	assert.equal(told.asked, 'completed');
	assert.equal(told.state.hosts['web2']!.blocks['step/first']?.status, 'done');
	assert.equal(told.state.hosts['web2']!.blocks['step/use']?.status, 'not-applicable');
});

test('the first host that does not complete stops the run before the next', () => {
	const told = toldRun(step, {...two, world: {outcomes: {it: exits(1)}}});
	told.does(run(), {type: 'skip', block: 'step/it', reason: 'x'});
	assert.equal(told.asked, 'completed-with-failures');
	assert.equal(told.state.hosts['web2']?.ended, undefined);
	assert.deepEqual(told.started, ['it']);
});

test('nothing can be asked of a host that is not walked now', () => {
	const told = toldRun(step, two);
	for (const host of ['web2', 'nonsense', '__proto__']) assert.deepEqual(told.tell(run(), host), {code: 'not-now'});
});

test('a run that was left takes nothing more but what the world says, and a resume goes on', () => {
	const told = toldRun(step, {world: {outcomes: {it: 'hangs'}}}).does(run(), {type: 'leave', why: 'q'});
	assert.equal(told.asked, 'nothing');
	assert.deepEqual(effects(told.state), []);
	for (const intent of [run(), {type: 'abort', reason: 'x'}, {type: 'leave', why: 'q'}] satisfies Intent[]) {
		assert.deepEqual(told.tell(intent), {code: 'not-now'}, intent.type);
	}
	told.observe({type: 'task', task: 't0001', ...exits(0)});
	assert.equal(told.resume().asked, 'completed');
});

test('an ended run takes notes and nothing else', () => {
	const told = toldRun(step).does(run());
	for (const intent of [
		run(),
		{type: 'abort', reason: 'x'},
		{type: 'trust'},
		{type: 'leave', why: 'q'},
	] satisfies Intent[]) {
		assert.deepEqual(told.tell(intent), {code: 'run-ended'}, intent.type);
	}
	told.does({type: 'note', text: 'it went well'});
	assert.equal(told.of('note')[0]?.text, 'it went well');
});

test('an abort needs a reason; a host that is gone for good ends by a second one', () => {
	const told = toldRun(step).does(run());
	const open = toldRun(`${step}- [ ] Tell\n`).does(run());
	assert.deepEqual(open.tell({type: 'abort', reason: ''}), {code: 'needs-reason'});
	open.observe({type: 'link-lost', why: 'x'});
	open.world = {deaf: ['connect']};
	open.does({type: 'abort', reason: 'it burnt down'});
	assert.equal(open.asked, 'nothing', 'its lock is to be given back');
	open.does({type: 'abort', reason: 'it burnt down'});
	assert.equal(open.asked, 'aborted');
	assert.equal(told.asked, 'completed');
});

test('the operator may abort while a host answers under another name', () => {
	const told = toldRun(step);
	told.observe({type: 'link-lost', why: 'x'});
	told.world = {identity: {ownName: 'renamed'}};
	told.walk();
	assert.equal(told.does({type: 'abort', reason: 'that is not it'}).asked, 'aborted');
});

/** Every way a run may stand, and the exit code of it. */
const codes: [title: string, told: () => ToldRun, stopped: number | undefined, run: number, rollback: number][] = [
	['completed', () => toldRun(step).does(run()), undefined, 0, 1],
	[
		'completed with failures',
		() =>
			toldRun(step, {world: {outcomes: {it: exits(1)}}})
				.untilAsked('failure step/it')
				.untilAsked('completed-with-failures'),
		undefined,
		1,
		1,
	],
	['aborted', () => toldRun(step).does({type: 'abort', reason: 'x'}), undefined, 1, 1],
	['aborted, though it was stopped meanwhile', () => toldRun(step).does({type: 'abort', reason: 'x'}), 5, 1, 1],
	[
		'rolled back',
		() => toldRun(self).does({type: 'visit', section: 'rollback'}, run('rollback/2', 'name')),
		undefined,
		1,
		0,
	],
	['open at a question', () => toldRun(step), undefined, 3, 3],
	['left', () => toldRun(step).does({type: 'leave', why: 'q'}), 3, 3, 3],
	['stopped at a failure', () => toldRun(step), 1, 1, 1],
	['without a connection', () => new ToldRun(step, {}), 4, 4, 4],
	['refused', () => toldRun(step), 5, 5, 5],
];
for (const [title, told, stopped, code, rollback] of codes) {
	test(`a run that is ${title} ends with ${code}, with ${rollback} where it is to come back`, () => {
		const {state} = told();
		assert.equal(exitCode(state, stopped, false), code);
		assert.equal(exitCode(state, stopped, true), rollback);
	});
}

test('while the connection is lost nothing is asked of the host, and why is said', () => {
	const run = toldRun('# T\n## A\n~~~sh {name=it}\nit\n~~~\n~~~sh {name=more}\nmore\n~~~\n', {
		world: {outcomes: {it: 'hangs'}},
	});
	run.does({type: 'run', block: 'a/it', confirmed: 'y'});
	run.observe({type: 'link-lost', why: 'cut'});
	const gone = {code: 'no-link', host: 'web1'};
	assert.deepEqual(run.tell({type: 'cancel', task: 't0001', confirmed: 'name'}), gone);
	assert.deepEqual(run.tell({type: 'run', block: 'a/more', confirmed: 'y'}), gone);
	run.does({type: 'note', text: 'the switch was replaced'});
	assert.deepEqual(run.of('task.cancelled'), []);
});
