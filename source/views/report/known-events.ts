import type {Event, Person} from '../../core/run/events.ts';
import type {HostName} from '../../core/run/host.ts';
import {isKnownEvent} from '../../core/run/known-event.ts';

type Requested = Extract<Event, {type: 'request.made'}>;

/**
 * The events that this version knows, each with the boot that its `up` counts from, and with the person behind it where
 * the journal says so by an earlier event: who asked for a start that guards were asked about first, who gave a reason.
 */
export function knownEvents(events: Event[]): Event[] {
	const requests = new Map<HostName, Requested>();
	const overrides = new Map<string, Person | undefined>();
	let session: Person | undefined;
	let boot = '';
	const personOf = (event: Event): Person | undefined => {
		if (event.by) return event.by;
		if (event.type === 'task.planned') {
			const request = requests.get(event.host ?? '');
			return request?.request.block === event.block ? request.by : undefined;
		}
		if (event.type !== 'deviation') return undefined;
		const guard = event.about.kind === 'break-lock' ? 'lock' : event.about.kind === 'override' && event.about.guard;
		return (guard && overrides.get(guard)) || session;
	};
	return events.flatMap(event => {
		boot = event.boot ?? boot;
		if (!isKnownEvent(event)) return [];
		if (event.type === 'run.started' || event.type === 'run.resumed') session = event.by;
		if (event.type === 'override.given') overrides.set(event.guard, event.by);
		if (event.type === 'request.made') requests.set(event.host ?? '', event);
		const by = personOf(event);
		if (event.type === 'task.planned') requests.delete(event.host ?? '');
		return [{...event, boot, ...(by && {by})}];
	});
}

/** Milliseconds between two events: by the monotonic clock where one boot of the machine saw both. */
export function elapsed(from: Event, to: Event): number {
	const isOneBoot = from.boot !== undefined && from.boot !== '' && from.boot === to.boot;
	const time = isOneBoot ? to.up - from.up : Date.parse(to.at) - Date.parse(from.at);
	return Number.isFinite(time) ? Math.max(0, Math.round(time)) : 0;
}
