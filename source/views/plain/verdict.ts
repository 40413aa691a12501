import type {Verdict} from '../../core/run/verdict.ts';
import {visibleLine} from '../../core/text/filter.ts';

/** What `verify` says to people; `isAsked` where a head was given. */
export function verdictText(verdict: Verdict, isAsked: boolean): string {
	const {run, isUnchanged, events, head, upTo, torn, changes} = verdict;
	const lines: string[] = [];
	const count = `${events} event${events === 1 ? '' : 's'}`;
	if (isUnchanged) {
		const after = upTo === null ? 0 : events - upTo;
		const isPart = isAsked && after > 0;
		lines.push(
			isPart
				? `${run}: unchanged up to that head, ${upTo} of ${count}; those after it continue it`
				: `${run}: unchanged up to ${isAsked ? 'that' : 'this'} head, ${count}`,
		);
	} else {
		lines.push(`${run}: CHANGED after ${count} that continue each other`);
		for (const {file, line, what} of changes) lines.push(`${file}${line === null ? '' : `:${line}`}: ${what}`);
	}
	if (torn > 0) lines.push(`The end is torn (${torn} bytes): nothing relied on it, and resuming sets it aside.`);
	if (events > 0) lines.push(`head ${head}`);
	return `${lines.map(visibleLine).join('\n')}\n`;
}
