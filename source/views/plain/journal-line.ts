import type {Event} from '../../core/run/events.ts';
import {visibleLine} from '../../core/text/filter.ts';

/** An event of a journal as a line: number, time (UTC), host, what happened. */
export function journalLine(event: Event): string {
	const {seq, at, host, type} = event;
	return `${visibleLine([String(seq).padStart(4), at.slice(11, 19), host ?? 'run', type].join('  '))}\n`;
}
