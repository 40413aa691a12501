import assert from 'node:assert/strict';
import {test} from 'node:test';
import {effects} from '../../../source/core/run/effects.ts';
import type {Finding} from '../../../source/core/run/finding.ts';
import {isKnownEvent} from '../../../source/core/run/known-event.ts';
import type {Observation} from '../../../source/core/run/told.ts';
import {findingWords} from '../../../source/core/text/finding-words.ts';
import {toldRun, vanishes} from '../../helpers/told-run.ts';

const plain = '# T\n## Step\n~~~sh {name=it}\nit\n~~~\n';
const checked = `${plain}~~~sh {name=ok check}\nverify\n~~~\n`;
const findings: Finding[] = [{is: 'none-at-work'}, {is: 'dpkg-interrupted'}];
const runIt = {type: 'run', block: 'step/it', confirmed: 'y'} as const;

test('what can be seen belongs to the question about a change of which nobody knows', () => {
	const run = toldRun(plain, {world: {outcomes: {it: vanishes()}, findings}}).does(runIt);
	const asked = run.question;
	assert.ok(asked?.kind === 'unknown');
	assert.deepEqual(asked.task.findings, findings);
});

test('it is looked at again when a person asks, and when the connection was lost', () => {
	const run = toldRun(plain, {world: {outcomes: {it: vanishes()}, findings}}).does(runIt);
	run.world.findings = [];
	run.does({type: 'look', task: 't0001'});
	run.observe({type: 'link-lost', why: 'x'});
	run.walk();
	assert.deepEqual(
		run.of('task.examined').map(event => event.findings),
		[findings, [], []],
	);
	assert.equal(run.of('task.reported').filter(({report}) => report.is === 'lost').length, 3, 'the host is asked first');
});

test('checks speak once it was seen how the host stands', () => {
	const run = toldRun(checked, {world: {outcomes: {it: vanishes()}, deaf: ['examine']}}).does(runIt);
	assert.deepEqual(run.started, ['it']);
	run.world.deaf = [];
	run.walk();
	assert.deepEqual(run.started, ['it', 'verify']);
});

test('what was seen of one that is settled, or being asked about, is not taken', () => {
	const run = toldRun(plain, {world: {outcomes: {it: vanishes()}, findings}}).does(runIt);
	const late: Observation = {type: 'examined', task: 't0001', findings: []};
	const before = run.events.length;
	run.observe(late);
	assert.equal(run.events.length, before, 'told twice, it happens once');
	run.does({type: 'settle', block: 'step/it', end: 'done', reason: 'seen'});
	run.observe(late);
	assert.equal(run.of('task.examined').length, 1);
	assert.deepEqual(
		effects(run.state).filter(each => each.do === 'examine'),
		[],
	);
});

const worded: [Finding, string, boolean][] = [
	[
		{is: 'booted', since: '2026-11-22T18:31:02.000Z', rebooted: true},
		'the host was REBOOTED since it was started (up since 2026-11-22 18:31 UTC)',
		true,
	],
	[
		{is: 'booted', since: '2026-11-22T18:31:02.000Z', rebooted: false},
		'the host was not rebooted since it was started (up since 2026-11-22 18:31 UTC)',
		false,
	],
	[
		{is: 'booted', since: '2026-11-22T18:31:02.000Z', rebooted: null},
		'the host is up since 2026-11-22 18:31 UTC',
		false,
	],
	[{is: 'none-at-work'}, 'no process of it is at work any more', false],
	[
		{is: 'at-work', pid: 7, user: 'root', text: 'dpkg\u001b[2J'},
		'still at work: process 7 of root: dpkg\ufffd[2J',
		true,
	],
	[{is: 'package-tool', pid: 9, name: 'apt-get'}, 'apt-get is at work, process 9', true],
	[{is: 'dpkg-interrupted'}, 'dpkg was interrupted: its database has updates that were not finished', true],
	[{is: 'dpkg-clean'}, 'dpkg --audit finds nothing wrong', false],
	[
		{is: 'apt', started: '2026-11-22 18:37:18', ended: null},
		'apt: the last entry of its history, of 2026-11-22 18:37:18, has no end',
		true,
	],
	[
		{is: 'dnf', transaction: 3, at: '2026-11-22 18:46', marks: '##'},
		'dnf: the last transaction, 3 at 2026-11-22 18:46, is marked ## (it ended with an error, or printed more)',
		true,
	],
	[
		{is: 'dnf', transaction: 3, at: '2026-11-22 18:46', marks: ''},
		'dnf: the last transaction, 3 at 2026-11-22 18:46, is without a mark',
		false,
	],
	[{is: 'rpm-database', why: 'error: no'}, 'the rpm database fails: error: no', true],
	[{is: 'rpm-database', why: null}, 'the rpm database can be read', false],
	[{is: 'output', lines: []}, 'it has printed nothing', false],
	[{is: 'unread', what: 'dnf', why: 'x'}, "dnf's history: not known, x", false],
];
for (const [finding, text, isAlarm] of worded) {
	test(`${JSON.stringify(finding)} is said, and known in a journal`, () => {
		assert.deepEqual(findingWords(finding), {text, isAlarm, lines: []});
		const line = {seq: 1, at: '', up: 0, prev: '', host: 'a', type: 'task.examined', task: 't', findings: [finding]};
		assert.ok(isKnownEvent(line as never));
		assert.ok(!isKnownEvent({...line, findings: [{...finding, is: 'other'}]} as never));
	});
}
