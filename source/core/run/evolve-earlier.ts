import type {EarlierState} from './earlier.ts';
import type {Event, NewEvent} from './events.ts';
import type {HostState} from './state.ts';

/** What an event about tasks of earlier runs does to its host. */
export function applyEarlier(host: HostState, event: Event | NewEvent): void {
	const update = (tasks: string[], change: (each: EarlierState) => EarlierState) => {
		host.earlier = host.earlier.map(each => (tasks.includes(each.task) ? change(each) : each));
	};
	switch (event.type) {
		case 'earlier.found':
			host.earlier = event.tasks;
			return;
		case 'earlier.wanted':
			return update(event.tasks, ({kept, ...each}) => ({...each, wish: event.what}));
		case 'earlier.reported':
			return update([event.task], ({wish, ...each}) => ({
				...each,
				report: event.report,
				...(event.copied === undefined ? {hasLooked: true} : {copied: event.copied}),
				...(wish && wish !== 'look' && {wish}),
			}));
		case 'earlier.removed':
			return update([event.task], each => ({...each, isGone: true}));
		case 'earlier.kept':
			// What was copied to its end is settled; anything else is asked about again.
			return update([event.task], ({wish, ...each}) => ({...each, kept: event.why}));
		default:
	}
}
