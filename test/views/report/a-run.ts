import type {Reading} from '../../../source/core/gauges/gauge.ts';
import type {NewEvent, Person} from '../../../source/core/run/events.ts';
import type {Boot} from '../../../source/core/run/reboot.ts';
import type {Material} from '../../../source/core/run/run-report.ts';
import {materialOf} from '../../helpers/a-journal.ts';

export const runbook = `# Patch

## Prepare

### Tell people

- [ ] The owner knows

### Which backup?

- [Files](#files)
- [Snapshot](#snapshot)

#### Files

\`\`\`sh { name=files capture=BACKUP }
tar -czf /backup/etc.tgz /etc
\`\`\`

#### Snapshot

\`\`\`sh { name=snapshot }
lvcreate -s
\`\`\`

## Apply
<!-- handrail require="rollback mem<90" -->

\`\`\`sh { name=silence undo=at-end }
silence on
\`\`\`

\`\`\`sh { undo name=unsilence }
silence off
\`\`\`

\`\`\`sh { name=upgrade rollback=downgrade }
apt-get update
apt-get -y upgrade
\`\`\`

\`\`\`sh { check name=healthy }
systemctl is-system-running
\`\`\`

\`\`\`sh { name=token sensitive }
print-token
\`\`\`

## Clean up

\`\`\`sh { name=clean }
apt-get clean
\`\`\`

## Rollback

### Downgrade

\`\`\`sh { ready }
true
\`\`\`

\`\`\`sh { name=back }
apt-get install old
\`\`\`

## Troubleshooting

### Broken pipe

\`\`\`text { symptom }
broken pipe
\`\`\`
`;

/** A run in which everything happens that a report tells of; `text` stands wherever a host or a person says something. */
const bootWith = (id: string): Boot => ({id, kernel: id, failed: [], state: 'running'});

export function aRun(text = 'words', more: Partial<Material> = {}): Material {
	const by: Person = {login: text, uid: 1000, sudo: text, from: text};
	const on = (event: Record<string, unknown>): NewEvent => ({host: 'web1', ...event}) as NewEvent;
	const identity = {machineId: text, hostKey: text, ownName: text};
	const planned = (task: string, block: string, risk: string, fields = {}) =>
		on({type: 'task.planned', task, block, attempt: 1, risk, delay: 0, ...fields});
	const reported = (task: string, exit: number, seen = {}) =>
		on({type: 'task.reported', task, report: {is: 'ended', exit, bytes: 9}, seen: {sha256: 'x', ...seen}});
	const ended = (block: string, fields: Record<string, unknown>) => on({type: 'block.ended', block, ...fields});
	const reading = (value: number, state: Reading['state']): Reading => ({value, unit: text, state, why: text});
	const unread = {unit: text, state: 'unknown', why: text};
	const edited = {script: `apt-get update\n${text}`, reason: text};
	const news: NewEvent[] = [
		{
			host: null,
			by,
			type: 'run.started',
			journal: 1,
			handrail: text,
			run: 'a-run',
			runbook: {title: text, file: text, sha256: text, form: 'markdown', bundled: false},
			hosts: ['web1'],
			trusted: true,
		},
		{host: null, by, type: 'input.given', name: 'TICKET', value: text},
		on({type: 'input.given', name: 'PASSWORD', by}),
		on({type: 'host.met', identity, bootId: `1 ${text}`, facts: {os: text, env: text}}),
		on({type: 'fact.given', key: 'SITE', value: text, by}),
		ended('tell-people/1', {end: 'skipped', because: 'person', reason: text, by}),
		on({type: 'deviation', about: {kind: 'skip', block: 'tell-people/1'}, reason: text, by}),
		on({type: 'chosen', block: 'which-backup/1', section: 'files', by}),
		ended('snapshot/snapshot', {end: 'not-applicable', because: 'choice', by}),
		on({type: 'walked', to: 'files', how: 'next'}),
		planned('t0001', 'files/files', 'changes', {by}),
		on({type: 'task.reported', task: 't0001', report: {is: 'running', bytes: 0}}),
		reported('t0001', 0),
		on({type: 'values.captured', task: 't0001', values: {BACKUP: text}, dropped: ['PATH']}),
		ended('files/files', {end: 'done', cause: 'exit', exit: 0}),
		on({type: 'sampled', moment: 'baseline', readings: {mem: reading(40, 'ok'), cpu: reading(3, 'ok'), units: unread}}),
		planned('t0002', 'apply/silence', 'changes', {by}),
		reported('t0002', 0),
		ended('apply/silence', {end: 'done', cause: 'exit', exit: 0}),
		{host: null, by, type: 'override.given', guard: 'mem', reason: text},
		on({type: 'deviation', about: {kind: 'edit', block: 'apply/upgrade'}, reason: text, by}),
		on({type: 'request.made', request: {id: 1, block: 'apply/upgrade', edited}, by}),
		on({type: 'probed', block: 'downgrade/1', answer: 'yes', evidence: text}),
		on({type: 'judged', guard: 'rollback', holds: true, evidence: text}),
		on({type: 'judged', guard: 'mem', holds: false, evidence: text, overridden: text}),
		on({type: 'deviation', about: {kind: 'override', guard: 'mem', evidence: text}, reason: text}),
		planned('t0003', 'apply/upgrade', 'changes', {edited}),
		on({type: 'link.lost', why: text}),
		{host: null, type: 'run.left', why: text},
		{host: null, by, type: 'run.resumed', handrail: text, pid: 7},
		on({type: 'host.met', identity, bootId: `2 ${text}`, facts: {os: text, env: text}}),
		on({type: 'rebooted', was: bootWith(`1 ${text}`), is: {...bootWith(`2 ${text}`), failed: [text]}, failed: [text]}),
		reported('t0003', 100, {failure: text, entries: ['broken-pipe'], incomplete: text}),
		ended('apply/upgrade', {end: 'failed', cause: 'exit', exit: 100, reason: text}),
		{host: 'web1', by, type: 'note', text},
		planned('t0004', 'apply/upgrade', 'changes', {attempt: 2, by}),
		on({type: 'task.reported', task: 't0004', report: {is: 'lost', rebooted: false, alive: false}}),
		ended('apply/upgrade', {end: 'unknown', cause: 'killed'}),
		ended('apply/upgrade', {end: 'done', because: 'person', reason: text, by}),
		on({type: 'deviation', about: {kind: 'settle', block: 'apply/upgrade'}, reason: text, by}),
		planned('t0005', 'apply/healthy', 'reads'),
		reported('t0005', 0, {holdsSecret: true}),
		ended('apply/healthy', {end: 'done', cause: 'exit', exit: 0}),
		planned('t0006', 'apply/token', 'changes', {by}),
		on({type: 'task.reported', task: 't0006', report: {is: 'ended', exit: 0, bytes: 9}, seen: {}}),
		ended('apply/token', {end: 'done', cause: 'exit', exit: 0}),
		on({
			type: 'sampled',
			moment: 'final',
			readings: {mem: reading(96, 'critical'), cpu: reading(3, 'ok'), units: unread},
		}),
	];
	const output = {command: undefined, bytes: 99, tail: [text, text]};
	const tasks = {
		t0001: {...output, command: `tar\n${text}`},
		t0002: output,
		t0003: {...output, command: edited.script, tail: Array.from({length: 20}, () => text)},
		t0004: output,
		t0005: output,
		t0006: {...output, command: 'print-token', bytes: undefined, tail: []},
	};
	return materialOf(news, runbook, {tasks, ...more});
}
