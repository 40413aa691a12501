import {indexOf, isWithin} from '../runbook/outline.ts';
import type {Event, NewEvent} from './events.ts';
import {endReboot} from './evolve-reboot.ts';
import {settleTasks} from './evolve-task.ts';
import {type BlockState, blockState, type HostState, type RunState} from './state.ts';
import {hasLeft, stepOf, stepsInScope} from './walk.ts';

/** What an event of the walk does to its host. */
export function applyWalk(state: RunState, host: HostState, event: Event | NewEvent): void {
	switch (event.type) {
		case 'block.ended':
			return endBlock(state, host, event);
		case 'chosen':
			host.blocks[event.block] = {...blockState(host, event.block), status: 'done'};
			host.choice = event.block;
			return;
		case 'walked':
			return walkTo(state, host, event);
		default:
	}
}

function endBlock(state: RunState, host: HostState, event: Extract<NewEvent, {type: 'block.ended'}>): void {
	const before = blockState(host, event.block);
	const isLeft = event.end === 'skipped' || event.end === 'not-applicable';
	const isFailed = event.end === 'failed' || (before.failed && isLeft);
	const after: BlockState = {status: event.end, attempts: before.attempts, failed: isFailed};
	if (event.cause) after.cause = event.cause;
	if (event.exit !== undefined) after.exit = event.exit;
	if (event.reason !== undefined) after.reason = event.reason;
	if (event.because === 'choice') after.leftBy = host.choice;
	host.blocks[event.block] = after;
	if (host.refused?.request.block === event.block) host.refused = undefined;
	endReboot(host, event.block, event.end, event.because === 'person');
	if (event.end !== 'unknown') settleTasks(host, event.block);
	const variants = indexOf(state.runbook).items.get(event.block)?.variants ?? [];
	if (variants.some(block => block.kind === 'choice')) host.choice = event.block;
	const isOnce = variants.some(block => block.kind !== 'choice' && block.once);
	if (isOnce && event.end === 'done' && !state.once.includes(event.block)) state.once.push(event.block);
	if (event.end === 'undone') state.once = state.once.filter(block => block !== event.block);
}

function walkTo(state: RunState, host: HostState, event: Extract<NewEvent, {type: 'walked'}>): void {
	const at = leavesVisit(state, host, event) ? host.visits[0]!.from : host.at;
	if (leavesVisit(state, host, event)) host.visits = [];
	host.stays = false;
	host.refused = undefined;
	if (event.how === 'visit') {
		host.visits.push({section: event.to, from: at});
		const steps = stepsInScope(state, host);
		renew(host, steps);
		host.at = steps[0]?.section.id ?? event.to;
		// What only says something is there to be read.
		host.stays = !steps.some(step => hasLeft(host, step));
		return;
	}
	if (event.how === 'return') host.visits.pop();
	if (event.how === 'jump') host.visits = [];
	host.at = event.to;
	if (isBackward(state, at, event.to) && event.how === 'choice') {
		renew(host, between(state, host, event.to, at));
	} else if (event.how === 'jump') {
		reopen(state, host, event.to);
		const step = stepOf(state, event.to);
		host.stays = !step || !hasLeft(host, step);
	}
}

/** A choice in a visited section may lead into the document. */
function leavesVisit(state: RunState, host: HostState, {how, to}: Extract<NewEvent, {type: 'walked'}>): boolean {
	const visit = host.visits.at(-1);
	return how === 'choice' && visit !== undefined && !isWithin(indexOf(state.runbook), to, visit.section);
}

/** Everything in these steps is to be done (again). What ran before stays in the record. */
function renew(host: HostState, steps: ReturnType<typeof stepsInScope>): void {
	for (const {items} of steps) {
		for (const item of items) {
			const known = blockState(host, item.id);
			// What is not settled stays as it is.
			if (known.status === 'running' || known.status === 'unknown') continue;
			if (host.blocks[item.id]) host.blocks[item.id] = {...known, status: 'todo'};
		}
	}
}

/** Going back to a skipped step means to do it after all, and to a choice to take it anew. */
function reopen(state: RunState, host: HostState, section: string): void {
	for (const item of stepOf(state, section)?.items ?? []) {
		const {status} = blockState(host, item.id);
		const isChoice = item.variants.some(block => block.kind === 'choice');
		if (status === 'skipped' || (isChoice && status === 'done')) reset(host, item.id);
		if (isChoice) for (const [id, {leftBy}] of Object.entries(host.blocks)) if (leftBy === item.id) reset(host, id);
	}
}

function reset(host: HostState, block: string): void {
	const {leftBy, ...known} = blockState(host, block);
	host.blocks[block] = {...known, status: 'todo'};
}

const orderOf = (state: RunState, section: string) => indexOf(state.runbook).sections.get(section)?.order ?? -1;

const isBackward = (state: RunState, from: string, to: string) => orderOf(state, to) < orderOf(state, from);

function between(state: RunState, host: HostState, first: string, last: string) {
	const index = indexOf(state.runbook);
	return stepsInScope(state, host).filter(({section}) => {
		const order = orderOf(state, section.id);
		return (order >= orderOf(state, first) && order <= orderOf(state, last)) || isWithin(index, section.id, first);
	});
}
