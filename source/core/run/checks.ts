// What checks say, and when they may.
import type {Command} from '../runbook/model.ts';
import {type Item, isWalked, type Step} from '../runbook/outline.ts';
import {blockState, type HostState, type RunState, type TaskState} from './state.ts';
import {applicable, itemsAfter} from './walk.ts';

/** The checks that follow a command, up to the next command. */
export const checksAfter = (state: RunState, host: HostState, item: Item): Item[] =>
	itemsAfter(state, host, item, 'check').filter(each => applicable(state, host, each).is === 'yes');

/** A check runs by itself when every command before it in its step has succeeded (or is not for this host). */
export function isCheckDue(host: HostState, item: Item, step: Step): boolean {
	const before = step.items.slice(0, step.items.indexOf(item));
	return before.every(each => {
		const status = blockState(host, each.id).status;
		const isCommand = each.variants.some(block => block.kind === 'command' && isWalked(block));
		return !isCommand || status === 'done' || status === 'not-applicable';
	});
}

/** Whether checks may tell how a change ended of which nobody knows: not while it may still be at work. */
export const canBeChecked = ({phase, report}: TaskState): boolean =>
	phase === 'unknown' && report?.is !== 'cannot-tell' && !(report?.is === 'lost' && report.alive);

/** Exit codes of a shell that could not run a command: nothing was checked. */
export const couldNotRun = (exit: number | undefined): boolean => exit === 126 || exit === 127;

/** Whether a command that failed is tried again by itself: where it only reads, as often as `retries` says. */
export function isRepeated(host: HostState, item: Item, command: Command): boolean {
	const tasks = blockState(host, item.id).attempts.map(id => host.tasks[id]!);
	const last = tasks.at(-1);
	if (command.risk !== 'reads' || last?.risk !== 'reads' || last.cancel?.cause === 'cancelled') return false;
	// Attempts since a person last started it: only these count.
	const started = tasks.findLastIndex(task => task.delay === 0);
	return tasks.length - started <= command.retries;
}
