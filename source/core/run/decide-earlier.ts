import {type Decided, refuse} from './decided.ts';
import {canBeCleaned, type EarlierState} from './earlier.ts';
import type {NewEvent} from './events.ts';
import type {HostState} from './state.ts';
import type {Intent, Observation} from './told.ts';

/** What a person wants of tasks of earlier runs. One that is at work is never removed. */
export function wishEarlier(host: HostState, {tasks, what}: Extract<Intent, {type: 'earlier'}>): Decided {
	const possible = host.earlier.filter(each => tasks.includes(each.task) && can[what](each)).map(each => each.task);
	return possible.length > 0
		? {events: [{host: host.name, type: 'earlier.wanted', tasks: possible, what}]}
		: refuse({code: 'not-now'});
}

const can: Record<Extract<Intent, {type: 'earlier'}>['what'], (each: EarlierState) => boolean> = {
	look: ({isGone}) => !isGone,
	adopt: ({isGone, wish, report}) => !isGone && wish !== 'adopt' && report.is !== 'none',
	clean: canBeCleaned,
	leave: ({isGone}) => !isGone,
};

type Told = Extract<Observation, {type: 'earlier-told' | 'earlier-gone' | 'earlier-kept'}>;

/** What the host says of them; told twice, it happens once. */
export function sawEarlier(host: HostState, told: Told): Decided {
	const known = host.earlier.find(each => each.task === told.task);
	if (!known?.wish || known.isGone) return {events: []};
	return {events: [eventOf(host, told)]};
}

function eventOf({name}: HostState, told: Told): NewEvent {
	const {task} = told;
	switch (told.type) {
		case 'earlier-told': {
			const {report, copied, sha256} = told;
			const copy = copied !== undefined && {copied, ...(sha256 !== undefined && {sha256})};
			return {host: name, type: 'earlier.reported', task, report, ...copy};
		}
		case 'earlier-gone':
			return {host: name, type: 'earlier.removed', task};
		default:
			return {host: name, type: 'earlier.kept', task, why: told.why};
	}
}
