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
	#tried: Omit<Diagnosis, 'line' | 'text'>[];
	#plain = new PlainTextStream();
	#search: PatternSearch;

	constructor(runbook: Runbook) {
		this.#tried = troubleshootingEntriesOf(runbook).flatMap(patternsOf);
		this.#search = new PatternSearch(this.#tried.map(({pattern}): Pattern => compile(pattern)));
	}

	write(piece: string | Uint8Array) {
		this.#search.write(this.#plain.write(piece));
	}

	end(): Diagnosis[] {
		this.#search.write(this.#plain.end());
		this.#search.end();
		return this.#tried.flatMap((tried, index) => {
			const match = this.#search.matches[index];
			return match ? [{...tried, ...match}] : [];
		});
	}
}

function patternsOf(section: Section) {
	return section.content.flatMap(content =>
		content.kind === 'symptom' ? content.patterns.map(pattern => ({section, symptom: content, pattern})) : [],
	);
}
