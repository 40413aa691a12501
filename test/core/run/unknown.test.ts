import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Intent} from '../../../source/core/run/told.ts';
import {exits, toldRun, vanishes} from '../../helpers/told-run.ts';

const runIt: Intent = {type: 'run', block: 'step/it', confirmed: 'y'};
const settle = (end: 'done' | 'failed', reason = 'seen on the console'): Intent => ({
	type: 'settle',
	block: 'step/it',
	end,
	reason,
});

const plain = `# T
## Step
~~~sh {name=it}
it
~~~
~~~sh {name=see risk=reads}
see
~~~
~~~sh {name=more}
more
~~~
## Rollback
~~~sh {name=back}
back
~~~
## Troubleshooting
### Help
~~~sh {name=look risk=reads}
look
~~~
#### More help
~~~sh {name=look-more risk=reads}
look-more
~~~
~~~sh {name=mend}
mend
~~~
`;
const checked = '# T\n## Step\n~~~sh {name=it}\nit\n~~~\n~~~sh {name=ok check retries=1}\nverify\n~~~\n';

/** What a host may say, and what its block is then. */
const reports = [
	[vanishes(), 'unknown', 'killed'],
	[{report: {is: 'lost', rebooted: true, alive: false}}, 'unknown', 'rebooted'],
	[{report: {is: 'none'}}, 'unknown', 'disconnected'],
	[{report: {is: 'cannot-tell', why: 'no /proc'}}, 'unknown', 'disconnected'],
	[{report: {is: 'not-started', why: 'no space'}}, 'failed', undefined],
	[exits(0), 'done', 'exit'],
	[exits(1), 'failed', 'exit'],
	[exits(137), 'failed', 'exit'],
] as const;

for (const [outcome, status, cause] of reports) {
	test(`a change of which the host says ${JSON.stringify(outcome.report)} is ${status}`, () => {
		const run = toldRun(plain, {world: {outcomes: {it: outcome}}}).does(runIt);
		assert.equal(run.status('step/it'), status);
		assert.equal(run.host.blocks['step/it']?.cause, cause);
		assert.equal(
			run.asked,
			status === 'done' ? 'confirm step/see' : `${status === 'failed' ? 'failure' : 'unknown'} step/it`,
		);
	});
}

test('what only reads is never unknown: it has failed', () => {
	const run = toldRun('# T\n## Step\n~~~sh {name=it risk=reads}\nit\n~~~\n', {world: {outcomes: {it: vanishes()}}});
	run.does({...runIt, confirmed: 'enter'} as Intent);
	assert.equal(run.asked, 'failure step/it');
});

test('while nobody knows how a change ended nothing else may change the host, and what reads may', () => {
	const run = toldRun(plain, {world: {outcomes: {it: vanishes()}}}).does(runIt);
	const task = 't0001';
	const held = {code: 'not-settled', task, block: 'step/it'};
	for (const intent of [
		runIt,
		{type: 'run', block: 'step/more', confirmed: 'y'},
		{type: 'run', block: 'step/see', confirmed: 'y', edited: {script: 'rm', reason: 'x'}},
		{type: 'skip', block: 'step/it', reason: 'x'},
		{type: 'visit', section: 'rollback'},
		{type: 'go', section: 'step', reason: 'x'},
		{type: 'abort', reason: 'x'},
	] satisfies Intent[]) {
		assert.deepEqual(run.tell(intent), held, JSON.stringify(intent));
	}
	run.does({type: 'run', block: 'step/see', confirmed: 'enter'});
	assert.deepEqual(run.started, ['it', 'see']);
	assert.equal(run.asked, 'unknown step/it');
});

test('while a change is unknown the operator may look for help, and is asked about it before anything changes', () => {
	const run = toldRun(plain, {world: {outcomes: {it: vanishes()}}}).does(runIt);
	run.does({type: 'visit', section: 'help'});
	assert.equal(run.asked, 'confirm help/look');
	run.does({type: 'run', block: 'help/look', confirmed: 'enter'});
	assert.equal(run.asked, 'confirm more-help/look-more', 'the visit goes on');
	run.does({type: 'run', block: 'more-help/look-more', confirmed: 'enter'});
	assert.equal(run.asked, 'unknown step/it', 'what comes next would change the host');
	run.does(settle('done'));
	assert.equal(run.asked, 'confirm more-help/mend');
});

