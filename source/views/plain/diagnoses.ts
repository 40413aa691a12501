import type {Diagnosis} from '../../core/runbook/diagnose.ts';
import {formatWhen} from '../../core/runbook/when.ts';
import {visibleLine} from '../../core/text/filter.ts';

/** The matching entries, each with its patterns and the lines that they matched; `entries` is how many there are. */
export function diagnosesText(found: Diagnosis[], entries: number): string {
	if (entries === 0) return 'This runbook has no troubleshooting entry with a symptom.\n';
	if (found.length === 0) return `None of the ${entries} troubleshooting entries matches.\n`;
	return [...Map.groupBy(found, ({section}) => section)]
		.map(([section, matches]) => entryText(section, matches))
		.join('');
}

function entryText(section: Diagnosis['section'], matches: Diagnosis[]): string {
	const lines = matches.flatMap(({symptom, pattern, line, text}) => [
		`  pattern ${visibleLine(pattern)}${symptom.when.length > 0 ? `  (when ${visibleLine(formatWhen(symptom.when))})` : ''}`,
		`  line ${line}: ${visibleLine(text)}`,
	]);
	return `${visibleLine(section.title)}  #${visibleLine(section.id)}  (line ${section.place.line} of the runbook)\n${lines.join('\n')}\n`;
}
