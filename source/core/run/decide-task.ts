import type {Command} from '../runbook/model.ts';
import {indexOf} from '../runbook/outline.ts';
import {canBeChecked, checksAfter, couldNotRun, isRepeated} from './checks.ts';
import type {Decided} from './decided.ts';
import type {BlockEnd, NewEvent, Seen} from './events.ts';
import type {Cause, TaskReport} from './host.ts';
import {awaitsBoot} from './reboot.ts';
import {blockState, type HostState, named, type RunState, type TaskState, unsettledTask} from './state.ts';
import type {Observation} from './told.ts';
import {blockFor, undoOf} from './walk.ts';

type TaskTold = Extract<Observation, {type: 'task'}>;

/** What a host's word on a task means for its block. */
export function endedTask(state: RunState, host: HostState, told: TaskTold): Decided {
	const task = named(host.tasks, told.task);
	if (!task || task.phase === 'ended' || task.phase === 'reaped' || awaitsBoot(host, task)) return {events: []};
	const {is} = told.report;
	if (is === 'none' && task.phase === 'planned') return {events: []};
	if (task.phase === 'unknown') return task.looking ? lookedAgain(host, task, told) : {events: []};
	if (is === 'running') return task.phase === 'planned' ? {events: [reported(host, told)]} : {events: []};
	const {values = {}, dropped = [], withheld} = told;
	const events = [reported(host, told)];
	if (Object.keys(values).length > 0 || dropped.length > 0) {
		events.push({
			host: host.name,
			type: 'values.captured',
			task: task.task,
			values,
			dropped,
			...(withheld && {withheld}),
		});
	}
	if (isGoingDown(state, host, task, told)) {
		return {events: [...events, ...(host.reboot?.phase || !host.link ? [] : goingDown(host, task))]};
	}
	return {events: [...events, ...endBlock(state, host, task, told)]};
}

/**
 * A command that reboots has done so, as far as it can say: it succeeded, was ended by the host as it went down, or nobody
 * knows. Once the host has rebooted, its exit status means nothing any more.
 */
function isGoingDown(state: RunState, host: HostState, task: TaskState, {report, seen}: TaskTold): boolean {
	if (host.reboot?.task !== task.task || task.cancel || report.is === 'not-started') return false;
	if (report.is !== 'ended' || host.reboot.phase === 'new-boot' || report.exit > 128) return true;
	return failureOf(commandOf(state, host, task.block), report.exit, seen) === undefined;
}

const goingDown = (host: HostState, {task}: TaskState): NewEvent[] => [
	{host: host.name, type: 'reboot.phase', task, phase: 'going-down'},
];

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
	return [end, ...consequences(state, host, task, command, ended)];
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
function consequences(state: RunState, host: HostState, task: TaskState, command: Command, ended: Verdict): NewEvent[] {
	if (command.role === 'undo') return ended.end === 'done' ? undoneBy(state, host, task.block) : [];
	const unknown = unsettledTask(host);
	if (command.role !== 'check' || !unknown || !canBeChecked(unknown)) return [];
	if (ended.cause !== 'exit' || couldNotRun(ended.exit)) return [];
	const {items} = indexOf(state.runbook);
	const checks = checksAfter(state, host, items.get(unknown.block)!).map(each => each.id);
	if (!checks.includes(task.block)) return [];
	const isPassed = checks.every(id => id === task.block || blockState(host, id).status === 'done');
	const isOpen = ended.end === 'done' ? !isPassed : isRepeated(host, items.get(task.block)!, command);
	if (isOpen) return [];
	const end = ended.end === 'done' ? 'done' : 'failed';
	return [{host: host.name, type: 'block.ended', block: unknown.block, end, because: 'check'}];
}

/** The command that an undo has undone. */
export function undoneBy(state: RunState, host: HostState, undo: string): NewEvent[] {
	const undone = indexOf(state.runbook)
		.steps.find(step => step.items.some(item => item.id === undo))
		?.items.find(item => undoOf(state, host, item)?.item.id === undo);
	return undone ? [{host: host.name, type: 'block.ended', block: undone.id, end: 'undone', because: 'undo'}] : [];
}

/** What the host knows again is followed as before: its output counts too. */
function lookedAgain(host: HostState, task: TaskState, told: TaskTold): Decided {
	const {report} = told;
	const isKnown = report.is === 'running' || (report.is === 'ended' && !task.cancel);
	return {events: [reported(host, isKnown ? {...told, report: {is: 'running', bytes: report.bytes}} : told)]};
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
