import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {Event, NewEvent} from '../../../source/core/run/events.ts';
import type {Material} from '../../../source/core/run/run-report.ts';
import {indexOf} from '../../../source/core/runbook/outline.ts';
import {buildReport} from '../../../source/views/report/build-report.ts';
import {reportMarkdown} from '../../../source/views/report/markdown.ts';
import {aRun} from './a-run.ts';

const report = buildReport(aRun());
const markdown = reportMarkdown(report);
const who = {login: 'words', uid: 1000, sudo: 'words', from: 'words'};

test('The deviations are told in order, each with its reason and the person behind it', () => {
	const told = report.deviations.map(({kind, block, reason, by}) => ({kind, block, reason, by}));
	const of = (kind: string, block: string | null) => ({kind, block, reason: 'words', by: who});
	assert.deepEqual(told, [
		of('skip', 'tell-people/1'),
		of('edit', 'apply/upgrade'),
		of('override', null),
		of('settle', 'apply/upgrade'),
	]);
});

test('A manual item that was skipped is told in its own words', () => {
	assert.match(markdown, /### Deviation 1: skipped `tell-people\/1`\n\n- Item: `[^`]+`\n- Reason: `words`/);
});

test('A reboot is told with its evidence, and that nobody here had asked for it', () => {
	const [{reboots}] = report.hosts as [(typeof report.hosts)[number]];
	assert.deepEqual(
		reboots.map(({task, was, is, failed}) => [task, was.id, is.id, failed]),
		[[null, '1 words', '2 words', ['words']]],
	);
	assert.match(markdown, /^- Rebooted, \*\*and no block asked for it\*\*: .* `failed since the reboot: words`$/m);
});

test('An edit is told by the difference between the command of the document and the one that ran', () => {
	const edit = report.deviations.find(({kind}) => kind === 'edit');
	assert.deepEqual(edit?.difference, [' apt-get update', '-apt-get -y upgrade', '+words']);
});

test('A failure says what became of it', () => {
	const told = report.failures.map(({block, task, end, exit, became}) => [block, task, end, exit, became?.end]);
	assert.deepEqual(told, [
		['apply/upgrade', 't0003', 'failed', 100, 'unknown'],
		['apply/upgrade', 't0004', 'unknown', null, 'done'],
	]);
	assert.deepEqual(report.failures[0]?.entries, ['Troubleshooting > Broken pipe']);
	assert.deepEqual(report.failures[1]?.became?.by, who);
});

test('The steps stand in the order of the document with status, attempts, exit and person', () => {
	const told = report.steps.map(({block, status, attempts, exit, by}) => [block, status, attempts, exit, by?.login]);
	assert.deepEqual(told, [
		['tell-people/1', 'skipped', 0, null, 'words'],
		['which-backup/1', 'done', 0, null, 'words'],
		['files/files', 'done', 1, 0, 'words'],
		['snapshot/snapshot', 'not-applicable', 0, null, 'words'],
		['apply/silence', 'done', 1, 0, 'words'],
		['apply/upgrade', 'done', 2, null, 'words'],
		['apply/healthy', 'done', 1, 0, undefined],
		['apply/token', 'done', 1, 0, 'words'],
		['clean-up/clean', 'todo', 0, null, undefined],
	]);
	assert.equal(report.steps[0]?.text, 'The owner knows');
	assert.equal(report.steps[1]?.text, 'Prepare > Which backup? > Files');
});

test('A command lasts from the word that it runs to the word that it ended', () => {
	const [first] = report.commands;
	assert.equal(first?.started, '2026-11-22T19:21:11.000Z');
	assert.equal(first?.milliseconds, 1000);
});

test('Of a command that failed 20 lines are shown, of others 5 at most', () => {
	const lines = report.commands.map(({task, output}) => [task, output.kept && output.lines.length]);
	assert.deepEqual(lines.slice(0, 3), [
		['t0001', 2],
		['t0002', 2],
		['t0003', 20],
	]);
	const tail = Array.from({length: 20}, (_, number) => String(number));
	const long = buildReport(aRun('words', {tasks: {t0001: {command: 'x', bytes: 50, tail}}})).commands[0]?.output;
	assert.deepEqual(long?.kept && long.lines, ['15', '16', '17', '18', '19']);
	const material = aRun('words', {tasks: {t0001: {command: 'x', bytes: 50, tail}}});
	const runbook = structuredClone(material.runbook!);
	const block = indexOf(runbook).items.get(report.commands[0]!.block)!.variants[0]!;
	if (block.kind === 'command') block.role = 'plan';
	const planned = buildReport({...material, runbook});
	const plan = planned.commands[0]!.output;
	assert.equal(plan.kept && plan.lines.length, 20, 'of a plan more');
	assert.match(reportMarkdown(planned), /\n## Planned\n\nOn `\w+`, by `t0001`:\n\nOutput, [^\n]*\n\n```text\n0\n1\n/);
});

test('Output that is sensitive, missing or holds a secret is not exported, and that is said', () => {
	const why = (task: string, material = aRun()) => {
		const output = buildReport(material).commands.find(command => command.task === task)?.output;
		return output?.kept === false && output.why;
	};
	assert.equal(why('t0005'), 'holds a secret');
	assert.equal(why('t0006'), 'sensitive');
	assert.equal(why('t0006', aRun('words', {runbook: undefined})), 'sensitive');
	assert.equal(why('t0002', aRun('words', {tasks: {}})), 'missing');
	assert.match(markdown, /Output: holds a secret, not exported\./);
	assert.match(markdown, /Output: not kept\./);
});

test('What was not looked through is not exported where the run has a secret, and is where it has none', () => {
	const planned = {type: 'task.planned', task: 't0001', block: 'apply/silence', attempt: 1, risk: 'changes', delay: 0};
	const news = [{host: 'web1', ...planned} as NewEvent];
	const given: NewEvent = {host: 'web1', type: 'input.given', name: 'PASSWORD'};
	const lines = {kept: true, bytes: 99, lines: ['words', 'words'], incomplete: null};
	assert.deepEqual(reportOf(news, 2).commands[0]?.output, lines);
	assert.deepEqual(reportOf([given, ...news], 2).commands[0]?.output, {kept: false, why: 'not looked through'});
});

test('A command that was never started has no output', () => {
	const planned = {type: 'task.planned', task: 't9', block: 'apply/silence', attempt: 1, risk: 'changes', delay: 0};
	const report = {is: 'not-started', why: 'no space'} as const;
	const news = [
		{host: 'web1', ...planned} as NewEvent,
		{host: 'web1', type: 'task.reported', task: 't9', report} as const,
	];
	assert.deepEqual(reportOf(news).commands[0]?.output, {kept: true, bytes: 0, lines: [], incomplete: null});
});

test('What a command captured whose output holds a secret is not exported either', () => {
	const material = aRun('hunter2');
	const reported = material.events.find(
		event => event.type === 'task.reported' && event.task === 't0001' && event.seen,
	);
	if (reported?.type === 'task.reported') reported.seen!.holdsSecret = true;
	const {values} = buildReport(material);
	assert.deepEqual(
		values.map(({name, value}) => [name, value]),
		[['BACKUP', null]],
	);
});

test('Of a secret input there is the name only', () => {
	const [, secret] = report.inputs;
	assert.deepEqual([secret?.name, secret?.value, secret?.secret], ['PASSWORD', null, true]);
	assert.match(markdown, /`PASSWORD`\s+\| secret, not recorded/);
});

test('A reboot, a lost connection, a resume and why it was left are told', () => {
	const [host] = report.hosts;
	assert.deepEqual(
		host?.changes.map(({what, from, to}) => [what, from, to]),
		[['boot', '1 words', '2 words']],
	);
	assert.equal(host?.lost.length, 1);
	assert.deepEqual(
		report.sessions.map(({left}) => left?.why),
		['words', undefined],
	);
});

test('Guards, probes and the health against the baseline are told', () => {
	const guards = report.guards.map(({guard, holds, overridden, block}) => [guard, holds, overridden, block]);
	assert.deepEqual(guards, [
		['rollback', true, null, 'apply/upgrade'],
		['mem', false, 'words', 'apply/upgrade'],
	]);
	assert.deepEqual(
		report.probes.map(({option, role, answer}) => [option, role, answer]),
		[['Rollback > Downgrade', 'ready', 'yes']],
	);
	assert.deepEqual(
		report.health[0]?.differences.map(({gauge, change, worse}) => [gauge, change, worse]),
		[['mem', 56, true]],
	);
	assert.deepEqual(report.health[0]?.raised, ['mem']);
});

test('A guard that refused a request is told as refusing, its last word once', () => {
	const request = {id: 1, block: 'apply/upgrade'};
	const word = {guard: 'window', holds: false, evidence: 'closed'};
	const {guards} = reportOf([
		{host: 'web1', type: 'request.made', request},
		{host: 'web1', type: 'judged', ...word},
		{host: 'web1', type: 'judged', ...word},
		{host: 'web1', type: 'request.refused', request, guards: [word]},
	]);
	assert.deepEqual(
		guards.map(({guard, refused}) => [guard, refused]),
		[['window', true]],
	);
});

test('What is still owed is told', () => {
	assert.deepEqual(
		report.open.map(({what, block}) => [what, block]),
		[['obligation', 'apply/silence']],
	);
	const planned = {type: 'task.planned', task: 't0001', block: 'clean-up/clean', attempt: 1, risk: 'changes', delay: 0};
	const running = reportOf([{host: 'web1', ...planned} as NewEvent]);
	assert.deepEqual(
		running.open.map(({what, block}) => [what, block]),
		[['running', 'clean-up/clean']],
	);
	const kept = reportOf([
		{host: 'web1', type: 'lock.taken', since: 'now'},
		{host: null, type: 'run.ended', end: 'aborted'},
	]);
	assert.deepEqual(
		kept.open.map(({what}) => what),
		['lock'],
	);
});

test('Without the runbook the events alone are told', () => {
	const {steps, deviations, commands} = buildReport(aRun('words', {runbook: undefined, problems: ['It is gone.']}));
	assert.equal(steps.length, 8);
	assert.equal(deviations[1]?.difference?.at(-1), '+words');
	assert.equal(commands[2]?.command, 'apt-get update\nwords');
});

const loud: [string, Partial<Material>, RegExp][] = [
	[
		'a changed line',
		{
			verdict: {
				...aRun().verdict,
				isUnchanged: false,
				changes: [{file: '/runs/a-run/journal.jsonl', line: 9, what: 'it is no event'}],
			},
		},
		/^# .*\n\n> \*\*DAMAGED RECORD[^\n]*\n>\n> `The record was changed: journal\.jsonl, line 9: it is no event\.`/,
	],
	[
		'a newer journal',
		{isNewer: true},
		/^# .*\n\n> \*\*The record is not whole\.\*\*\n>\n> `The journal was written by a newer Handrail/,
	],
	[
		'a torn line',
		{verdict: {...aRun().verdict, torn: 7}},
		/^# .*\n\n> [^\n]*\n>\n> `The last line of the journal is torn \(7 bytes\)/,
	],
	['a lost runbook', {runbook: undefined, problems: ['It is gone.']}, /^# .*\n\n> [^\n]*\n>\n> `It is gone\.`/],
];
for (const [what, more, pattern] of loud) {
	test(`Right under the title the report warns of ${what}`, () => {
		assert.match(reportMarkdown(buildReport(aRun('words', more))), pattern);
	});
}

test('Events that are not known to this version are left out, saying so', () => {
	const strange = [
		{host: 'web1', type: 'task.teleported', task: 't9'},
		{host: 'web1', type: 'probed', block: 5, answer: {}, evidence: []},
	] as unknown as NewEvent[];
	const {problems, probes} = reportOf(strange);
	assert.deepEqual(probes, []);
	assert.match(problems.join(), /not understood and left out: 2 \(task\.teleported, probed\)/);
});

test('A practice run says so, and that it is evidence for nothing', () => {
	const material = aRun();
	const practice = JSON.parse(JSON.stringify(material).replaceAll('"web1"', '"practice"'));
	assert.equal(buildReport({...practice, runbook: material.runbook}).practice, true);
	assert.match(reportMarkdown(buildReport({...practice, runbook: material.runbook})), /^# .*\n\n> \*\*PRACTICE/);
	assert.equal(report.practice, false);
});

test('The report says the head and the line that verifies it', () => {
	const {head} = report.chain;
	assert.match(head, /^[0-9a-f]{64}$/);
	assert.ok(markdown.endsWith(`\`\`\`sh\nhandrail verify a-run --head ${head}\n\`\`\`\n`));
});

test('Every fact of the header is there for the eye', () => {
	for (const line of [
		'- Result: **OPEN**, 4 deviations, 2 failures',
		'- Ticket: `words`',
		'- Who: `words` (uid 1000), behind sudo `words`, from `words`',
		'- From: 2026-11-22 19:21:00 UTC',
		'- To: not ended (46s to its last event)',
	])
		assert.ok(markdown.includes(`${line}\n`), line);
});

test('A journal of which any field is another thing than expected is reported without an error', () => {
	const values = fc.constantFrom<unknown>(
		null,
		7,
		'x',
		'',
		[],
		{},
		[null],
		{is: 'x'},
		true,
		'__proto__',
		'constructor',
	);
	fc.assert(
		fc.property(fc.nat(), fc.array(fc.nat(), {minLength: 1, maxLength: 4}), values, (number, path, value) => {
			const material = aRun();
			const events = structuredClone(material.events);
			const at = 1 + (number % (events.length - 1));
			replaceIn(events[at] as object, path, value);
			if (!isReadable(events[at]!)) return;
			assert.match(reportMarkdown(buildReport({...material, events})), /^# Run report/);
		}),
		{numRuns: 1000},
	);
});

/** What a reader of journals lets through as an event. */
const isReadable = ({type, at, up, host}: Event): boolean =>
	typeof type === 'string' &&
	typeof at === 'string' &&
	typeof up === 'number' &&
	(host === null || typeof host === 'string');

/** Follows a path of indexes into the fields of a value, as far as there are any, and replaces what is there. */
function replaceIn(target: object, [step = 0, ...path]: number[], value: unknown): void {
	const keys = Object.keys(target);
	const key = keys[step % Math.max(1, keys.length)];
	if (key === undefined) return;
	const inner = (target as Record<string, unknown>)[key];
	if (path.length > 0 && typeof inner === 'object' && inner !== null) replaceIn(inner, path, value);
	else (target as Record<string, unknown>)[key] = value;
}

/** The report of a run that begins with the first events of `aRun` and goes on with these. */
function reportOf(news: NewEvent[], first = 4) {
	const {events, ...rest} = aRun();
	const more = news.map((event, index) => ({
		...event,
		seq: first + 1 + index,
		at: events[4]!.at,
		up: 5000 + index,
		prev: '',
	}));
	return buildReport({...rest, events: [...events.slice(0, first), ...more] as typeof events});
}
