import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {judgeSection, judgeWhen} from '../../core/run/applies.ts';
import type {Seen} from '../../core/run/events.ts';
import type {HostState, RunState} from '../../core/run/state.ts';
import type {Command} from '../../core/runbook/model.ts';
import {troubleshootingEntriesOf} from '../../core/runbook/outline.ts';
import {maskExcerpt} from '../../core/text/mask.ts';
import {compile, type Pattern, PatternSearch} from '../../core/text/patterns.ts';
import {PlainTextStream} from '../../core/text/plain-text.ts';
import {SecretFilter} from '../../core/text/secret-filter.ts';

/** What the patterns of a command and of the troubleshooting entries find in its output, read once, in pieces. */
export class OutputInspection {
	readonly #command: Command;
	readonly #entries: {section: string; patterns: number}[] = [];
	readonly #search: PatternSearch;
	readonly #text = new PlainTextStream();
	readonly #hash = createHash('sha256');
	readonly #secrets: () => string[];
	readonly #filter: SecretFilter;
	readonly #known: number;

	/** `secrets` are looked for, and masked in what is quoted; more of them may come to be known meanwhile. */
	constructor(state: RunState, host: HostState, command: Command, secrets: () => string[]) {
		this.#command = command;
		this.#secrets = secrets;
		this.#filter = new SecretFilter(secrets);
		this.#known = secrets().length;
		const patterns = [command.match, command.failMatch].map(source =>
			source === undefined ? undefined : compiled(source),
		);
		for (const section of troubleshootingEntriesOf(state.runbook)) {
			if (judgeSection(state, host, section).is === 'no') continue;
			for (const symptom of section.content) {
				if (symptom.kind !== 'symptom' || judgeWhen(state, host, symptom.when).is === 'no') continue;
				this.#entries.push({section: section.id, patterns: symptom.patterns.length});
				patterns.push(...symptom.patterns.map(compiled));
			}
		}
		this.#search = new PatternSearch(patterns);
	}

	write(bytes: Uint8Array): void {
		this.#hash.update(bytes);
		// Most output is long where nothing is looked for.
		if (this.#search.isOpen || this.#secrets().length > 0) this.#take(this.#text.write(bytes));
	}

	/** False where a secret came to be known meanwhile: what had passed before was not searched for it. */
	get knewAll(): boolean {
		return this.#secrets().length === this.#known;
	}

	end(): Seen {
		this.#take(this.#text.end());
		this.#filter.end();
		this.#search.end();
		const [matched, failure, ...symptoms] = this.#search.matches;
		const seen: Seen = {sha256: this.#hash.digest('hex')};
		if (this.#command.match !== undefined) seen.matched = matched !== undefined;
		if (this.#command.failMatch !== undefined && failure) seen.failure = maskExcerpt(failure.text, this.#secrets());
		if (this.#filter.hasMasked) seen.holdsSecret = true;
		const entries: string[] = [];
		let at = 0;
		for (const {section, patterns} of this.#entries) {
			const isFound = symptoms.slice(at, at + patterns).some(Boolean);
			if (isFound && !entries.includes(section)) entries.push(section);
			at += patterns;
		}
		if (entries.length > 0) seen.entries = entries;
		return seen;
	}

	/** The patterns see what the host said: a masked line could hide a failure. */
	#take(text: string): void {
		this.#search.write(text);
		this.#filter.write(text);
	}
}

/** Output that is on the disk already. */
export async function inspectFile(inspection: OutputInspection, path: string): Promise<void> {
	for await (const chunk of createReadStream(path)) inspection.write(chunk);
}

const known = new Map<string, Pattern>();

function compiled(source: string): Pattern {
	const pattern = known.get(source) ?? compile(source);
	known.set(source, pattern);
	return pattern;
}
