import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Intent} from '../../../source/core/run/told.ts';
import {exits, toldRun} from '../../helpers/told-run.ts';

const run = (block: string, confirmed: 'enter' | 'y' | 'name' = 'y'): Intent => ({type: 'run', block, confirmed});
const choose = (block: string, section: string): Intent => ({type: 'choose', block, section});
const command = (name: string, attributes = '') => `~~~sh {name=${name} ${attributes}}\n${name}\n~~~\n`;

test('sections are walked in the order of the document, blocks above the first one before them', () => {
	const told = toldRun(
		`# T\n${command('zero')}\n## B\n${command('one')}### C\n${command('two')}## A\n${command('three')}`,
	);
	told.untilAsked('completed');
	assert.deepEqual(told.started, ['zero', 'one', 'two', 'three']);
});

test('ways back and troubleshooting are never walked in passing, not even where they come first', () => {
	const visited = `## Rollback\n${command('back')}## Troubleshooting\n### Help\n${command('mend')}`;
	assert.equal(toldRun(`# T\n${visited}## Step\n${command('it')}`).asked, 'confirm step/it');
	assert.equal(toldRun(`# T\n## Step\n${command('it', 'when="pm=dnf"')}${visited}`).asked, 'completed');
	assert.equal(toldRun(`# T\n${visited}`).asked, 'completed');
});

test('undo, ready, available, gauges and examples are never walked', () => {
	const text = `# T\n## Step\n${command('it')}~~~sh {undo}\nun\n~~~\n~~~sh {ready}\nr\n~~~\n~~~sh {available}\na\n~~~\n~~~sh {gauge=q}\ng\n~~~\n~~~sh {example}\ne\n~~~\n`;
	const told = toldRun(text).untilAsked('completed');
	assert.deepEqual(told.started, ['it']);
});

const inside = `# T\n## Which?\n- [Fast](#fast)\n- [Slow](#slow)\n\n### Fast\n${command('quick')}### Slow\n${command('first')}#### More\n${command('second')}## After\n- [ ] End\n`;

test('an option inside a choice is walked, and its siblings are not applicable', () => {
	const told = toldRun(inside).does(choose('which/1', 'slow'));
	assert.equal(told.status('fast/quick'), 'not-applicable');
	told.untilAsked('manual after/1');
	assert.deepEqual(told.started, ['first', 'second']);
	const other = toldRun(inside).does(choose('which/1', 'fast'));
	assert.deepEqual([other.status('slow/first'), other.status('more/second')], ['not-applicable', 'not-applicable']);
});

test('a choice that is skipped leaves all its options out', () => {
	const told = toldRun(inside).does({type: 'skip', block: 'which/1', reason: 'neither'});
	assert.equal(told.asked, 'manual after/1');
	assert.deepEqual([told.status('fast/quick'), told.status('slow/first')], ['not-applicable', 'not-applicable']);
});

test('a choice is taken anew after going back to it, and what it left out is there again', () => {
	const jump: Intent = {type: 'go', section: 'which'};
	const told = toldRun(inside).does(choose('which/1', 'fast'), run('fast/quick'), jump);
	assert.equal(told.asked, 'choice which/1');
	told.does(choose('which/1', 'slow'));
	assert.equal(told.status('fast/quick'), 'done', 'what was done stays done');
	told.untilAsked('manual after/1');
	assert.deepEqual(told.started, ['quick', 'first', 'second']);
	const skipped = toldRun(inside).does({type: 'skip', block: 'which/1', reason: 'neither'}, jump);
	skipped.does(choose('which/1', 'slow'));
	assert.deepEqual([skipped.asked, skipped.status('fast/quick')], ['confirm slow/first', 'not-applicable']);
	const far = toldRun(elsewhere).does(run('begin/begin'), choose('which/1', 'last'), jump, choose('which/1', 'on'));
	assert.deepEqual([far.asked, far.status('between/between')], ['confirm on/on', 'not-applicable']);
});

