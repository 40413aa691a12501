import type {Event} from '../../core/run/events.ts';
import type {Runbook} from '../../core/runbook/model.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {eventLine} from './event-line.ts';

/**
 * An event out of a journal as lines, empty for what only machines care about. A journal may come from a newer version
 * or another hand: an event that this version does not understand is shown by its type.
 */
export function journalLine(event: Event, runbook?: Runbook): string {
	try {
		const line = eventLine(event, runbook);
		return line === undefined ? '' : `${line}\n`;
	} catch {
		return `${visibleLine(`${event.at}  ${event.host ?? ''}  ${event.type}`)}\n`;
	}
}
