import {decideIntent} from './decide-intent.ts';
import {decideObservation} from './decide-observation.ts';
import {type Decided, refuse} from './decided.ts';
import type {NewEvent} from './events.ts';
import {applyTo, draftOf} from './evolve.ts';
import {onward} from './onward.ts';
import type {RunState} from './state.ts';
import type {Intent, Observation, Told} from './told.ts';

/** What happens when the run is told something: events, with all that follows from them by itself, or a refusal. */
export function decide(state: RunState, told: Told): Decided {
	if (state.ended && told.what.type !== 'note') return refuse({code: 'run-ended'});
	const decision = isObservation(told.what)
		? decideObservation(state, told.host, told.what)
		: decideIntent(state, told.host, told.what);
	if ('refused' in decision) return decision;
	const events = told.by ? decision.events.map(event => ({...event, by: told.by!})) : decision.events;
	return {events: [...events, ...follow(state, events)]};
}

/** What follows from a state by itself, to the point where a person or the world has to speak. */
export function follow(state: RunState, events: NewEvent[] = []): NewEvent[] {
	const draft = draftOf(state);
	for (const event of events) applyTo(draft, event);
	const followed: NewEvent[] = [];
	for (let next = onward(draft); next.length > 0; next = onward(draft)) {
		for (const event of next) applyTo(draft, event);
		followed.push(...next);
	}
	return followed;
}

const observations: Observation['type'][] = [
	'met',
	'link-lost',
	'link-up',
	'unreachable',
	'boot',
	'boot-late',
	'task',
	'overdue',
	'silent',
	'examined',
	'earlier-told',
	'earlier-gone',
	'earlier-kept',
	'signal-refused',
	'reaped',
	'lock',
	'unlocked',
	'durable',
	'sudo',
	'sampled',
	'crossed',
	'probed',
	'guard',
];

const isObservation = (what: Intent | Observation): what is Observation =>
	(observations as string[]).includes(what.type);