test('going back to a choice leaves what other choices left out', () => {
	const second = `## Then?\n- [Left](#left)\n- [Right](#right)\n\n### Left\n${command('left')}### Right\n${command('right')}`;
	const told = toldRun(`${inside}${second}## End\n- [ ] End\n`);
	told.does(choose('which/1', 'fast'), run('fast/quick'), {type: 'confirm-manual', block: 'after/1'});
	told.does(choose('then/1', 'left'), {type: 'go', section: 'which'}, choose('which/1', 'slow'));
	assert.equal(told.status('right/right'), 'not-applicable');
	told.untilAsked('manual end/1');
	assert.deepEqual(told.started, ['quick', 'first', 'second', 'left']);
});

test('only an option of the choice can be chosen, and only one for this host', () => {
	const told = toldRun(inside.replace('### Fast\n', '### Fast\n<!-- handrail when="pm=dnf" -->\n'));
	for (const section of ['after', 'nonsense', 'more', 'fast']) {
		assert.deepEqual(told.tell(choose('which/1', section)), {code: 'no-such-section', section});
	}
	for (const block of ['fast/quick', 'after/1', 'nonsense']) {
		assert.deepEqual(told.tell(choose(block, 'slow')), {code: 'not-here', block});
	}
});

const elsewhere = `# T\n## Begin\n${command('begin')}## Which?\n- [On](#on)\n- [Again](#begin)\n- [Last](#last)\n\n## Between\n${command('between')}## On\n${command('on')}## Last\n${command('last')}`;

test('an option elsewhere goes there, and what it passes over is not applicable', () => {
	const told = toldRun(elsewhere).does(run('begin/begin'), choose('which/1', 'last'));
	assert.equal(told.asked, 'confirm last/last');
	assert.deepEqual([told.status('between/between'), told.status('on/on')], ['not-applicable', 'not-applicable']);
});

test('an option that leads back does it all again, the choice too', () => {
	const told = toldRun(elsewhere).does(run('begin/begin'), choose('which/1', 'begin'));
	assert.equal(told.asked, 'confirm begin/begin');
	told.does(run('begin/begin'));
	assert.equal(told.asked, 'choice which/1');
	told.does(choose('which/1', 'on'));
	assert.equal(told.asked, 'confirm on/on');
	assert.deepEqual(told.started, ['begin', 'begin']);
});

/** Which option is the default: the first for this host whose `ready` says yes. */
const defaults: [answers: Record<string, 'yes' | 'no' | 'unknown'>, fast: string, usual: string | undefined][] = [
	[{}, '', 'fast'],
	[{'fast-ready': 'no'}, '', 'slow'],
	[{'fast-ready': 'unknown'}, '', 'slow'],
	[{'fast-ready': 'no', 'slow-ready': 'no'}, '', undefined],
	[{}, 'pm=dnf', 'slow'],
	[{}, 'init=systemd', 'slow'],
];
for (const [answers, fast, usual] of defaults) {
	test(`with ${JSON.stringify(answers)}${fast && ` and "${fast}" for the first`} the default of a choice is ${usual}`, () => {
		const text = `# T\n## Which?\n- [Fast](#fast)\n- [Slow](#slow)\n\n### Fast\n${fast && `<!-- handrail when="${fast}" -->\n`}~~~sh {ready}\nfast-ready\n~~~\n${command('quick')}### Slow\n~~~sh {ready}\nslow-ready\n~~~\n${command('first')}`;
		const asked = toldRun(text, {world: {answers}}).question;
		assert.ok(asked?.kind === 'choice');
		assert.equal(asked.default, usual);
	});
}

test('an option with a placeholder in its question is never the default', () => {
	const text = `# T\n## Which?\n- [Fast](#fast)\n- [Slow](#slow)\n\n### Fast\n~~~sh {ready}\ntest -e <snapshot>\n~~~\n${command('quick')}### Slow\n${command('first')}`;
	const told = toldRun(text);
	assert.ok(told.question?.kind === 'choice' && told.question.default === 'slow');
	assert.deepEqual(told.of('probed'), []);
});

