import type {Command} from '../runbook/model.ts';
import {indexOf} from '../runbook/outline.ts';
import type {Decided} from './decided.ts';
import type {BlockEnd, NewEvent, Seen} from './events.ts';
import type {Cause, TaskReport} from './host.ts';
import {blockState, type HostState, type RunState, type TaskState, unsettledTask} from './state.ts';
import type {Observation} from './told.ts';
import {blockFor, checksAfter, undoOf} from './walk.ts';

type TaskTold = Extract<Observation, {type: 'task'}>;

/** What a host's word on a task means for its block. */
export function endedTask(state: RunState, host: HostState, told: TaskTold): Decided {
	const task = host.tasks[told.task];
	if (!task || task.phase === 'ended' || task.phase === 'reaped') return {events: []};
	const {is} = told.report;
	if (is === 'none' && task.phase === 'planned') return {events: []};
	if (is === 'running') return task.phase === 'planned' ? {events: [reported(host, told)]} : {events: []};
	if (task.phase === 'unknown') return lookedAgain(state, host, task, told);
	const {values = {}, dropped = []} = told;
	const events = [reported(host, told)];
	if (Object.keys(values).length > 0 || dropped.length > 0) {
		events.push({host: host.name, type: 'values.captured', task: task.task, values, dropped});
	}
	return {events: [...events, ...endBlock(state, host, task, told)]};
}

/** The reason a command failed for, where its exit code alone does not say; undefined where it succeeded. */
export function failureOf(command: Command, exit: number, seen: Seen | undefined): string | undefined {
	if (seen?.failure !== undefined) return `the output has: ${seen.failure}`;
	if (seen?.matched === false) return `the output has nothing that matches ${command.match}`;
	const codes = command.role === 'check' ? [...command.expect, ...command.warn] : command.expect;
	return codes.includes(exit) ? undefined : '';
}

function endBlock(state: RunState, host: HostState, task: TaskState, told: TaskTold): NewEvent[] {
	const command = commandOf(state, host, task.block);
	const ended = verdict(command, task, told);
	const end: NewEvent = {host: host.name, type: 'block.ended', block: task.block, ...ended};
	return [end, ...consequences(state, host, task, command, ended.end)];
}

type Verdict = {end: BlockEnd; cause?: Cause; exit?: number; reason?: string};

function verdict(command: Command, task: TaskState, {report, seen}: TaskTold): Verdict {
	const reads = task.risk === 'reads';
	if (report.is === 'ended') {
		const {exit} = report;
		if (task.cancel) return {end: reads ? 'failed' : 'unknown', cause: task.cancel.cause, exit};
		const reason = failureOf(command, exit, seen);
		if (reason === undefined) return {end: 'done', cause: 'exit', exit};
		return {end: 'failed', cause: 'exit', exit, ...(reason && {reason})};
	}
	if (report.is === 'not-started') return {end: 'failed', reason: report.why};
	return {end: reads ? 'failed' : 'unknown', cause: causeOf(task, report)};
}

const causeOf = (task: TaskState, report: TaskReport): Cause =>
	task.cancel?.cause ?? (report.is === 'lost' ? (report.rebooted ? 'rebooted' : 'killed') : 'disconnected');

/** An undo that is done undoes its command; a check speaks for the command before it that nobody knows of. */
function consequences(state: RunState, host: HostState, task: TaskState, command: Command, end: BlockEnd): NewEvent[] {
	if (command.role === 'undo' && end === 'done') {
		const undone = indexOf(state.runbook)
			.steps.find(step => step.items.some(item => item.id === task.block))!
			.items.find(item => undoOf(state, host, item)?.item.id === task.block);
		return undone ? [{host: host.name, type: 'block.ended', block: undone.id, end: 'undone', because: 'undo'}] : [];
	}
	const unknown = unsettledTask(host);
	if (command.role !== 'check' || !unknown || unknown.phase !== 'unknown' || end === 'unknown') return [];
	const item = indexOf(state.runbook).items.get(unknown.block)!;
	const checks = checksAfter(state, host, item).map(each => each.id);
	if (!checks.includes(task.block)) return [];
	const isPassed = checks.every(id => id === task.block || blockState(host, id).status === 'done');
	if (end === 'done' && !isPassed) return [];
	return [
		{host: host.name, type: 'block.ended', block: unknown.block, end: end as 'done' | 'failed', because: 'check'},
	];
}

/** An unknown task was looked at again: now the host may know, or say that its processes are gone. */
function lookedAgain(state: RunState, host: HostState, task: TaskState, told: TaskTold): Decided {
	if (!task.looking) return {events: []};
	if (told.report.is !== 'ended' || task.cancel) return {events: [reported(host, told)]};
	return {events: [reported(host, told), ...endBlock(state, host, task, told)]};
}

function reported(host: HostState, {task, report, seen}: TaskTold): NewEvent {
	return {host: host.name, type: 'task.reported', task, report, ...(seen && {seen})};
}

function commandOf(state: RunState, host: HostState, block: string): Command {
	const found = blockFor(state, host, block)?.block;
	const first = indexOf(state.runbook)
		.items.get(block)!
		.variants.find(each => each.kind === 'command');
	return found?.kind === 'command' ? found : (first as Command);
}
