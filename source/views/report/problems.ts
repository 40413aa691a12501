import {isKnownEvent} from '../../core/run/known-event.ts';
import type {Material} from '../../core/run/run-report.ts';

/** What is wrong with a record, in sentences, the worst first. */
export function problemsOf(material: Material, known: number): string[] {
	const {events, verdict, isNewer, problems, driven, run} = material;
	const found: string[] = [];
	for (const {file, line, what} of verdict.changes) {
		found.push(`The record was changed: ${nameIn(run, file)}${line === null ? '' : `, line ${line}`}: ${what}.`);
	}
	if (verdict.changes.some(({line}) => line !== null)) {
		found.push(`Only the ${verdict.events} events before that line are in this report.`);
	}
	if (isNewer) found.push('The journal was written by a newer Handrail: what this one does not know is left out.');
	if (events.length > known) {
		const types = [...new Set(events.filter(event => !isKnownEvent(event)).map(({type}) => type))];
		const which = types.length > 0 ? ` (${types.slice(0, 10).join(', ')})` : '';
		found.push(`Events that are not understood and left out: ${events.length - known}${which}.`);
	}
	found.push(...problems);
	if (verdict.torn > 0 && !driven) {
		found.push(`The last line of the journal is torn (${verdict.torn} bytes); nothing relied on it.`);
	}
	return found;
}

/** A file's name inside the run's folder. */
const nameIn = (run: string, file: string): string =>
	file.slice(file.lastIndexOf(`/${run}/`) + 1).replace(`${run}/`, '');
