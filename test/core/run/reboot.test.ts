import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type BootAnswer, exits, type TableWorld, type ToldRun, toldRun, vanishes} from '../../helpers/told-run.ts';

const markdown = `# T
## Before
~~~sh {name=before}
before
~~~
## Reboot
~~~sh {name=it reboots}
reboot
~~~
~~~sh {check}
check
~~~
## After
~~~sh {name=after}
after
~~~
## Rollback
### Power
~~~sh {name=power on=control}
power
~~~
~~~sh {name=restore}
restore
~~~
`;

/** Stands before its question, or waits, after the reboot was confirmed. */
function rebooting(world: TableWorld = {}): ToldRun {
	const run = toldRun(markdown).untilAsked('confirm reboot/it');
	run.world = world;
	return run.does({type: 'run', block: 'reboot/it', confirmed: 'name'});
}

const phases = (run: ToldRun) => run.of('reboot.phase').map(({phase}) => phase);

const answers: [title: string, boots: BootAnswer[], phases: string[]][] = [
	['a new boot at once', ['new'], ['going-down', 'new-boot']],
	['nothing, then a new boot', ['nothing', 'nothing', 'new'], ['going-down', 'unreachable', 'new-boot']],
	['the old boot for a while', ['old', 'old', 'nothing', 'new'], ['going-down', 'unreachable', 'new-boot']],
	[
		'nothing, then the old boot once more',
		['nothing', 'old', 'nothing', 'new'],
		['going-down', 'unreachable', 'going-down', 'unreachable', 'new-boot'],
	],
	[
		'another machine for a while',
		['nothing', 'other', 'other', 'new'],
		['going-down', 'unreachable', 'another-machine', 'new-boot'],
	],
];

for (const [title, boots, expected] of answers) {
	test(`a host that answers with ${title} is done when its new boot has settled`, () => {
		const run = rebooting({boots});
		assert.deepEqual(phases(run), expected);
		const [rebooted] = run.of('rebooted');
		assert.deepEqual(
			{task: rebooted?.task, was: rebooted?.was.id, is: rebooted?.is.id, kernel: rebooted?.is.kernel},
			{task: 't0002', was: 'b1', is: 'b2', kernel: '6.2'},
		);
		assert.equal(run.status('reboot/it'), 'done');
		assert.equal(run.host.reboot, undefined);
		assert.equal(run.asked, 'confirm after/after', 'its check has passed, and the walk goes on');
		assert.deepEqual(run.started, ['before', 'reboot', 'check']);
	});
}

test('another machine at its address is never met, and nothing is run on it', () => {
	const run = rebooting({boots: ['other'], deaf: ['connect']});
	const other = {machineId: 'another', hostKey: '', ownName: 'node2'};
	assert.equal(run.host.link, false);
	assert.equal(run.observe({type: 'met', identity: other, bootId: 'b9', facts: {}}), undefined);
	assert.equal(run.host.link, false);
	assert.deepEqual(run.of('reboot.phase').at(-1)?.why, 'it calls itself node2');
	assert.equal(run.host.bootId, 'b1');
});

test('what the host was before stands in the record before the command is started', () => {
	const run = rebooting({deaf: ['start']});
	const [began] = run.of('reboot.began');
	assert.deepEqual(began?.before, {id: 'b1', kernel: '6.1', failed: [], state: 'running'});
	assert.deepEqual(run.started, ['before']);
});

const outcomes: [title: string, outcome: NonNullable<TableWorld['outcomes']>[string], status: string][] = [
	['a success', exits(0), 'done'],
	['a signal of the host that goes down', exits(143), 'done'],
	['a dropped channel', vanishes(), 'done'],
	['a supervisor that is gone with its host', {report: {is: 'lost', rebooted: true, alive: false}}, 'done'],
	['a folder that is gone with its host', {report: {is: 'none'}}, 'done'],
	['a failure before it went down', exits(1), 'failed'],
	['a refused start', {report: {is: 'not-started', why: 'no'}}, 'failed'],
];

for (const [title, outcome, status] of outcomes) {
	test(`of a command that reboots, ${title} means: ${status}`, () => {
		const run = rebooting({outcomes: {reboot: outcome}});
		assert.equal(run.status('reboot/it'), status);
		assert.equal(run.of('rebooted').length, status === 'done' ? 1 : 0);
		assert.equal(run.host.reboot, undefined);
	});
}

test('once a new boot answers, the exit status of the command means nothing any more', () => {
	const run = rebooting({outcomes: {reboot: 'hangs'}});
	run.observe({type: 'link-lost', why: 'x'});
	run.world = {outcomes: {reboot: exits(1)}};
	run.walk();
	assert.equal(run.status('reboot/it'), 'done');
});

test('a host that was rebooted while the start of the command was not heard of is not sent it again', () => {
	const run = rebooting({deaf: ['start']});
	run.observe({type: 'link-lost', why: 'x'});
	run.world = {};
	run.walk();
	assert.equal(run.status('reboot/it'), 'done');
	assert.deepEqual(run.started, ['before', 'check']);
});

test('a host without a boot id is not rebooted: nobody could prove it', () => {
	const run = rebooting({deaf: ['look-at-boot']});
	const boot = {id: '', kernel: '', failed: [], state: ''};
	run.observe({type: 'boot', task: 't0002', moment: 'before', boot});
	run.walk();
	assert.equal(run.asked, 'failure reboot/it');
	assert.deepEqual(run.started, ['before']);
});

