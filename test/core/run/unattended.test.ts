import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Allowed, reply} from '../../../source/core/run/unattended.ts';
import {exits, type TableWorld, toldRun, vanishes} from '../../helpers/told-run.ts';

const nothing: Allowed = {yes: false, confirm: [], skipManual: undefined, trust: false, retry: new Set()};
const yes = {...nothing, yes: true};
const everything: Allowed = {...yes, confirm: ['web1'], skipManual: 'unattended', trust: true};

const inputs = (input: string) =>
	`---\nhandrail: 1\ninputs:\n  SITE: ${input}\n---\n# T\n## Step\n~~~sh {name=it}\nit $SITE\n~~~\n`;
const step = (attributes: string) => `# T\n## Step\n~~~sh ${attributes}\nit\n~~~\n`;
const choice =
	'# T\n## Which?\n- [A](#a)\n- [B](#b)\n\n### A\n~~~sh {ready}\nready\n~~~\n- [ ] a\n\n### B\n~~~sh {ready}\nready\n~~~\n- [ ] b\n';
const failing: TableWorld = {outcomes: {it: exits(1)}};

/** What is asked, what the flags allow, and what becomes of it: an intent's type, or where it stops and why. */
const rows: [title: string, markdown: string, world: TableWorld, allowed: Allowed, reply: string][] = [
	['what reads, without --yes', step('{name=it risk=reads}'), {}, nothing, 'stop 3 unconfirmed'],
	['what reads, with --yes', step('{name=it risk=reads}'), {}, yes, 'run'],
	['what changes, without --yes', step('{name=it}'), {}, nothing, 'stop 3 unconfirmed'],
	['what changes, with --yes', step('{name=it}'), {}, yes, 'run'],
	['a bare fence, whatever is allowed', step(''), {}, everything, 'stop 3 bare'],
	['what disrupts, with --yes', step('{name=it risk=disrupts}'), {}, yes, 'stop 3 name'],
	['what disrupts, with another name', step('{name=it risk=disrupts}'), {}, {...yes, confirm: ['web2']}, 'stop 3 name'],
	['what disrupts, with its name', step('{name=it risk=disrupts}'), {}, everything, 'run'],
	[
		'a placeholder, whatever is allowed',
		'# T\n## Step\n~~~sh {name=it}\nit <file>\n~~~\n',
		{},
		everything,
		'stop 3 placeholder',
	],
	['a manual item, with --yes', '# T\n## Step\n- [ ] Tell\n', {}, yes, 'stop 3 manual'],
	['a manual item, with --skip-manual', '# T\n## Step\n- [ ] Tell\n', {}, everything, 'skip'],
	['an input without a default', inputs('{ prompt: S }'), {}, everything, 'stop 3 input'],
	['an input with a default, without --yes', inputs('{ prompt: S, default: x }'), {}, nothing, 'stop 3 input'],
	['an input with a default, with --yes', inputs('{ prompt: S, default: x }'), {}, yes, 'give-input'],
	['a secret', inputs('{ prompt: S, secret: true }'), {}, everything, 'stop 3 input'],
	['a choice with a default, without --yes', choice, {}, nothing, 'stop 3 choice'],
	['a choice with a default, with --yes', choice, {}, yes, 'choose'],
	['a choice without a default', choice, {answers: {ready: 'no'}}, everything, 'stop 3 choice'],
	['a fact that nobody knows', step('{name=it when="init=systemd"}'), {}, everything, 'stop 3 fact'],
	['a failure, whatever is allowed', step('{name=it}'), failing, everything, 'stop 1 failure'],
	['a failure of before, with --yes', step('{name=it}'), failing, {...yes, retry: new Set(['step/it'])}, 'run'],
	[
		'a failure of before, without --yes',
		step('{name=it}'),
		failing,
		{...nothing, retry: new Set(['step/it'])},
		'stop 1 failure',
	],
	[
		'a failure of before in a bare fence',
		step(''),
		failing,
		{...everything, retry: new Set(['step/1'])},
		'stop 1 failure',
	],
	['an unknown end', step('{name=it}'), {outcomes: {it: vanishes()}}, everything, 'stop 3 unknown'],
	[
		'a guard that refuses',
		'# T\n## Step\n<!-- handrail require="window" -->\n~~~sh {name=it}\nit\n~~~\n',
		{closed: ['window']},
		everything,
		'stop 5 refused',
	],
];
for (const [title, markdown, world, allowed, wanted] of rows) {
	test(`${title}: ${wanted}`, () => {
		const told = toldRun(markdown, {world});
		const isPast = ['failure', 'unknown', 'refused'].some(kind => wanted.endsWith(kind)) || world === failing;
		if (isPast) told.does({type: 'run', block: markdown.includes('name=it') ? 'step/it' : 'step/1', confirmed: 'y'});
		const given = reply(told.question!, {...allowed, retry: new Set(allowed.retry)});
		assert.equal('tell' in given ? given.tell.type : `stop ${given.stop} ${given.why}`, wanted);
		if ('tell' in given) assert.equal(told.tell(given.tell), undefined, 'the run takes the answer');
	});
}

test('what the document runs by itself takes --trust', () => {
	const {question} = toldRun(step('{name=it}'), {trusted: false});
	assert.deepEqual(reply(question!, {...everything, trust: false}), {stop: 3, why: 'trust'});
	assert.deepEqual(reply(question!, everything), {tell: {type: 'trust'}});
});

test('another own name is never confirmed', () => {
	const told = toldRun(step('{name=it}'));
	told.observe({type: 'link-lost', why: 'x'});
	told.world = {identity: {ownName: 'renamed'}};
	told.walk();
	assert.deepEqual(reply(told.question!, everything), {stop: 3, why: 'identity'});
});

test('what takes too long is left running', () => {
	const told = toldRun(step('{name=it timeout=1s}'), {world: {outcomes: {it: 'hangs'}}});
	told.does({type: 'run', block: 'step/it', confirmed: 'y'});
	told.observe({type: 'overdue', task: 't0001', which: 'timeout'});
	assert.deepEqual(reply(told.question!, everything), {stop: 3, why: 'overdue'});
});

test('a failure of before is tried once', () => {
	const told = toldRun(step('{name=it}'), {world: failing}).does({type: 'run', block: 'step/it', confirmed: 'y'});
	const allowed = {...yes, retry: new Set(['step/it'])};
	assert.ok('tell' in reply(told.question!, allowed));
	assert.deepEqual(reply(told.question!, allowed), {stop: 1, why: 'failure'});
});

test('a step that was gone back to is left again', () => {
	const told = toldRun('# T\n## A\n- [ ] a\n\n## B\n- [ ] b\n').does(
		{type: 'confirm-manual', block: 'a/1'},
		{
			type: 'go',
			section: 'a',
		},
	);
	assert.deepEqual(reply(told.question!, nothing), {tell: {type: 'next'}});
});
