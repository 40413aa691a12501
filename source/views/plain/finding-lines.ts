import type {Finding} from '../../core/run/finding.ts';
import {findingWords} from '../../core/text/finding-words.ts';

/** Findings as lines; `!` marks what speaks for something half done or at work, `|` what the host printed. */
export const findingLines = (findings: Finding[]): string[] =>
	findings
		.map(findingWords)
		.flatMap(({text, isAlarm, lines}) => [`${isAlarm ? '!' : '-'} ${text}`, ...lines.map(line => `  | ${line}`)]);
