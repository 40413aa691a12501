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
		this.#tried = triedOf(runbook);
		this.#search = new PatternSearch(this.#tried.map(({compiled}) => compiled));
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

// To compile the patterns takes a hundred times as long as to look for them in a short output.
const known = new WeakMap<Runbook, Tried[]>();

function triedOf(runbook: Runbook): Tried[] {
	const tried = known.get(runbook) ?? troubleshootingEntriesOf(runbook).flatMap(patternsOf);
	known.set(runbook, tried);
	return tried;
}

function patternsOf(section: Section): Tried[] {
	return section.content.flatMap(symptom => {
		if (symptom.kind !== 'symptom') return [];
		return symptom.patterns.map(pattern => ({section, symptom, pattern, compiled: compile(pattern)}));
	});
}
