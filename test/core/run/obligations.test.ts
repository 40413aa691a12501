import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Intent} from '../../../source/core/run/told.ts';
import {obligations} from '../../../source/core/run/walk.ts';
import {exits, type ToldRun, toldRun, vanishes} from '../../helpers/told-run.ts';

const text = `# T
## Step
~~~sh {name=silence undo=at-end}
silence
~~~
~~~sh {name=loud undo}
loud
~~~
~~~sh {name=drain undo=at-end}
drain
~~~
~~~sh {name=fill undo}
fill
~~~
~~~sh {name=it}
it
~~~
## Rollback
~~~sh {name=back}
back
~~~
`;
const run = (name: string, confirmed: 'y' | 'name' = 'y'): Intent => ({type: 'run', block: `step/${name}`, confirmed});
const owed = (told: ToldRun) => obligations(told.state, told.host).map(({undo}) => undo.id);

/** Every way to an end walks what is owed first, the latest first. */
const ends: [end: string, go: (told: ToldRun) => void][] = [
	['completed', told => told.does(run('it'))],
	['aborted', told => told.does({type: 'abort', reason: 'enough'})],
	['completed-with-failures', told => told.does(run('it'), {type: 'skip', block: 'step/it', reason: 'no matter'})],
	[
		'rolled-back',
		told =>
			told.does(
				run('it'),
				{type: 'visit', section: 'rollback'},
				{
					type: 'run',
					block: 'rollback/back',
					confirmed: 'name',
				},
			),
	],
];
for (const [end, go] of ends) {
	test(`what is owed is walked before a run ends as ${end}`, () => {
		const outcomes = {it: exits(end === 'completed' ? 0 : 1)};
		const told = toldRun(text, {world: {outcomes}}).does(run('silence'), run('drain'));
		assert.deepEqual(owed(told), ['step/fill', 'step/loud']);
		go(told);
		assert.equal(told.asked, 'confirm step/fill');
		assert.equal(told.tell(run('fill', 'y'))?.code, 'needs-confirmation');
		told.does(run('fill', 'name'));
		assert.equal(told.status('step/drain'), 'undone');
		assert.equal(told.asked, 'confirm step/loud');
		told.does(run('loud', 'name'));
		assert.equal(told.asked, end);
		assert.deepEqual(owed(told), []);
	});
}

test('nothing is owed of what was never started', () => {
	const told = toldRun(text).does({type: 'abort', reason: 'enough'});
	assert.equal(told.asked, 'aborted');
	assert.deepEqual(told.started, []);
});

test('what could not even be started owes nothing', () => {
	const told = toldRun(text, {world: {outcomes: {silence: {report: {is: 'not-started', why: 'no space'}}}}});
	told.does(run('silence'), {type: 'abort', reason: 'enough'});
	assert.equal(told.asked, 'aborted');
});

test('what ran and failed may have been done in part, so it is owed, skipped or not', () => {
	for (const first of [[], [{type: 'skip', block: 'step/silence', reason: 'x'}]] satisfies Intent[][]) {
		const told = toldRun(text, {world: {outcomes: {silence: exits(1)}}}).does(run('silence'), ...first);
		assert.deepEqual(owed(told), ['step/loud']);
	}
});

test('what nobody knows of is owed', () => {
	const told = toldRun(text, {world: {outcomes: {silence: vanishes()}}}).does(run('silence'));
	assert.deepEqual(owed(told), ['step/loud']);
	told.does({type: 'settle', block: 'step/silence', end: 'done', reason: 'seen'});
	assert.deepEqual(owed(told), ['step/loud']);
});

test('an undo that failed is asked about, tried again or skipped with a reason', () => {
	const told = toldRun(text, {world: {outcomes: {loud: [exits(1), exits(1), exits(0)]}}}).does(run('silence'));
	told.does({type: 'abort', reason: 'enough'}, run('loud', 'name'));
	assert.equal(told.asked, 'failure step/loud');
	told.does(run('loud', 'name'));
	assert.equal(told.asked, 'failure step/loud');
	assert.deepEqual(told.tell({type: 'skip', block: 'step/loud', reason: ''}), {code: 'needs-reason'});
	told.does({type: 'skip', block: 'step/loud', reason: 'done by hand'});
	assert.equal(told.asked, 'aborted');
});

test('an undo by key settles what is owed, and what is done again is owed again', () => {
	const told = toldRun(text).does(run('silence'), {type: 'undo', block: 'step/silence', confirmed: 'name'});
	assert.deepEqual(owed(told), []);
	told.does(run('silence'));
	assert.deepEqual(owed(told), ['step/loud']);
	told.does({type: 'abort', reason: 'enough'});
	assert.equal(told.asked, 'confirm step/loud');
	told.does(run('loud', 'name'));
	assert.equal(told.asked, 'aborted');
	assert.deepEqual(told.started, ['silence', 'loud', 'silence', 'loud']);
});

test('what is owed stays owed when a choice leads back before it', () => {
	const loop =
		'# T\n## Begin\n- [ ] Ready\n\n## Step\n~~~sh {name=silence undo=at-end}\nsilence\n~~~\n~~~sh {name=loud undo}\nloud\n~~~\n## Again?\n- [Again](#begin)\n- [On](#on)\n\n## On\n- [ ] End\n';
	const told = toldRun(loop).does({type: 'confirm-manual', block: 'begin/1'}, run('silence'), {
		type: 'choose',
		block: 'again/1',
		section: 'begin',
	});
	assert.equal(told.asked, 'manual begin/1');
	assert.deepEqual(owed(told), ['step/loud']);
	told.does({type: 'abort', reason: 'enough'});
	assert.equal(told.asked, 'confirm step/loud');
});

test('an undo that needs a value asks for it at the end', () => {
	const needs = `---\nhandrail: 1\ninputs:\n  NODE: { prompt: Which node }\n---\n${text.replace('\nloud\n', '\nloud $NODE\n')}`;
	const told = toldRun(needs).does(run('silence'), {type: 'abort', reason: 'enough'});
	assert.equal(told.asked, 'input NODE');
	told.does({type: 'give-input', name: 'NODE', value: 'n1'}, run('loud', 'name'));
	assert.equal(told.asked, 'aborted');
});

test('an undo needs a command that has run and has one', () => {
	const told = toldRun(text);
	for (const block of ['step/silence', 'step/it', 'rollback/back', 'nonsense']) {
		assert.deepEqual(told.tell({type: 'undo', block, confirmed: 'name'}), {code: 'no-undo', block});
	}
	told.does(run('silence'), run('drain'), run('it'));
});

test('once the end has begun nothing is walked but what is owed', () => {
	const told = toldRun(text).does(run('silence'), {type: 'abort', reason: 'enough'});
	for (const intent of [
		{type: 'go', section: 'step', reason: 'x'},
		{type: 'visit', section: 'rollback'},
		{type: 'back'},
		{type: 'next'},
		{type: 'abort', reason: 'x'},
	] satisfies Intent[]) {
		assert.deepEqual(told.tell(intent), {code: 'not-now'}, intent.type);
	}
	assert.deepEqual(told.tell(run('drain')), {code: 'not-here', block: 'step/drain'});
});

test('what was done once for all hosts and undone at the end of one is done again on the next', () => {
	const once = text.replace('name=silence undo=at-end', 'name=silence undo=at-end once');
	const told = toldRun(once, {hosts: ['web1', 'web2']});
	told.does(run('silence'), run('drain'), run('it'), run('fill', 'name'), run('loud', 'name'));
	assert.equal(told.host.name, 'web2');
	assert.equal(told.asked, 'confirm step/silence');
});