const visits = `# T
## Step
${command('it')}
## Go back?
- [Back](#rollback-options)
- [Help](#help)
- [No](#end)

## End
${command('end')}
## Rollback Options
### One
- [ ] Tell them

${command('one')}~~~sh {name=one-ok check}
one-ok
~~~
### Two
${command('two')}
## Troubleshooting
### Help
${command('look', 'risk=reads')}
### Read this
Only words.
`;
const failed = () => toldRun(visits, {world: {outcomes: {it: exits(1)}}}).does(run('step/it'));

test('a visited entry is walked and returns to where it was reached from', () => {
	const told = failed().does({type: 'visit', section: 'help'});
	assert.equal(told.asked, 'confirm help/look');
	told.does(run('help/look', 'enter'));
	assert.equal(told.asked, 'failure step/it');
});

test('a second visit does it all again', () => {
	const told = failed().does({type: 'visit', section: 'help'}, run('help/look', 'enter'), {
		type: 'visit',
		section: 'help',
	});
	assert.equal(told.asked, 'confirm help/look');
	assert.equal(told.host.blocks['help/look']?.attempts.length, 1);
});

test('an entry of words alone is stayed at until it was read', () => {
	const told = failed().does({type: 'visit', section: 'read-this'});
	assert.equal(told.asked, 'next read-this');
	told.does({type: 'next'});
	assert.equal(told.asked, 'failure step/it');
});

test('an entry can be left at any time, and nothing else can', () => {
	const told = failed();
	assert.deepEqual(told.tell({type: 'back'}), {code: 'not-now'});
	told.does({type: 'visit', section: 'help'}, {type: 'back'});
	assert.equal(told.asked, 'failure step/it');
});

/** What a visit is refused for. */
const refusals: [section: string, refused: object][] = [
	['nonsense', {code: 'no-such-section', section: 'nonsense'}],
	['end', {code: 'not-now'}],
	['rollback-options', {code: 'several-options', section: 'rollback-options'}],
];
for (const [section, refused] of refusals) {
	test(`a visit to ${section} is refused: ${JSON.stringify(refused)}`, () => {
		assert.deepEqual(failed().tell({type: 'visit', section}), refused);
	});
}

test('a way back for other hosts is refused, and so is a visit to where one is already', () => {
	const text = visits.replace('### One\n', '### One\n<!-- handrail when="pm=dnf" -->\n');
	const told = toldRun(text, {world: {outcomes: {it: exits(1)}}}).does(run('step/it'));
	assert.deepEqual(told.tell({type: 'visit', section: 'one'}), {code: 'no-such-option', section: 'one'});
	told.does({type: 'visit', section: 'help'});
	assert.deepEqual(told.tell({type: 'visit', section: 'help'}), {code: 'not-now'});
});

/** What a way back ends as, by what was done in it. */
const ways: [title: string, intents: Intent[], outcomes: Record<string, ReturnType<typeof exits>>, asked: string][] = [
	['all was done', [{type: 'confirm-manual', block: 'one/1'}, run('one/one', 'name')], {}, 'rolled-back'],
	[
		'a manual item was skipped',
		[{type: 'skip', block: 'one/1', reason: 'x'}, run('one/one', 'name')],
		{},
		'rolled-back',
	],
	[
		'its command was skipped',
		[
			{type: 'confirm-manual', block: 'one/1'},
			{type: 'skip', block: 'one/one', reason: 'x'},
			{type: 'skip', block: 'one/one-ok', reason: 'x'},
		],
		{},
		'failure step/it',
	],
	[
		'its command failed and was skipped',
		[
			{type: 'confirm-manual', block: 'one/1'},
			run('one/one', 'name'),
			{type: 'skip', block: 'one/one', reason: 'x'},
			{type: 'skip', block: 'one/one-ok', reason: 'x'},
		],
		{one: exits(1)},
		'failure step/it',
	],
	[
		'its check failed and was skipped',
		[
			{type: 'confirm-manual', block: 'one/1'},
			run('one/one', 'name'),
			{type: 'skip', block: 'one/one-ok', reason: 'x'},
		],
		{'one-ok': exits(1)},
		'failure step/it',
	],
];
for (const [title, intents, outcomes, asked] of ways) {
	test(`a way back in which ${title} comes to: ${asked}`, () => {
		const told = toldRun(visits, {world: {outcomes: {it: exits(1), ...outcomes}}});
		told.does(run('step/it'), {type: 'visit', section: 'one'}, ...intents);
		assert.equal(told.asked, asked);
	});
}

