import type {Event} from '../../core/run/events.ts';
import {applyTo} from '../../core/run/evolve.ts';
import type {Material} from '../../core/run/run-report.ts';
import {type HostState, initialState, type RunState} from '../../core/run/state.ts';
import {applicable} from '../../core/run/walk.ts';
import type {Block, Command, Runbook} from '../../core/runbook/model.ts';
import {indexOf} from '../../core/runbook/outline.ts';
import {titleOf} from '../plain/event-line.ts';
import {knownEvents} from './known-events.ts';

/** What every part of the report is made from. */
export type Context = {
	material: Material;
	/** What this version knows of the journal. */
	events: Event[];
	state: RunState;
	/** A secret was given at some time. */
	hasSecrets: boolean;
};

export function contextOf(material: Material): Context {
	const state = initialState(material.runbook ?? nothing);
	const events = knownEvents(material.events).filter(event => isApplied(state, event));
	const hasSecrets = events.some(isSecret);
	return {material, events, state, hasSecrets};
}

/** A secret input, or what was typed at a login. */
const isSecret = (event: Event): boolean =>
	(event.type === 'input.given' && event.value === undefined) ||
	(event.type === 'login.answered' && event.given && event.about.kind !== 'host-key');

/** False for an event that cannot follow those before it, as in a journal from another hand. */
function isApplied(state: RunState, event: Event): boolean {
	if (state.beginning && event.host !== null && !state.order.includes(event.host)) return false;
	try {
		applyTo(state, event);
		return true;
	} catch {
		return false;
	}
}

/** The events of some types that are about a host, each with its name. */
export function ofHosts<T extends Event['type']>(
	{events, state}: Context,
	...types: T[]
): (Extract<Event, {type: T}> & {host: string})[] {
	const wanted: string[] = types;
	return events.filter(
		(event): event is Extract<Event, {type: T}> & {host: string} =>
			wanted.includes(event.type) && event.host !== null && state.order.includes(event.host),
	);
}

/** The block of an id as it is for a host; else, where none or nothing certain is for it, its first variant. */
export function blockOf({state}: Context, host: HostState | undefined, id: string): Block | undefined {
	const item = indexOf(state.runbook).items.get(id);
	const chosen = item && host && applicable(state, host, item);
	return chosen?.is === 'yes' ? chosen.block : item?.variants[0];
}

export function commandOf(context: Context, host: string, id: string): Command | undefined {
	const block = blockOf(context, context.state.hosts[host], id);
	return block?.kind === 'command' ? block : undefined;
}

/** Titles of the section that a block is in, and of those around it. */
export function sectionOf({material: {runbook}}: Context, block: string): string {
	const item = runbook && indexOf(runbook).items.get(block);
	return titleOf(runbook, item ? item.section.id : block.replace(/\/[^/]*$/, ''));
}

/** Stands for a runbook that cannot be read: the events alone tell then. */
const nothing: Runbook = {
	declared: false,
	title: '',
	titled: false,
	inputs: {},
	require: [],
	content: [],
	sections: [],
};
