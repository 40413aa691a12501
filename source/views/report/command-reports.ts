import type {Event} from '../../core/run/events.ts';
import type {CommandReport, OutputReport} from '../../core/run/run-report.ts';
import {type Context, commandOf, ofHosts, sectionOf} from './context.ts';
import {elapsed} from './known-events.ts';

/** Lines that are shown of the output of what failed, of a plan, which says what was to be changed, and of all else. */
const shownLines = {failed: 20, plan: 200, other: 5};

type Row = CommandReport & {began: Event};

/** Every attempt of every command, in the order in which they were started. */
export function commandReports(context: Context): CommandReport[] {
	const rows = new Map<string, Row>();
	const latest = new Map<string, Row>();
	const types = ['task.planned', 'task.reported', 'block.ended'] as const;
	for (const event of ofHosts(context, ...types)) {
		const {host} = event;
		if (event.type === 'task.planned') {
			const row = rowOf(context, event, host);
			rows.set(event.task, row);
			latest.set(`${host}\n${event.block}`, row);
		} else if (event.type === 'task.reported') {
			const row = rows.get(event.task);
			if (row?.host === host) report(context, row, event);
		} else {
			const row = latest.get(`${host}\n${event.block}`);
			// What follows an end (a skip, an undo) is the block's; a word on an unknown end is the task's.
			if (row && (event.because === undefined || row.end === 'unknown')) end(row, event);
		}
	}
	return Array.from(rows.values(), ({began, ...row}) => ({...row, output: trimmed(row)}));
}

function rowOf(context: Context, event: Extract<Event, {type: 'task.planned'}>, host: string): Row {
	const {task, block, attempt, risk, edited, at, by} = event;
	const script = edited?.script ?? commandOf(context, host, block)?.script;
	return {
		task,
		host,
		section: sectionOf(context, block),
		block,
		role: commandOf(context, host, block)?.role ?? null,
		attempt,
		risk,
		edited: edited !== undefined,
		command: filesOf(context, task)?.command ?? script ?? null,
		started: at,
		ended: null,
		milliseconds: null,
		end: null,
		exit: null,
		cause: null,
		reason: null,
		by: by ?? null,
		output: outputOf(context, {task, host, block}, undefined),
		began: event,
	};
}

function report(context: Context, row: Row, event: Extract<Event, {type: 'task.reported'}>): void {
	if (event.report.is === 'running') {
		row.began = event;
		row.started = event.at;
		return;
	}
	row.ended = event.at;
	row.milliseconds = elapsed(row.began, event);
	if (event.report.is === 'ended') row.exit = event.report.exit;
	row.output = outputOf(context, row, event.seen);
}

function end(row: Row, event: Extract<Event, {type: 'block.ended'}>): void {
	row.end = event.end;
	row.cause = event.cause ?? row.cause;
	row.reason = event.reason ?? row.reason;
	row.exit = event.exit ?? row.exit;
}

type Seen = Extract<Event, {type: 'task.reported'}>['seen'];

/** What nobody has looked through yet is not exported where the run has secrets. */
function outputOf(
	context: Context,
	{task, host, block}: {task: string; host: string; block: string},
	seen: Seen,
): OutputReport {
	if (seen?.holdsSecret) return {kept: false, why: 'holds a secret'};
	const files = filesOf(context, task);
	if (files?.bytes === undefined) {
		if (seen?.sha256 !== undefined) return {kept: false, why: 'missing'};
		if (seen || commandOf(context, host, block)?.sensitive) return {kept: false, why: 'sensitive'};
	}
	const {bytes = 0, tail = []} = files ?? {};
	if (!seen && bytes > 0 && context.hasSecrets) return {kept: false, why: 'not looked through'};
	return {kept: true, bytes, lines: tail, incomplete: seen?.incomplete ?? null};
}

function trimmed({role, end, output}: CommandReport): OutputReport {
	const isPlan = role === 'plan';
	const count = shownLines[end === 'failed' || end === 'unknown' ? 'failed' : isPlan ? 'plan' : 'other'];
	return output.kept ? {...output, lines: output.lines.slice(-count)} : output;
}

const filesOf = ({material}: Context, task: string) =>
	Object.hasOwn(material.tasks, task) ? material.tasks[task] : undefined;