test('units that failed with the reboot are told of, and its block is done', () => {
	const run = rebooting({failing: ['nginx.service']});
	assert.deepEqual(run.of('rebooted')[0]?.failed, ['nginx.service']);
	assert.deepEqual(run.host.rebooted?.failed, ['nginx.service']);
	assert.equal(run.status('reboot/it'), 'done');
	run.does({type: 'run', block: 'after/after', confirmed: 'y'});
	assert.equal(run.host.rebooted, undefined, 'until the next change');
});

/** Away, and its time is over. */
function late(): ToldRun {
	const run = rebooting({boots: ['nothing'], deaf: ['connect']});
	run.observe({type: 'unreachable', why: 'no answer'});
	run.observe({type: 'boot-late', task: 't0002', which: 'warning', after: 300_000});
	assert.equal(run.asked, 'nothing', 'a warning is no question');
	run.observe({type: 'boot-late', task: 't0002', which: 'limit', after: 600_000, console: 'ilo'});
	assert.equal(run.asked, 'reboot reboot/it');
	return run;
}

test('a host that is not back in time is asked about, with its console; whoever waits on gives it all its time again', () => {
	const run = late();
	const asked = run.question;
	assert.deepEqual(asked?.kind === 'reboot' && asked.reboot.late, {which: 'limit', after: 600_000, console: 'ilo'});
	run.does({type: 'wait', task: 't0002'});
	assert.equal(run.asked, 'nothing');
	assert.equal(run.host.reboot?.round, 2);
	run.world = {};
	run.walk();
	assert.equal(run.status('reboot/it'), 'done');
});

test('a host that comes back while somebody is asked about it answers the question itself', () => {
	const run = late();
	run.world = {};
	run.walk();
	assert.equal(run.asked, 'confirm after/after');
});

test('a resumed run goes on waiting', () => {
	const run = late();
	run.world = {boots: ['nothing', 'new']};
	run.resume();
	assert.equal(run.status('reboot/it'), 'done');
	assert.deepEqual(run.started, ['before', 'reboot', 'check']);
});

test('giving up is a deviation with a reason; that it was rebooted nobody can claim', () => {
	const run = late();
	const settle = {type: 'settle', block: 'reboot/it', reason: 'the disk is dead'} as const;
	assert.equal(run.tell({...settle, end: 'done'})?.code, 'not-rebooted');
	assert.equal(run.tell({...settle, end: 'failed', reason: ' '})?.code, 'needs-reason');
	run.does({...settle, end: 'failed'});
	assert.equal(run.status('reboot/it'), 'failed');
	assert.deepEqual(run.of('deviation').at(-1)?.about, {kind: 'settle', block: 'reboot/it'});
	assert.equal(run.host.reboot, undefined);
});

test('of a host that was given up, a way back goes on as far as it runs on the jump box', () => {
	const run = late();
	run.does(
		{type: 'settle', block: 'reboot/it', end: 'failed', reason: 'it is dead'},
		{type: 'visit', section: 'power'},
	);
	assert.equal(run.asked, 'confirm power/power');
	run.does({type: 'run', block: 'power/power', confirmed: 'name'});
	assert.equal(run.status('power/power'), 'done');
	assert.equal(run.asked, 'nothing', 'what runs on the host waits for it');
	assert.equal(run.tell({type: 'run', block: 'power/restore', confirmed: 'name'})?.code, 'no-link');
	assert.deepEqual(run.started, ['before', 'reboot', 'power']);
	run.world = {boots: ['new']};
	run.walk();
	assert.equal(run.asked, 'confirm power/restore');
});

test('nothing else runs while a reboot is under way', () => {
	const run = rebooting({deaf: ['look-at-boot']});
	run.observe({type: 'boot', task: 't0002', moment: 'before', boot: {id: 'b1', kernel: '', failed: [], state: ''}});
	run.walk();
	assert.deepEqual(phases(run), ['going-down'], 'its command is over, and the boot from before still answers');
	assert.equal(run.asked, 'nothing');
	for (const intent of [
		{type: 'run', block: 'reboot/it', confirmed: 'name'},
		{type: 'skip', block: 'reboot/it', reason: 'x'},
		{type: 'cancel', task: 't0002', confirmed: 'name'},
		{type: 'go', section: 'after', reason: 'x'},
	] as const) {
		assert.ok(run.tell(intent), intent.type);
	}
});

test('a reboot by somebody else is noticed at the next connection: guards are asked anew before the next change', () => {
	const run = toldRun(markdown, {world: {}}).untilAsked('confirm before/before');
	run.does({type: 'run', block: 'before/before', confirmed: 'y'});
	assert.deepEqual(run.host.judged.includes('lock'), true);
	run.world = {deaf: ['connect']};
	run.observe({type: 'link-lost', why: 'x'});
	run.observe({type: 'met', identity: run.host.identity!, bootId: 'b7', facts: {}});
	const [rebooted] = run.of('rebooted');
	assert.deepEqual([rebooted?.task, rebooted?.was.id, rebooted?.is.id], [undefined, 'b1', 'b7']);
	assert.deepEqual(run.host.judged, []);
	assert.equal(run.asked, 'confirm reboot/it');
});

test('the same boot after a lost connection is no reboot', () => {
	const run = toldRun(markdown, {world: {}}).untilAsked('confirm reboot/it');
	run.observe({type: 'link-lost', why: 'x'});
	run.walk();
	assert.deepEqual(run.of('rebooted'), []);
});
