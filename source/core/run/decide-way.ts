// Choices, jumps and visits.
import {type Item, indexOf, isWithin, roleOf, rollbackOptionsOf} from '../runbook/outline.ts';
import {judgeSection} from './applies.ts';
import {type Decided, needsReason, refuse} from './decided.ts';
import type {NewEvent} from './events.ts';
import {optionAround} from './options.ts';
import {type HostState, isSettled, type RunState, runningTask, unsettledTask} from './state.ts';
import type {Intent} from './told.ts';
import {applicable, here, stepsInScope, walkedItems} from './walk.ts';

type Of<T extends Intent['type']> = Extract<Intent, {type: T}>;

/** Takes an option of a choice. What it passes over is not applicable. */
export function choose(state: RunState, host: HostState, {block: id, section}: Of<'choose'>): Decided {
	const index = indexOf(state.runbook);
	const place = here(state, host);
	if (place.kind !== 'block' || place.item.id !== id || place.block.kind !== 'choice') {
		return refuse({code: 'not-here', block: id});
	}
	const target = index.sections.get(section);
	if (!target || !place.block.options.some(option => option.section === section)) {
		return refuse({code: 'no-such-section', section});
	}
	if (judgeSection(state, host, target.section).is === 'no') return refuse({code: 'no-such-section', section});
	const chosen: NewEvent = {host: host.name, type: 'chosen', block: id, section};
	const left = leaveOptions(state, host, id, section);
	if (isWithin(index, section, place.item.section.id)) return {events: [chosen, ...left]};
	const isVisit = roleOf(index, section) && !isInVisit(state, host, section);
	const walk = isVisit ? visit(state, host, section) : goOn(state, host, section, left);
	return 'refused' in walk ? walk : {events: [chosen, ...left, ...walk.events]};
}

/** An option elsewhere; one outside of a visit leaves it. What is passed over is not applicable. */
function goOn(state: RunState, host: HostState, section: string, known: NewEvent[]): Decided {
	const left = isInVisit(state, host, section) ? undefined : host.visits[0];
	const held = left && (isWholeRun(host) ? refuse({code: 'not-now'}) : heldBy(host));
	if (held) return held;
	const scope = left ? {...host, visits: []} : host;
	const passed = between(state, scope, left?.from ?? host.at, section, left !== undefined)
		.map(item => notApplicable(host, item.id))
		.filter(event => !known.some(each => same(each, event)));
	const to = firstStepAt(state, scope, section) ?? section;
	return {events: [...passed, {host: host.name, type: 'walked', to, how: 'choice'}]};
}

function isInVisit(state: RunState, host: HostState, section: string): boolean {
	const visit = host.visits.at(-1);
	return visit !== undefined && isWithin(indexOf(state.runbook), section, visit.section);
}

/** A run of its own for a way back: there is nothing around it to go to. */
const isWholeRun = (host: HostState): boolean => host.visits[0]?.from === '';

/** The subsections that a choice offered and that were not taken are not for this host. */
export function leaveOptions(state: RunState, host: HostState, choice: string, taken?: string): NewEvent[] {
	const index = indexOf(state.runbook);
	const item = index.items.get(choice)!;
	const options = item.variants.flatMap(block => (block.kind === 'choice' ? block.options : []));
	const left = options.flatMap(({section}) =>
		section !== undefined && section !== taken && isWithin(index, section, item.section.id) ? [section] : [],
	);
	return stepsInScope(state, host)
		.filter(step => left.some(section => isWithin(index, step.section.id, section)))
		.filter(step => taken === undefined || !isWithin(index, step.section.id, taken))
		.flatMap(step => walkedItems(step))
		.filter(each => !isSettled(host, each.id))
		.map(each => notApplicable(host, each.id));
}

