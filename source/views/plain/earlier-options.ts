import {canBeCleaned, type EarlierState} from '../../core/run/earlier.ts';
import type {Intent} from '../../core/run/told.ts';

export type EarlierOption = {key: string; words: string; intent: Intent};

/** What can be done about tasks of earlier runs, the harmless first: for the menus of lines and of the screen. */
export function earlierOptions(tasks: EarlierState[]): EarlierOption[] {
	const option = (key: string, words: string, what: Extract<Intent, {type: 'earlier'}>['what'], of: EarlierState[]) =>
		of.length > 0 ? [{key, words, intent: {type: 'earlier', tasks: of.map(({task}) => task), what} as const}] : [];
	return [
		...option('l', 'look: ask the host again', 'look', tasks),
		...option('f', 'follow here to the end, output and all', 'adopt', tasks.filter(isToFollow)),
		...option('c', 'clean: remove there what is over', 'clean', tasks.filter(canBeCleaned)),
		...option('leave', 'leave them, and go on', 'leave', tasks),
	];
}

const isToFollow = ({wish, report, copied}: EarlierState): boolean =>
	wish !== 'adopt' && copied === undefined && (report.is === 'running' || report.is === 'lost');
