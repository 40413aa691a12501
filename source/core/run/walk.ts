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
	indexOf(state.runbook).steps.find(step => step.section.id === section);

/** The steps that the walk takes in passing: of the visit under way, else of the whole document. */
export function stepsInScope(state: RunState, host: HostState): Step[] {
	const index = indexOf(state.runbook);
	const visit = host.visits.at(-1);
	return visit ? stepsWithin(index, visit.section) : mainSteps(index);
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

/** Commands marked `undo=at-end` that were done, with the undo that is still owed. */
export function obligations(state: RunState, host: HostState): {item: Item; undo: Item}[] {
	const owed: {item: Item; undo: Item}[] = [];
	for (const id of Object.keys(host.blocks)) {
		const status = blockState(host, id).status;
		if (status !== 'done' && status !== 'unknown') continue;
		const found = blockFor(state, host, id);
		if (found?.block.kind !== 'command' || !found.block.undoAtEnd) continue;
		const undo = undoOf(state, host, found.item);
		if (undo && !isSettled(host, undo.item.id)) owed.push({item: found.item, undo: undo.item});
	}
	return owed.reverse();
}

/** The undo of a command: the first one after it, before the next command, that is for this host. */
export function undoOf(state: RunState, host: HostState, item: Item): {block: Command; item: Item} | undefined {
	const items = stepOf(state, item.section.id)?.items ?? [];
	for (const each of items.slice(items.indexOf(item) + 1)) {
		const chosen = applicable(state, host, each);
		if (chosen.is !== 'yes' || chosen.block.kind !== 'command') continue;
		if (chosen.block.role === 'undo') return {block: chosen.block, item: each};
		if (chosen.block.role === 'run') return undefined;
	}
	return undefined;
}

/** The checks that follow a command, up to the next command. */
export function checksAfter(state: RunState, host: HostState, item: Item): Item[] {
	const items = stepOf(state, item.section.id)?.items ?? [];
	const after: Item[] = [];
	for (const each of items.slice(items.indexOf(item) + 1)) {
		const chosen = applicable(state, host, each);
		if (chosen.is !== 'yes' || chosen.block.kind !== 'command') continue;
		if (chosen.block.role === 'check') after.push(each);
		else if (chosen.block.role === 'run') break;
	}
	return after;
}

/** A check runs by itself when every command before it in its step has succeeded (or is not for this host). */
export function isCheckDue(host: HostState, item: Item, step: Step): boolean {
	const before = step.items.slice(0, step.items.indexOf(item));
	return before.every(each => {
		const status = blockState(host, each.id).status;
		const isCommand = each.variants.some(block => block.kind === 'command' && isWalked(block));
		return !isCommand || status === 'done' || status === 'not-applicable';
	});
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