test('a way back by hand alone counts as gone once its items were confirmed', () => {
	const text = `# T\n## Step\n${command('it')}## Rollback\n- [ ] Revert the snapshot in the console\n- [ ] Tell them\n`;
	const go = (...intents: Intent[]) =>
		toldRun(text, {world: {outcomes: {it: exits(1)}}}).does(
			run('step/it'),
			{type: 'visit', section: 'rollback'},
			...intents,
		);
	const skip: Intent[] = ['rollback/1', 'rollback/2'].map(block => ({type: 'skip', block, reason: 'x'}));
	assert.equal(go({type: 'confirm-manual', block: 'rollback/1'}, skip[1]!).asked, 'rolled-back');
	assert.equal(go(...skip).asked, 'failure step/it');
});

test('a choice that leads to several ways back is refused, one that leads to an entry visits it', () => {
	const told = toldRun(visits).does(run('step/it'));
	assert.equal(told.asked, 'choice go-back/1');
	assert.deepEqual(told.tell(choose('go-back/1', 'rollback-options')), {
		code: 'several-options',
		section: 'rollback-options',
	});
	told.does(choose('go-back/1', 'help'), run('help/look', 'enter'));
	assert.equal(told.asked, 'confirm end/end');
});

test('a choice in an entry that leads into the document leaves the entry and goes on from there', () => {
	const text = `# T\n## Begin\n${command('begin')}## Step\n${command('it')}## End\n${command('end')}## Troubleshooting\n### And now?\n- [Again](#begin)\n- [On](#end)\n- [Help](#help)\n\n### Help\n${command('look', 'risk=reads')}`;
	const visited = () =>
		toldRun(text, {world: {outcomes: {it: [exits(1), exits(0)]}}}).does(run('begin/begin'), run('step/it'), {
			type: 'visit',
			section: 'and-now',
		});
	const again = visited().does(choose('and-now/1', 'begin'));
	assert.equal(again.asked, 'confirm begin/begin');
	assert.deepEqual(again.host.visits, []);
	again.untilAsked('completed');
	assert.deepEqual(again.started, ['begin', 'it', 'begin', 'it', 'end']);
	const on = visited().does(choose('and-now/1', 'end'));
	assert.equal(on.asked, 'confirm end/end');
	assert.equal(on.untilAsked('completed-with-failures').status('step/it'), 'not-applicable');
});

test('a choice in an entry that leads back in it stays in the visit', () => {
	const text = `# T\n## Step\n${command('it')}## Troubleshooting\n### Help\n${command('look', 'risk=reads')}#### Better?\n- [No](#help)\n- [Yes](#good)\n\n#### Good\n- [ ] Note it\n`;
	const told = toldRun(text, {world: {outcomes: {it: exits(1)}}}).does(
		run('step/it'),
		{type: 'visit', section: 'help'},
		run('help/look', 'enter'),
		choose('better/1', 'help'),
	);
	assert.equal(told.asked, 'confirm help/look');
	told.does(run('help/look', 'enter'), choose('better/1', 'good'), {type: 'confirm-manual', block: 'good/1'});
	assert.equal(told.asked, 'failure step/it');
});

const line = `# T\n## A\n${command('a')}## B\n${command('b')}## C\n${command('c', 'when="pm=dnf"')}## D\n${command('d')}## E\n${command('e')}`;
const go = (section: string, reason?: string): Intent => ({type: 'go', section, ...(reason && {reason})});

