import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {main} from '../../source/commands/main.ts';
import type {NewEvent} from '../../source/core/run/events.ts';
import type {RunReport} from '../../source/core/run/run-report.ts';
import {chained} from '../helpers/a-journal.ts';
import {fakeIo} from '../helpers/fake-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'handrail-report-'));
after(() => rmSync(folder, {recursive: true, force: true}));

writeFileSync(
	join(folder, 'patch.md'),
	`---
handrail: 1
title: Patch a web server
inputs:
  TICKET: { prompt: Change ticket }
---
# Patch a web server
## Prepare
- [ ] The owner knows
\`\`\`sh { name=plan risk=reads capture=PLAN }
echo 'plan of the day'
\`\`\`
## Apply
\`\`\`sh { name=apply }
printf '# Approved\\n| forged | row |\\n\`\`\`\\n'
echo "with $PLAN"
\`\`\`
\`\`\`sh { check name=healthy }
true
\`\`\`
\`\`\`sh { name=quiet sensitive }
echo not-for-the-ticket
\`\`\`
\`\`\`sh { name=boom }
seq 1 30; exit 7
\`\`\`
`,
);

const env = {...process.env, HANDRAIL_STATE_DIR: join(folder, 'state'), HANDRAIL_LOCK: join(folder, 'lock')};
const ran = spawnSync(
	process.execPath,
	[
		'source/cli.ts',
		...['run', join(folder, 'patch.md'), '-H', 'local', '--plain', '--yes', '--trust'],
		...['--var', 'TICKET=CHG01234', '--skip-manual', 'nobody is there'],
	],
	{env, encoding: 'utf8', timeout: 60_000},
);
const run = /^record .*\/runs\/(\S+)$/m.exec(ran.stdout)?.[1] ?? '';

async function told(words: string[], state = env.HANDRAIL_STATE_DIR) {
	const io = fakeIo({env: {...env, HANDRAIL_STATE_DIR: state}});
	const code = await main(words, io);
	return {code, out: io.out(), err: io.err()};
}

/** The state folder once more, changed by `change` in the run's folder. */
function changed(change: (folder: string) => void): string {
	const state = mkdtempSync(join(folder, 'changed-'));
	cpSync(env.HANDRAIL_STATE_DIR, state, {recursive: true});
	change(join(state, 'runs', run));
	return state;
}

test('The report of a real run tells what was done, left out and broken', async () => {
	assert.equal(ran.status, 1, ran.stderr);
	const {code, out} = await told(['report', run, '--format', 'json']);
	const report: RunReport = JSON.parse(out);
	assert.equal(code, 0);
	assert.deepEqual([report.title, report.ticket, report.end], ['Patch a web server', 'CHG01234', null]);
	assert.deepEqual(
		report.deviations.map(({kind, reason}) => [kind, reason]),
		[['skip', 'nobody is there']],
	);
	assert.deepEqual(
		report.steps.map(({block, status}) => [block, status]),
		[
			['prepare/1', 'skipped'],
			['prepare/plan', 'done'],
			['apply/apply', 'done'],
			['apply/healthy', 'done'],
			['apply/quiet', 'done'],
			['apply/boom', 'failed'],
		],
	);
	assert.deepEqual(
		report.failures.map(({block, exit, became}) => [block, exit, became]),
		[['apply/boom', 7, null]],
	);
	assert.deepEqual(
		report.values.map(({name, value}) => [name, value]),
		[['PLAN', 'plan of the day']],
	);
	const outputs = report.commands.map(({output}) => (output.kept ? output.lines : output.why));
	assert.deepEqual(outputs, [
		[],
		['# Approved', '| forged | row |', '```', 'with plan of the day'],
		[],
		'sensitive',
		Array.from({length: 20}, (_, number) => String(number + 11)),
	]);
	assert.equal(report.chain.verified, true);
});

