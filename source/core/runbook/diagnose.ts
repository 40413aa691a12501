import {PatternSieve} from '../text/pattern-sieve.ts';
import {compile, type Pattern, PatternSearch} from '../text/patterns.ts';
import {PlainTextStream} from '../text/plain-text.ts';
import type {Runbook, Section, Symptom} from './model.ts';
import {troubleshootingEntriesOf} from './outline.ts';

/** A pattern of a troubleshooting entry that matched: its first match, `line` from 1. */
export type Diagnosis = {section: Section; symptom: Symptom; pattern: string; line: number; text: string};

/** Tries every symptom of a runbook on an output; in the order of the document. */
export function diagnose(runbook: Runbook, output: string | Uint8Array): Diagnosis[] {
	const search = new Diagnoser(runbook);
	search.write(output);
	return search.end();
}

/** The same for output that comes in pieces. Linear in time, bounded in memory. */
export class Diagnoser {
	#tried: Tried[];
	#plain = new PlainTextStream();
	#search: PatternSearch;

	constructor(runbook: Runbook) {
		const {tried, patterns, sieve} = knownOf(runbook);
		this.#tried = tried;
		this.#search = new PatternSearch(patterns, sieve);
	}

	write(piece: string | Uint8Array) {
		this.#search.write(this.#plain.write(piece));
	}

	end(): Diagnosis[] {
		this.#search.write(this.#plain.end());
		this.#search.end();
		return this.#tried.flatMap((tried, index) => {
			const match = this.#search.matches[index];
			const {section, symptom, pattern} = tried;
			return match ? [{section, symptom, pattern, ...match}] : [];
		});
	}
}

type Tried = Omit<Diagnosis, 'line' | 'text'> & {compiled: Pattern};
type Known = {tried: Tried[]; patterns: Pattern[]; sieve: PatternSieve};

// To compile the patterns takes a hundred times as long as to look for them in a short output.
const known = new WeakMap<Runbook, Known>();

function knownOf(runbook: Runbook): Known {
	const before = known.get(runbook);
	if (before) return before;
	const tried = troubleshootingEntriesOf(runbook).flatMap(patternsOf);
	const patterns = tried.map(({compiled}) => compiled);
	const made = {tried, patterns, sieve: new PatternSieve(patterns)};
	known.set(runbook, made);
	return made;
}

function patternsOf(section: Section): Tried[] {
	return section.content.flatMap(symptom => {
		if (symptom.kind !== 'symptom') return [];
		return symptom.patterns.map(pattern => ({section, symptom, pattern, compiled: compile(pattern)}));
	});
}