test('a jump over undone steps needs a reason and is a deviation, with what it skips', () => {
	const told = toldRun(line).does(run('a/a'));
	assert.deepEqual(told.tell(go('e')), {code: 'needs-reason'});
	assert.deepEqual(told.tell(go('e', ' ')), {code: 'needs-reason'});
	told.does(go('e', 'no time'));
	assert.equal(told.asked, 'confirm e/e');
	assert.deepEqual(told.of('deviation'), [
		{
			host: 'web1',
			by: {login: 'tester', uid: 1},
			type: 'deviation',
			about: {kind: 'jump', from: 'b', to: 'e', over: ['b/b', 'd/d']},
			reason: 'no time',
		},
	]);
	assert.deepEqual([told.status('b/b'), told.status('d/d')], ['skipped', 'skipped']);
});

test('a jump over what is not for this host needs no reason', () => {
	const told = toldRun(line.replace(`## B\n${command('b')}`, '')).does(run('a/a'));
	assert.equal(told.asked, 'confirm d/d');
	told.does(go('a'), go('c'));
	assert.equal(told.asked, 'next c');
	assert.equal(told.does({type: 'next'}).asked, 'confirm d/d');
	assert.deepEqual(told.of('deviation'), []);
});

test('a jump back to what was skipped means to do it after all', () => {
	const told = toldRun(line).does(go('e', 'no time'), go('b'));
	assert.equal(told.asked, 'confirm b/b');
	told.does(run('b/b'));
	assert.equal(told.asked, 'confirm e/e');
});

test('a jump back to what is done stays there until the operator goes on', () => {
	const told = toldRun(line).does(run('a/a'), go('a'));
	assert.equal(told.asked, 'next a');
	assert.deepEqual(told.tell(go('nonsense')), {code: 'no-such-section', section: 'nonsense'});
	told.does({type: 'next'});
	assert.equal(told.asked, 'confirm b/b');
	assert.deepEqual(told.tell({type: 'next'}), {code: 'not-now'});
	told.does(go('a'), run('a/a'));
	assert.equal(told.asked, 'confirm b/b');
	assert.deepEqual(told.started, ['a', 'a']);
});

test('a jump to a section that is only visited visits it', () => {
	const told = failed().does(go('help'));
	assert.equal(told.asked, 'confirm help/look');
	assert.equal(told.host.visits.length, 1);
});

test('a failure that is jumped over makes the run complete with failures', () => {
	const told = toldRun(line, {world: {outcomes: {a: exits(1)}}}).does(run('a/a'), go('e', 'no time'), run('e/e'));
	assert.equal(told.asked, 'completed-with-failures');
});

test('nothing but the step walked can be started or skipped', () => {
	const told = toldRun(line);
	assert.deepEqual(told.tell(run('b/b')), {code: 'not-here', block: 'b/b'});
	assert.deepEqual(told.tell(run('nonsense')), {code: 'not-here', block: 'nonsense'});
	assert.deepEqual(told.tell({type: 'skip', block: 'b/b', reason: 'x'}), {code: 'not-here', block: 'b/b'});
	assert.deepEqual(told.tell({type: 'confirm-manual', block: 'a/a'}), {code: 'not-here', block: 'a/a'});
	assert.deepEqual(told.tell({type: 'skip', block: 'a/a', reason: '\t'}), {code: 'needs-reason'});
});

test('a run that walks a way back walks nothing else', () => {
	const rollback = {of: 'r0', options: {web1: 'one'}, values: {web1: {TX: '7'}}};
	const told = toldRun(visits, {rollback});
	assert.equal(told.asked, 'manual one/1');
	assert.equal(told.host.values['TX'], '7');
	assert.deepEqual(told.tell({type: 'back'}), {code: 'not-now'});
	assert.deepEqual(told.tell(go('end', 'x')), {code: 'not-now'});
	told.untilAsked('rolled-back');
	assert.deepEqual(told.started, ['one', 'one-ok']);
	const skipped = toldRun(visits, {rollback});
	for (const block of ['one/1', 'one/one', 'one/one-ok']) skipped.does({type: 'skip', block, reason: 'x'});
	assert.equal(skipped.asked, 'aborted');
});
