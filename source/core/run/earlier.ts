// Tasks that earlier runs have left on a host: they may be changing it.
import type {TaskId, TaskReport} from './host.ts';
import type {HostState, RunState} from './state.ts';

export type EarlierTask = {
	/** Its name on the host: `RUN.TASK`. */
	task: TaskId;
	run: string;
	/** When its run began, to the minute (UTC, ISO 8601), and how many whole days ago; null where its name does not say. */
	since: string | null;
	days: number | null;
	/** Whether the folder of its run is here; an open one can be resumed. */
	here: 'open' | 'ended' | 'no';
	/** Its run holds the lock of the host. */
	holdsLock: boolean;
	report: TaskReport;
};

/** What a person wants of them: to ask the host again, to follow them here to their end, to remove them, to leave them. */
export type EarlierWish = 'look' | 'adopt' | 'clean' | 'leave';

export type EarlierState = EarlierTask & {
	wish?: EarlierWish;
	/** The host was asked again. */
	hasLooked?: true;
	/** Its output is in this run's folder: so many bytes. */
	copied?: number;
	/** Why it could not be removed. */
	kept?: string;
	isGone?: true;
};

/** Days after which the task of another run that has ended is offered for cleaning. */
const oldAge = 14;

/**
 * Those that stand before the first change: at work or lost, until a person says what becomes of them. Not those of the run
 * that holds the lock, which refuses and says who that is; they count where the lock is to be broken.
 */
export const openEarlier = ({overrides}: RunState, {earlier}: HostState): EarlierState[] =>
	earlier.filter(each => isOpen(each) && (!each.holdsLock || overrides['lock'] !== undefined));

/** Those that a person is asked about: the open ones, and what has ended long ago. */
export const askedEarlier = (state: RunState, host: HostState): EarlierState[] => [
	...openEarlier(state, host),
	...host.earlier.filter(each => isOver(each) && !each.isGone && !each.wish && (each.days ?? 0) > oldAge),
];

/** Something is being found out or removed: a question would be stale at once. */
export const isBusyWithEarlier = ({earlier}: HostState): boolean =>
	earlier.some(({wish, isGone}) => !isGone && (wish === 'look' || wish === 'clean'));

/** Nothing of it is at work: it can be removed. */
export const canBeCleaned = ({report, isGone}: EarlierState): boolean =>
	!isGone && (report.is === 'ended' || (report.is === 'lost' && !report.alive));

const isOpen = (each: EarlierState): boolean => !each.isGone && each.wish !== 'leave' && !isOver(each);

/** Its end is known, or recorded here as far as it can be. */
const isOver = ({report, copied}: EarlierState): boolean =>
	report.is === 'ended' || report.is === 'none' || (copied !== undefined && report.is !== 'running');
