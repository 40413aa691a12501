import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {EarlierTask, EarlierWish} from '../../../source/core/run/earlier.ts';
import type {TaskReport} from '../../../source/core/run/host.ts';
import type {Intent} from '../../../source/core/run/told.ts';
import {reply} from '../../../source/core/run/unattended.ts';
import {type TableWorld, type ToldRun, toldRun} from '../../helpers/told-run.ts';

const document = `# T
## Look
~~~sh {name=see risk=reads}
see
~~~
## Step
~~~sh {name=it}
it
~~~
`;
const running: TaskReport = {is: 'running', bytes: 3};
const ended: TaskReport = {is: 'ended', exit: 0, bytes: 3};
const lost: TaskReport = {is: 'lost', rebooted: true, alive: false};
const undead: TaskReport = {is: 'lost', rebooted: false, alive: true};

const left = (report: TaskReport, days = 1): EarlierTask => ({
	task: 'r0.t0001',
	run: 'r0',
	since: '2026-11-20T18:00:00.000Z',
	days,
	here: 'no',
	holdsLock: false,
	report,
});

/** A run that has done what reads and stands before its first change. */
function beforeChange(earlier: EarlierTask[], world: TableWorld = {}): ToldRun {
	const run = toldRun(document, {world: {...world, earlier}});
	assert.equal(run.asked, 'confirm look/see', 'what reads is not held up');
	run.does({type: 'run', block: 'look/see', confirmed: 'enter'});
	return run;
}

const wish = (what: EarlierWish): Intent => ({type: 'earlier', tasks: ['r0.t0001'], what});

const standing: [string, EarlierTask[], string][] = [
	['none', [], 'confirm step/it'],
	['one that is at work', [left(running)], 'earlier'],
	['a lost one', [left(lost)], 'earlier'],
	['one that cannot be told of', [left({is: 'cannot-tell', why: 'x'})], 'earlier'],
	['one that has ended', [left(ended)], 'confirm step/it'],
	['one that has ended fourteen days ago', [left(ended, 14)], 'confirm step/it'],
	['one that has ended fifteen days ago', [left(ended, 15)], 'earlier'],
];
for (const [what, earlier, asked] of standing) {
	test(`${what} of an earlier run: before the first change is asked: ${asked}`, () => {
		const run = beforeChange(earlier);
		assert.equal(run.asked, asked);
		assert.equal(run.of('earlier.found').length, earlier.length > 0 ? 1 : 0);
	});
}

test('nothing changes while the task of an earlier run may be at work, whoever wants it', () => {
	const run = beforeChange([left(running)]);
	run.does({type: 'earlier', tasks: ['r0.t0001'], what: 'look'});
	const refused = run.tell({type: 'run', block: 'step/it', confirmed: 'y'});
	assert.deepEqual(refused, {code: 'earlier-tasks', tasks: ['r0.t0001']});
	run.does(wish('leave'));
	assert.equal(run.asked, 'confirm step/it');
	run.does({type: 'run', block: 'step/it', confirmed: 'y'});
	assert.equal(run.state.ended, 'completed');
});

test('a task of an earlier run is followed to its end, recorded, and only then removed', () => {
	const run = beforeChange([left(running)]).does(wish('adopt'));
	assert.deepEqual(
		run.events.filter(({type}) => type.startsWith('earlier.')).map(({type}) => type),
		['earlier.found', 'earlier.wanted', 'earlier.reported', 'earlier.removed'],
	);
	assert.equal(run.of('earlier.reported')[0]?.copied, 7);
	assert.equal(run.asked, 'confirm step/it');
});

const cleaned: [string, TaskReport, boolean][] = [
	['has ended', ended, true],
	['is lost', lost, true],
	['is at work', running, false],
	['is lost while processes of it are at work', undead, false],
];
for (const [what, report, isCleaned] of cleaned) {
	test(`a task of an earlier run that ${what} is ${isCleaned ? '' : 'never '}removed by cleaning`, () => {
		const run = beforeChange([left(report, 20)]);
		const refused = run.tell(wish('clean'));
		assert.deepEqual(refused, isCleaned ? undefined : {code: 'not-now'});
		assert.equal(run.of('earlier.removed').length, isCleaned ? 1 : 0);
		assert.equal(run.asked, isCleaned ? 'confirm step/it' : 'earlier');
	});
}

test('what ended meanwhile is seen when the host is asked again', () => {
	const run = beforeChange([left(running)], {earlierSay: ended}).does(wish('look'));
	assert.equal(run.asked, 'confirm step/it');
});

test('it is asked for once in a run: a later meeting finds nothing', () => {
	const run = beforeChange([left(running)]).does(wish('leave'));
	run.observe({type: 'link-lost', why: 'x'});
	run.walk();
	assert.equal(run.of('host.met').length, 2);
	assert.equal(run.of('earlier.found').length, 1);
});

const unattended: [string, EarlierTask, TaskReport, unknown][] = [
	['at work', left(running), running, {stop: 5, why: 'earlier'}],
	['at work and ended when asked again', left(running), ended, 'confirm step/it'],
	['lost', left(lost), lost, 'confirm step/it'],
	['ended long ago', left(ended, 99), ended, 'confirm step/it'],
];
for (const [what, earlier, then, expected] of unattended) {
	test(`an unattended run that finds a task of an earlier run ${what}: ${JSON.stringify(expected)}`, () => {
		const run = beforeChange([earlier], {earlierSay: then});
		const allowed = {yes: true, confirm: [], skipManual: undefined, trust: true, retry: new Set<string>()};
		for (let asked = run.question!; ; asked = run.question!) {
			if (asked.kind !== 'earlier') return assert.equal(run.asked, expected);
			const answer = reply(asked, allowed);
			if ('stop' in answer) return assert.deepEqual(answer, expected);
			run.does(answer.tell);
		}
	});
}

test('the lock speaks for the tasks of the run that holds it, until it is to be broken', () => {
	const owner = {owner: 'bo@jump', run: 'r0', since: 'noon'};
	const run = beforeChange([{...left(running), holdsLock: true}], {owner});
	run.does({type: 'run', block: 'step/it', confirmed: 'y'});
	const refused = run.question;
	assert.equal(refused?.kind === 'refused' && refused.guards[0]?.evidence, 'bo@jump with run r0 since noon');
	run.does({type: 'break-lock', reason: 'bo is on holiday'});
	assert.equal(run.asked, 'earlier');
	run.does(wish('leave'));
	assert.equal(run.asked, 'refused step/it');
	run.does({type: 'run', block: 'step/it', confirmed: 'y'});
	assert.equal(run.of('lock.broken').length, 1);
	assert.equal(run.state.ended, 'completed');
});

test('a later session asks the host again before it stops', () => {
	const run = beforeChange([left(running)]).does(wish('look'));
	const isLooked = () => run.question?.kind === 'earlier' && run.question.tasks[0]?.hasLooked === true;
	assert.ok(isLooked());
	run.tell({type: 'leave', why: 'x'}, null);
	run.apply([{host: null, type: 'run.resumed', handrail: '0', pid: 1}]);
	run.walk();
	assert.equal(run.asked, 'earlier');
	assert.ok(!isLooked());
});
