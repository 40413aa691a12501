import assert from 'node:assert/strict';
import {test} from 'node:test';
import {reply} from '../../../source/core/run/unattended.ts';
import {sudoHint} from '../../../source/core/text/words.ts';
import {toldRun} from '../../helpers/told-run.ts';

const step = (script: string, attributes = '') => `# T\n## Step\n~~~sh {name=it ${attributes}}\n${script}\n~~~\n`;
const password = {type: 'give-secret', name: 'sudo'} as const;
const it = {type: 'run', block: 'step/it', confirmed: 'y'} as const;

const calls: [script: string, attributes: string, isAsked: boolean][] = [
	['sudo apt-get update', '', true],
	['a | sudo tee f', '', true],
	['a; (/usr/bin/sudo b)', '', true],
	['xargs sudo echo', '', true],
	['id -u', 'sudo', true],
	['cat /etc/sudoers /etc/sudo.conf; visudo -c; sudoedit; my-sudo', '', false],
	['sudo id', 'on=control', false],
];
for (const [script, attributes, isAsked] of calls) {
	test(`before the first command, sudo is ${isAsked ? '' : 'not '}asked about: ${script} {${attributes}}`, () => {
		const told = toldRun(step(script, attributes), {world: {sudo: ['password']}});
		assert.equal(told.asked, isAsked ? 'input sudo' : 'confirm step/it');
		assert.equal(told.of('sudo.answered').length, isAsked ? 1 : 0);
	});
}

test('a host whose sudo asks for nothing, or is of no use, is asked once in a session, and nobody else is', () => {
	for (const is of ['free', 'none'] as const) {
		const told = toldRun(`${step('sudo a')}~~~sh {name=more}\nsudo b\n~~~\n`, {world: {sudo: [is]}});
		told.untilAsked('completed');
		assert.deepEqual(told.started, ['sudo a', 'sudo b']);
		assert.deepEqual(
			told.of('sudo.answered').map(event => event.is),
			[is],
		);
	}
});

test('the password is asked for once, tried before anything runs, and asked for anew after a resume', () => {
	const told = toldRun(`${step('sudo a')}~~~sh {name=more}\nsudo b\n~~~\n`, {world: {sudo: ['password', 'accepted']}});
	assert.equal(told.question?.kind === 'input' && told.question.input.prompt, 'sudo on web1: the password of me');
	assert.deepEqual(told.started, []);
	told.does(password);
	assert.equal(told.asked, 'confirm step/it');
	told.does(it);
	assert.equal(told.asked, 'confirm step/more');
	assert.deepEqual(told.of('input.given'), [
		{host: 'web1', type: 'input.given', name: 'sudo', by: {login: 'tester', uid: 1}},
	]);
	told.world.sudo = ['password'];
	assert.equal(told.resume().asked, 'input sudo');
});

test('a password that is not taken is asked for again; before the third try the operator is warned, also after a resume', () => {
	const told = toldRun(step('sudo a'), {world: {sudo: ['password', 'refused', 'unheard', 'accepted']}});
	const tries = () => told.question?.kind === 'input' && told.question.sudo?.tries;
	assert.equal(tries(), 0);
	told.does(password);
	assert.equal(tries(), 1);
	assert.doesNotMatch(sudoHint(1), /LOCK/);
	told.does(password);
	assert.equal(tries(), 2);
	assert.match(sudoHint(2), /one more wrong password may LOCK the account/);
	assert.equal(told.resume().asked, 'input sudo');
	assert.equal(tries(), 2);
	told.does(password);
	assert.equal(told.asked, 'confirm step/it');
	assert.equal(told.host.sudoTries, 0);
});

test('one can go on without a password, and nobody is asked again in that session', () => {
	const told = toldRun(step('sudo a'), {world: {sudo: ['password']}}).does({type: 'decline-sudo'});
	assert.equal(told.asked, 'confirm step/it');
	assert.equal(told.of('sudo.declined').length, 1);
	assert.deepEqual(told.tell({type: 'decline-sudo'}), {code: 'not-now'});
	assert.deepEqual(told.tell(password), {code: 'not-now'});
	told.does(it);
	assert.deepEqual(told.started, ['sudo a']);
});

test('a password is taken only where one is asked for', () => {
	assert.deepEqual(toldRun(step('sudo a')).tell(password), {code: 'not-now'});
	assert.deepEqual(toldRun(step('a')).tell(password), {code: 'not-now'});
});

test('a command that is edited to call sudo waits for the password before it starts', () => {
	const told = toldRun(step('a'), {world: {sudo: ['password', 'accepted']}});
	told.does({...it, edited: {script: 'sudo a', reason: 'it needs root'}});
	assert.equal(told.asked, 'input sudo');
	assert.deepEqual(told.started, []);
	told.does(password);
	assert.deepEqual(told.started, ['sudo a']);
});

test('a password that a command found to be wrong is asked for anew', () => {
	const told = toldRun(`${step('sudo a')}~~~sh {name=more}\nsudo b\n~~~\n`, {
		world: {
			sudo: ['password', 'accepted'],
			outcomes: {'sudo a': {report: {is: 'ended', exit: 0, bytes: 0, sudoRefused: true}}},
		},
	});
	told.does(password, it);
	assert.equal(told.asked, 'input sudo');
	assert.equal(told.host.sudoTries, 1);
});

test('a choice whose options are asked with sudo asks for the password first', () => {
	const markdown =
		'# T\n## Which?\n- [One](#one)\n- [Two](#two)\n### One\n~~~sh {ready}\nsudo test -e /one\n~~~\n~~~sh\nb\n~~~\n### Two\n~~~sh\nc\n~~~\n';
	const told = toldRun(markdown, {world: {sudo: ['password', 'accepted']}});
	assert.equal(told.asked, 'input sudo');
	assert.deepEqual(told.of('probed'), []);
	told.does(password);
	assert.equal(told.question?.kind, 'choice');
	assert.equal(told.of('probed').length, 1);
});

test('unattended, a run stops where sudo asks', () => {
	const told = toldRun(step('sudo a'), {world: {sudo: ['password']}});
	const allowed = {yes: true, confirm: [], skipManual: undefined, trust: true, retry: new Set<string>()};
	assert.deepEqual(reply(told.question!, allowed), {stop: 3, why: 'input'});
});
