import type {Command} from '../runbook/model.ts';
import type {Item} from '../runbook/outline.ts';
import {type Decided, needsReason, refuse} from './decided.ts';
import {openEarlier} from './earlier.ts';
import type {Edited} from './events.ts';
import {isExempt} from './guards.ts';
import {isConfirmed, missingInputs, neededConfirmation} from './needs.ts';
import {planTask} from './onward.ts';
import {canRun} from './reboot.ts';
import {blockState, type HostState, type RunState, runningTask, unsettledTask} from './state.ts';
import type {Confirmation, Intent} from './told.ts';
import {blockFor, here, stepOf, undoOf} from './walk.ts';

type Of<T extends Intent['type']> = Extract<Intent, {type: T}>;

/** Starts a command of the step walked: at once where it reads, as a request to the guards where it changes. */
export function runBlock(state: RunState, host: HostState, intent: Of<'run'>): Decided {
	const found = blockFor(state, host, intent.block);
	if (found?.block.kind !== 'command' || !isHere(state, host, found.item)) {
		return refuse({code: 'not-here', block: intent.block});
	}
	const {placeholders} = found.block;
	if (placeholders.length > 0 && !intent.edited) return refuse({code: 'needs-edit', placeholders});
	if (intent.edited) {
		const lacking = needsReason(intent.edited.reason);
		if (lacking) return lacking;
		if (intent.edited.script.trim() === '') return refuse({code: 'bad-value', name: intent.block});
	}
	return start(state, host, found.item, found.block, intent.confirmed, intent.edited);
}

/** Starts the undo of a command that has run. */
export function undoBlock(state: RunState, host: HostState, {block, confirmed}: Of<'undo'>): Decided {
	const found = blockFor(state, host, block);
	const undo = found && undoOf(state, host, found.item);
	if (!undo || blockState(host, block).attempts.length === 0) return refuse({code: 'no-undo', block});
	return start(state, host, undo.item, undo.block, confirmed, undefined);
}

function start(
	state: RunState,
	host: HostState,
	item: Item,
	command: Command,
	confirmed: Confirmation,
	edited: Edited | undefined,
): Decided {
	if (!canRun(host, command)) return refuse(host.isGivenUp ? {code: 'no-link', host: host.name} : {code: 'not-now'});
	if (host.renamed || !state.trusted || host.request) return refuse({code: 'not-now'});
	const running = runningTask(host);
	if (running) return refuse({code: 'still-running', task: running.task});
	const needed = neededConfirmation(command, edited !== undefined);
	if (!isConfirmed(confirmed, needed)) return refuse({code: 'needs-confirmation', confirmation: needed});
	const missing = missingInputs(state, host, command, edited?.script ?? command.script)[0];
	if (missing !== undefined) return refuse({code: 'bad-value', name: missing});
	if (command.reboots && host.name === 'local') return refuse({code: 'reboots-here'});
	const risk = edited && command.risk === 'reads' ? 'changes' : command.risk;
	if (risk === 'reads') return {events: [planTask(state, host, item, command, {})]};
	const unsettled = unsettledTask(host);
	if (unsettled) return refuse({code: 'not-settled', task: unsettled.task, block: unsettled.block});
	const earlier = openEarlier(state, host).map(({task}) => task);
	if (command.risk !== 'reads' && earlier.length > 0) return refuse({code: 'earlier-tasks', tasks: earlier});
	// No guard can be asked of a host that is away; a way back is not held up by any.
	if (!host.link) return startAway(state, host, item, command, edited);
	const request = {id: host.requests + 1, block: item.id, ...(edited && {edited})};
	return {events: [{host: host.name, type: 'request.made', request}]};
}

function startAway(
	state: RunState,
	host: HostState,
	item: Item,
	command: Command,
	edited: Edited | undefined,
): Decided {
	if (edited || !isExempt(state, item, command)) return refuse({code: 'no-link', host: host.name});
	return {events: [planTask(state, host, item, command, {})]};
}

/** Commands of the step that the walk is at, whatever became of them, and an undo that is owed at the end. */
function isHere(state: RunState, host: HostState, item: Item): boolean {
	const place = here(state, host);
	if (place.kind !== 'end-of-step' && place.item.id === item.id) return true;
	return !host.ending && (stepOf(state, host.at)?.items.includes(item) ?? false);
}
