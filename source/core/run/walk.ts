// Where the walk is, and where it goes next.
import type {Block, Command} from '../runbook/model.ts';
import {type Index, type Item, indexOf, isWalked, isWithin, roleOf, type Step} from '../runbook/outline.ts';
import {judgeBlock} from './applies.ts';
import {blockState, type HostState, isSettled, type RunState} from './state.ts';

export type Here =
	| {kind: 'block'; item: Item; block: Block}
	/** Whether it applies hangs on a key that has no value yet. */
	| {kind: 'fact'; item: Item; key: string}
	| {kind: 'not-applicable'; item: Item}
	/** Nothing is left to do in the section walked. */
	| {kind: 'end-of-step'};

/** What the walk of a host stands before. At the end of a run, what is still to be undone comes first. */
export function here(state: RunState, host: HostState): Here {
	const item = host.ending ? obligations(state, host)[0]?.undo : nextItem(state, host);
	if (!item) return {kind: 'end-of-step'};
	const chosen = applicable(state, host, item);
	if (chosen.is === 'yes') return {kind: 'block', item, block: chosen.block};
	return chosen.is === 'no' ? {kind: 'not-applicable', item} : {kind: 'fact', item, key: chosen.key};
}

/** The variant of an item that is for this host: the one that ran, while that stands; else by what is known now. */
export function applicable(
	state: RunState,
	host: HostState,
	item: Item,
): {is: 'yes'; block: Block} | {is: 'no'} | {is: 'unknown'; key: string} {
	const ran = variantThatRan(host, item);
	if (ran) return {is: 'yes', block: ran};
	let unknown: string | undefined;
	for (const block of item.variants) {
		const verdict = judgeBlock(state, host, item.section, block);
		if (verdict.is === 'yes') return {is: 'yes', block};
		if (verdict.is === 'unknown') unknown ??= verdict.key;
	}
	return unknown === undefined ? {is: 'no'} : {is: 'unknown', key: unknown};
}

function variantThatRan(host: HostState, item: Item): Block | undefined {
	const {status, attempts} = blockState(host, item.id);
	const task = status === 'todo' ? undefined : host.tasks[attempts.at(-1) ?? ''];
	return task && item.variants[task.variant ?? 0];
}

/** The block with an id that is for this host, whether the walk is there or not. */
export function blockFor(state: RunState, host: HostState, id: string): {block: Block; item: Item} | undefined {
	const item = indexOf(state.runbook).items.get(id);
	const chosen = item && applicable(state, host, item);
	return item && chosen?.is === 'yes' ? {block: chosen.block, item} : undefined;
}

/** Items of a step that the walk stops at; `undo`, `ready`, `available`, `gauge` and `example` are not among them. */
export const walkedItems = (step: Step): Item[] => step.items.filter(item => item.variants.some(isWalked));

export const stepOf = (state: RunState, section: string): Step | undefined =>
	indexOf(state.runbook).stepBySection.get(section);

/** The steps that the walk takes in passing: of the visit under way, else of the whole document. */
export function stepsInScope(state: RunState, host: HostState): Step[] {
	const index = indexOf(state.runbook);
	const visit = host.visits.at(-1);
	return visit ? stepsWithin(index, visit.section) : mainSteps(index);
}

/** The walk is in a troubleshooting entry: it may look, whatever nobody knows of the host. */
export function isLookingForHelp(state: RunState, host: HostState): boolean {
	const visit = host.visits.at(-1);
	return visit !== undefined && roleOf(indexOf(state.runbook), visit.section) === 'troubleshooting';
}

/** The next step of the scope with something left to do. */
export function nextStep(state: RunState, host: HostState): Step | undefined {
	const index = indexOf(state.runbook);
	const order = index.sections.get(host.at)?.order ?? -1;
	return stepsInScope(state, host).find(
		step => index.sections.get(step.section.id)!.order > order && hasLeft(host, step),
	);
}

export const hasLeft = (host: HostState, step: Step): boolean =>
	walkedItems(step).some(item => !isSettled(host, item.id));

/** Commands marked `undo=at-end` of which something may have been done, the latest first, with the undo still owed. */
export function obligations(state: RunState, host: HostState): {item: Item; undo: Item}[] {
	const owed = new Map<string, {item: Item; undo: Item}>();
	for (const task of Object.values(host.tasks)) {
		if (task.report?.is === 'not-started' || blockState(host, task.block).status === 'undone') continue;
		const item = indexOf(state.runbook).items.get(task.block);
		const block = item?.variants[task.variant ?? 0];
		if (!item || block?.kind !== 'command' || !block.undoAtEnd) continue;
		const undo = itemsAfter(state, host, item, 'undo').find(each => !isSettled(host, each.id));
		owed.delete(item.id);
		if (undo) owed.set(item.id, {item, undo});
	}
	return [...owed.values()].reverse();
}

/** The undo of a command: the first one after it, before the next command, that is for this host. */
export function undoOf(state: RunState, host: HostState, item: Item): {block: Command; item: Item} | undefined {
	for (const undo of itemsAfter(state, host, item, 'undo')) {
		const chosen = applicable(state, host, undo);
		if (chosen.is === 'yes') return {block: chosen.block as Command, item: undo};
	}
	return undefined;
}

/** The checks, or undos, that follow a command up to the next one and are not known to be for other hosts. */
export function itemsAfter(state: RunState, host: HostState, item: Item, role: 'check' | 'undo'): Item[] {
	const items = stepOf(state, item.section.id)?.items ?? [];
	const after: Item[] = [];
	for (const each of items.slice(items.indexOf(item) + 1)) {
		const chosen = applicable(state, host, each);
		if (chosen.is === 'no') continue;
		const block = chosen.is === 'yes' ? chosen.block : each.variants[0]!;
		if (block.kind !== 'command') continue;
		if (block.role === role) after.push(each);
		else if (block.role === 'run') break;
	}
	return after;
}

function nextItem(state: RunState, host: HostState): Item | undefined {
	const step = stepOf(state, host.at);
	return step && walkedItems(step).find(item => !isSettled(host, item.id));
}

const mains = new WeakMap<Index, Step[]>();

function mainSteps(index: Index): Step[] {
	const known = mains.get(index) ?? index.steps.filter(step => !roleOf(index, step.section.id));
	mains.set(index, known);
	return known;
}

/** Steps of a visited section; a section of another role inside it is visited on its own. */
function stepsWithin(index: Index, section: string): Step[] {
	const role = roleOf(index, section);
	return index.steps.filter(
		step => isWithin(index, step.section.id, section) && roleOf(index, step.section.id) === role,
	);
}
