import {RE2JS, RE2JSException} from 're2js';
import {PatternSieve} from './pattern-sieve.ts';

/** A linear-time (RE2) pattern: case-sensitive, `^` and `$` at every line. */
export type Pattern = {
	source: string;
	/** True where it names a line break (`\n`, or a dot that matches one): only then may a match span lines. */
	spansLines: boolean;
	/** True where what is found in a line is found in several lines together, too: it does not ask for the ends of the text. */
	isOfLines: boolean;
	regex: RE2JS;
};

/** The first match of a pattern: the number of its first line, from 1, and that line's text (at most 1,000 characters). */
export type Match = {line: number; text: string};

/** Throws `PatternError`. */
export function compile(pattern: string): Pattern {
	if (pattern === '') throw new PatternError('the pattern is empty: it would match everything');
	try {
		const regex = RE2JS.compile(pattern, RE2JS.MULTILINE);
		return {source: pattern, spansLines: namesLineBreak.test(pattern), isOfLines: !namesEnds.test(pattern), regex};
	} catch (error) {
		if (!(error instanceof RE2JSException)) throw error;
		throw new PatternError(reasonOf(error), {cause: error});
	}
}

/** `message` says in one line what is wrong with the pattern. */
export class PatternError extends Error {
	override name = 'PatternError';
}

/** Tries a pattern on text that is plain already (`plainText`). */
export function firstMatch(pattern: Pattern, text: string): Match | undefined {
	const search = new PatternSearch([pattern]);
	search.write(text);
	search.end();
	return search.matches[0];
}

/**
 * Tries patterns on long plain text that comes in pieces. A pattern is tried on each line by itself; one that names a line
 * break is tried on overlapping windows, so that matches of up to 20 lines are found. Of a line longer than 1 Mi
 * characters each such part counts as a line.
 */
export class PatternSearch {
	/** The first match of each pattern so far, in their order. */
	readonly matches: (Match | undefined)[];
	readonly #patterns: (Pattern | undefined)[];
	readonly #sieve: PatternSieve;
	#unfinished = '';
	#lines = 0;
	#window: string[] = [];

	/** Nothing is looked for in the place of a pattern that is undefined. A sieve of the same patterns may be used again. */
	constructor(patterns: (Pattern | undefined)[], sieve = new PatternSieve(patterns.filter(pattern => !!pattern))) {
		this.#patterns = patterns;
		this.#sieve = sieve;
		this.matches = patterns.map(() => undefined);
	}

	/** Whether there is anything to look for that was not found yet. */
	get isOpen(): boolean {
		return this.#patterns.some((pattern, at) => pattern && !this.matches[at]);
	}

	write(text: string) {
		const end = text.lastIndexOf('\n');
		if (end >= 0) {
			this.#block(this.#unfinished + text.slice(0, end));
			this.#unfinished = '';
		}
		this.#unfinished += text.slice(end + 1);
		if (this.#unfinished.length > longest) this.#flush();
	}

	end() {
		if (this.#unfinished !== '') this.#flush();
		this.#tryWindow();
	}

	#flush() {
		this.#block(this.#unfinished);
		this.#unfinished = '';
	}

	/** Whole lines. A match may have begun in the lines before. */
	#block(text: string) {
		const open = this.#patterns.flatMap((pattern, at) => (pattern && !this.matches[at] ? [{pattern, at}] : []));
		const isOpen = new Set(open.map(({pattern}) => pattern));
		const found = this.#sieve.found([...this.#window, text].join('\n'), pattern => isOpen.has(pattern));
		const wanted = open.filter(({pattern}) => !pattern.isOfLines || found.has(pattern));
		const search: Wanted = {
			inLines: wanted.filter(({pattern}) => !pattern.spansLines),
			inWindows: wanted.some(({pattern}) => pattern.spansLines),
			keepsWindow: open.some(({pattern}) => pattern.spansLines),
		};
		for (let start = 0, end = 0; end >= 0; start = end + 1) {
			end = text.indexOf('\n', start);
			this.#lines++;
			if (search.inLines.length > 0 || search.keepsWindow)
				this.#line(text.slice(start, end < 0 ? undefined : end), search);
		}
	}

	#line(line: string, {inLines, inWindows, keepsWindow}: Wanted) {
		for (const {at, pattern} of inLines) {
			if (!this.matches[at] && pattern.regex.test(line)) this.matches[at] = match(this.#lines, line);
		}
		if (!keepsWindow) return;
		this.#window.push(line);
		if (this.#window.length < 2 * span) return;
		if (inWindows) this.#tryWindow();
		this.#window = this.#window.slice(span);
	}

	#tryWindow() {
		if (this.#window.length === 0) return;
		const text = `${this.#window.join('\n')}\n`;
		for (const [at, pattern] of this.#patterns.entries()) {
			if (!pattern?.spansLines || this.matches[at]) continue;
			const matcher = pattern.regex.matcher(text);
			if (!matcher.find()) continue;
			const before = text.slice(0, matcher.start()).split('\n').length - 1;
			this.matches[at] = match(this.#lines - this.#window.length + before + 1, this.#window[before] ?? '');
		}
	}
}

type Wanted = {inLines: {pattern: Pattern; at: number}[]; inWindows: boolean; keepsWindow: boolean};

const match = (line: number, text: string): Match => ({line, text: text.slice(0, 1000).toWellFormed()});
const reasonOf = (error: Error): string => error.message.replace(/^error parsing regexp: /, '').replace('`(?m)', '`');
const namesLineBreak = /\\n|\\r|\n|\(\?[A-Za-z]*s/;
/** `\A`, `\z`, and flags that are turned off: without `m` the anchors mean the ends of the text. */
const namesEnds = /\\[Az]|\(\?[A-Za-z]*-/;
const span = 20;
const longest = 1_048_576;