test('The line that the report gives verifies it', async () => {
	const {out} = await told(['report', run]);
	const [, line] = /\n```sh\nhandrail (verify .*)\n```\n$/.exec(out) ?? [];
	assert.equal((await told(line!.split(' '))).code, 0);
});

test('The Markdown of a real run has the commands and outputs, and no word of what is sensitive', async () => {
	const {out} = await told(['report', run]);
	assert.match(out, /^# Run report: `Patch a web server`\n\n> \*\*OPEN/);
	assert.match(out, /\n````text\n# Approved\n\| forged \| row \|\n```\nwith plan of the day\n````\n/);
	assert.ok(!out.replaceAll('echo not-for-the-ticket', '').includes('not-for-the-ticket'));
});

test('A unique beginning of the id is enough; an unknown one is wrong usage', async () => {
	assert.equal((await told(['report', run.slice(0, 4)])).code, 0);
	assert.equal((await told(['report', 'x'])).code, 2);
	assert.equal((await told(['report'])).code, 2);
	assert.equal((await told(['report', run, '--format', 'html'])).code, 2);
});

const damages: [string, (folder: string) => void, RegExp][] = [
	[
		'a changed event',
		at => {
			const journal = join(at, 'journal.jsonl');
			writeFileSync(journal, readFileSync(journal, 'utf8').replace('nobody is there', 'everybody knew it'));
		},
		/DAMAGED RECORD.*\n>\n> `The record was changed: journal\.jsonl, line \d+: .*\n>\n> `Only the \d+ events before/,
	],
	[
		'changed output',
		at => writeFileSync(join(at, 'tasks', 't0002', 'output'), 'all went well\n'),
		/DAMAGED RECORD.*\n>\n> `The record was changed: tasks\/t0002\/output: its SHA-256/,
	],
	[
		'a changed command',
		at => writeFileSync(join(at, 'tasks', 't0002', 'command'), 'true'),
		/The recorded command of t0002 was changed/,
	],
	['a lost runbook', at => rmSync(join(at, 'runbook.md')), /The copy of the runbook cannot be read: it is gone/],
	['lost tasks', at => rmSync(join(at, 'tasks'), {recursive: true}), /tasks\/t0001\/output: it is missing/],
	[
		'a torn line',
		at => appendFileSync(join(at, 'journal.jsonl'), '{"seq":'),
		/last line of the journal is torn \(7 bytes\)/,
	],
];
for (const [what, change, pattern] of damages) {
	test(`With ${what} the rest is reported, and right under the title it is said`, async () => {
		const {code, out, err} = await told(['report', run], changed(change));
		assert.deepEqual([code, err], [0, '']);
		const [, top = ''] = /^# .*\n\n((?:>.*\n)+)\n- Result/.exec(out) ?? [];
		assert.match(top, pattern);
	});
}

test('A journal of a newer Handrail is reported, saying so', async () => {
	const state = changed(at => {
		const journal = join(at, 'journal.jsonl');
		const events = readFileSync(journal, 'utf8')
			.trim()
			.split('\n')
			.map(line => JSON.parse(line));
		const newer = events.map(({seq, at, up, prev, ...event}) => (event.journal ? {...event, journal: 2} : event));
		const strange = {host: null, type: 'run.blessed'} as unknown as NewEvent;
		writeFileSync(journal, chained([...newer, strange]).lines);
	});
	const {code, out} = await told(['report', run], state);
	assert.equal(code, 0);
	assert.match(out, /written by a newer Handrail/);
	assert.match(out, /not understood and left out: 1 \(run\.blessed\)/);
	assert.match(out, /apply\/boom/);
});

test('Of a journal without a first event there is no report, but a clear line', async () => {
	const {code, err} = await told(
		['report', run],
		changed(at => writeFileSync(join(at, 'journal.jsonl'), 'x\n')),
	);
	assert.equal(code, 1);
	assert.match(err, /^handrail: The run .* has no beginning in its journal: .*\n {2}Put back an unchanged copy/);
});