test('a person settles what is unknown with a reason, which is a deviation', () => {
	const run = toldRun(plain, {world: {outcomes: {it: vanishes()}}}).does(runIt);
	assert.deepEqual(run.tell(settle('done', '')), {code: 'needs-reason'});
	assert.deepEqual(run.tell({...settle('done'), block: 'step/more'} as Intent), {code: 'not-here', block: 'step/more'});
	run.does(settle('done'));
	assert.equal(run.asked, 'confirm step/see');
	assert.deepEqual(run.of('deviation')[0]?.about, {kind: 'settle', block: 'step/it'});
	assert.deepEqual(run.tell(settle('failed')), {code: 'not-here', block: 'step/it'}, 'it is settled');
});

test('what a person settles as failed is asked about as a failure', () => {
	const run = toldRun(plain, {world: {outcomes: {it: vanishes()}}}).does(runIt, settle('failed'));
	assert.equal(run.asked, 'failure step/it');
});

test('nothing settles a change while its processes are alive, until the host has been looked at again', () => {
	const run = toldRun(checked, {world: {outcomes: {it: [vanishes(true), vanishes(true), vanishes(false)]}}}).does(
		runIt,
	);
	assert.equal(run.asked, 'unknown step/it');
	assert.deepEqual(run.started, ['it'], 'no check runs');
	assert.deepEqual(run.tell(settle('done')), {code: 'still-alive', task: 't0001'});
	run.does({type: 'run', block: 'step/ok', confirmed: 'enter'});
	assert.equal(run.asked, 'unknown step/it', 'a check that a person started says nothing yet');
	run.does({type: 'look', task: 't0001'});
	assert.deepEqual(run.tell(settle('done')), {code: 'still-alive', task: 't0001'});
	run.does({type: 'look', task: 't0001'}, settle('done'));
	assert.equal(run.asked, 'completed');
});

test('once no process is left its check speaks for a change', () => {
	const run = toldRun(checked, {world: {outcomes: {it: vanishes()}}}).does(runIt);
	assert.deepEqual(run.started, ['it', 'verify']);
	assert.deepEqual(
		run.of('block.ended').filter(({because}) => because === 'check'),
		[{host: 'web1', type: 'block.ended', block: 'step/it', end: 'done', because: 'check'}],
	);
	assert.equal(run.asked, 'completed');
});

test('a check that fails is repeated as often as it says before it speaks against a change', () => {
	const once = toldRun(checked, {world: {outcomes: {it: vanishes(), verify: [exits(1), exits(0)]}}}).does(runIt);
	assert.equal(once.status('step/it'), 'done');
	const always = toldRun(checked, {world: {outcomes: {it: vanishes(), verify: exits(1)}}}).does(runIt);
	assert.deepEqual(always.started, ['it', 'verify', 'verify']);
	assert.equal(always.status('step/it'), 'failed');
	assert.equal(always.asked, 'failure step/it');
});

for (const outcome of [exits(126), exits(127), vanishes()]) {
	test(`a check that ends with ${JSON.stringify(outcome.report)} does not speak for a change`, () => {
		const run = toldRun(checked, {world: {outcomes: {it: vanishes(), verify: outcome}}}).does(runIt);
		assert.equal(run.status('step/it'), 'unknown');
		assert.equal(run.asked, 'unknown step/it');
		run.does(settle('failed'));
		assert.equal(run.asked, 'failure step/it');
	});
}

test('all checks of a change have to pass before it counts as done', () => {
	const two = checked.replace('~~~sh {name=ok', '~~~sh {check}\nfirst\n~~~\n~~~sh {name=ok');
	const run = toldRun(two, {world: {outcomes: {it: vanishes(), verify: exits(1)}}}).does(runIt);
	assert.deepEqual(run.started, ['it', 'first', 'verify', 'verify']);
	assert.equal(run.status('step/it'), 'failed');
});

test('a check with a placeholder never runs by itself, not for an unknown change either', () => {
	const text = '# T\n## Step\n~~~sh {name=it}\nit\n~~~\n~~~sh {name=ok check}\ncurl <host>\n~~~\n';
	for (const outcome of [exits(0), vanishes()]) {
		const run = toldRun(text, {world: {outcomes: {it: outcome}}}).does(runIt);
		assert.deepEqual(run.started, ['it']);
	}
});

test('a host that could not tell and can tell again is followed to the end, with all its output', () => {
	for (const now of [exits(0), {report: {is: 'running', bytes: 5}} as const]) {
		const run = toldRun(plain, {world: {outcomes: {it: {report: {is: 'cannot-tell', why: 'no /proc'}}}}}).does(runIt);
		assert.equal(run.asked, 'unknown step/it');
		run.world = {outcomes: {it: 'hangs'}, deaf: ['ask']};
		run.does({type: 'look', task: 't0001'});
		run.observe({type: 'task', task: 't0001', ...now});
		assert.equal(run.host.tasks['t0001']?.phase, 'running');
		assert.equal(run.status('step/it'), 'running');
		run.observe({type: 'task', task: 't0001', ...exits(1), seen: {failure: 'E: broken'}});
		assert.equal(run.status('step/it'), 'failed');
		assert.equal(run.host.blocks['step/it']?.reason, 'the output has: E: broken');
	}
});