/** A jump; over undone steps it is a deviation. A section that is only visited is visited. */
export function go(state: RunState, host: HostState, {section, reason}: Of<'go'>): Decided {
	const index = indexOf(state.runbook);
	if (!index.sections.has(section)) return refuse({code: 'no-such-section', section});
	if (roleOf(index, section)) return visit(state, host, section);
	const held = isWholeRun(host) ? refuse({code: 'not-now'}) : heldBy(host);
	if (held) return held;
	const outside = {...host, visits: []};
	const to = firstStepAt(state, outside, section);
	if (to === undefined) return refuse({code: 'no-such-section', section});
	const from = host.visits[0]?.from ?? host.at;
	const over = orderOf(state, to) > orderOf(state, from) ? between(state, outside, from, to, true) : [];
	const undone = over.filter(item => applicable(state, host, item).is !== 'no').map(item => item.id);
	const walked: NewEvent = {host: host.name, type: 'walked', to, how: 'jump', ...(reason && {reason})};
	if (undone.length === 0) return {events: [walked]};
	const lacking = needsReason(reason);
	if (lacking) return lacking;
	const skipped = undone.map(
		(block): NewEvent => ({
			host: host.name,
			type: 'block.ended',
			block,
			end: 'skipped',
			because: 'jump',
			reason: reason!,
		}),
	);
	const about = {kind: 'jump', from, to, over: undone} as const;
	return {events: [...skipped, {host: host.name, type: 'deviation', about, reason: reason!}, walked]};
}

/** A way back or a troubleshooting entry; the walk returns from it to where it was. */
export function visit(state: RunState, host: HostState, section: string): Decided {
	const index = indexOf(state.runbook);
	if (!index.sections.has(section)) return refuse({code: 'no-such-section', section});
	const role = roleOf(index, section);
	if (!role || host.ending) return refuse({code: 'not-now'});
	const to = role === 'rollback' ? optionFor(state, section) : section;
	if (to === undefined) return refuse({code: 'several-options', section});
	if (host.visits.some(each => each.section === to)) return refuse({code: 'not-now'});
	if (judgeSection(state, host, index.sections.get(to)!.section).is === 'no') {
		return refuse({code: 'no-such-option', section: to});
	}
	const held = heldBy(host, role === 'troubleshooting');
	return held ?? {events: [{host: host.name, type: 'walked', to, how: 'visit'}]};
}

/** An option is walked whole: a section inside it means the option, a section around several none of them. */
function optionFor(state: RunState, section: string): string | undefined {
	const around = optionAround(state, section);
	if (around) return around.id;
	const inside = rollbackOptionsOf(state.runbook).filter(each => isWithin(indexOf(state.runbook), each.id, section));
	return inside.length === 1 ? inside[0]!.id : undefined;
}

/** While something may still be changing the host, the walk does not go elsewhere; to look for help it may. */
function heldBy(host: HostState, looksOnly = false): Decided | undefined {
	const running = runningTask(host);
	if (running) return refuse({code: 'still-running', task: running.task});
	if (host.request || host.ending) return refuse({code: 'not-now'});
	const task = looksOnly ? undefined : unsettledTask(host);
	return task && refuse({code: 'not-settled', task: task.task, block: task.block});
}

const orderOf = (state: RunState, section: string) => indexOf(state.runbook).sections.get(section)?.order ?? -1;

/** The step at or after the beginning of a section. */
function firstStepAt(state: RunState, host: HostState, section: string): string | undefined {
	const order = orderOf(state, section);
	return stepsInScope(state, host).find(step => orderOf(state, step.section.id) >= order)?.section.id;
}

/** Undone items after a step (or in it) and before another. */
function between(state: RunState, host: HostState, from: string, to: string, inclusive = false): Item[] {
	const [first, last] = [orderOf(state, from), orderOf(state, to)];
	return stepsInScope(state, host)
		.filter(({section}) => {
			const order = orderOf(state, section.id);
			return (inclusive ? order >= first : order > first) && order < last;
		})
		.flatMap(walkedItems)
		.filter(item => !isSettled(host, item.id));
}

const notApplicable = (host: HostState, block: string): NewEvent => ({
	host: host.name,
	type: 'block.ended',
	block,
	end: 'not-applicable',
	because: 'choice',
});

const same = (one: NewEvent, other: NewEvent) =>
	one.type === 'block.ended' && other.type === 'block.ended' && one.block === other.block;