test('looking again at what is not unknown is refused', () => {
	const run = toldRun(plain).does(runIt);
	assert.deepEqual(run.tell({type: 'look', task: 't0001'}), {code: 'not-now'});
	assert.deepEqual(run.tell({type: 'look', task: 'nonsense'}), {code: 'not-now'});
});

test('a cancelled change is unknown, "cancelled" does not mean "not applied"', () => {
	const run = toldRun(checked, {world: {outcomes: {it: 'hangs'}, deaf: ['cancel']}}).does(runIt);
	const cancel = (confirmed: 'enter' | 'y' | 'name'): Intent => ({type: 'cancel', task: 't0001', confirmed});
	assert.deepEqual(run.tell(cancel('y')), {code: 'needs-confirmation', confirmation: 'name'});
	run.does(cancel('name'));
	assert.deepEqual(
		run.of('task.cancelled').map(({signal}) => signal),
		['TERM'],
	);
	run.does(cancel('name'));
	assert.deepEqual(
		run.of('task.cancelled').map(({signal}) => signal),
		['TERM', 'KILL'],
	);
	run.observe({type: 'task', task: 't0001', ...exits(0)});
	assert.equal(run.status('step/it'), 'unknown');
	assert.equal(run.host.blocks['step/it']?.cause, 'cancelled');
	assert.deepEqual(run.tell(cancel('name')), {code: 'not-now'});
	run.walk();
	assert.equal(run.asked, 'completed', 'its check has spoken');
});

test('an unknown change is looked at again in the next session, and a check speaks then', () => {
	const run = toldRun(plain, {world: {outcomes: {it: [vanishes(true), vanishes(false)]}}}).does(runIt);
	assert.deepEqual(run.tell(settle('done')), {code: 'still-alive', task: 't0001'});
	run.resume().does(settle('done'));
	assert.equal(run.asked, 'confirm step/see');
});

test('an undo of an earlier step that nobody knows of is asked about, wherever the walk is', () => {
	const text =
		'# T\n## Step\n~~~sh {name=it}\nit\n~~~\n~~~sh {name=un undo}\nun\n~~~\n## Later\n- [ ] Tell\n\n~~~sh {name=more}\nmore\n~~~\n';
	const run = toldRun(text, {world: {outcomes: {un: vanishes()}}}).does(runIt);
	assert.equal(run.asked, 'manual later/1');
	run.does({type: 'undo', block: 'step/it', confirmed: 'name'});
	assert.equal(run.asked, 'unknown step/un');
	run.does({type: 'settle', block: 'step/un', end: 'done', reason: 'seen'});
	assert.equal(run.asked, 'manual later/1');
	assert.equal(run.status('step/it'), 'undone', 'what a person states counts like what the host says');
});

test('an unknown repair is still unknown after its troubleshooting entry was left and visited again', () => {
	const run = toldRun(plain, {world: {outcomes: {it: exits(1), mend: vanishes()}}}).does(
		runIt,
		{type: 'visit', section: 'help'},
		{type: 'run', block: 'help/look', confirmed: 'enter'},
		{type: 'run', block: 'more-help/look-more', confirmed: 'enter'},
		{type: 'run', block: 'more-help/mend', confirmed: 'y'},
	);
	assert.equal(run.asked, 'unknown more-help/mend');
	run.does({type: 'back'}, {type: 'visit', section: 'help'});
	run.does({type: 'settle', block: 'more-help/mend', end: 'done', reason: 'seen'});
	assert.equal(run.host.tasks['t0004']?.phase, 'reaped');
});

test('a host that is gone for good in the middle of a change can be given up: the change stays unknown, the run ends', () => {
	const run = toldRun(plain, {world: {outcomes: {it: 'hangs'}}}).does(runIt);
	assert.deepEqual(run.tell({type: 'abort', reason: 'burnt down'}), {code: 'still-running', task: 't0001'});
	run.world.deaf = ['connect'];
	run.observe({type: 'link-lost', why: 'no route'});
	run.does({type: 'abort', reason: 'burnt down'});
	assert.equal(run.status('step/it'), 'unknown');
	assert.equal(run.state.ended, undefined, 'once is not enough: it may come back');
	run.does({type: 'abort', reason: 'it is gone'});
	assert.equal(run.state.ended, 'aborted');
	assert.equal(run.status('step/it'), 'unknown', 'nobody says that it was or was not applied');
});
