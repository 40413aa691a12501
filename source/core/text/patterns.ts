import {RE2JS, RE2JSException} from 're2js';

/** A linear-time (RE2) pattern: case-sensitive, `^` and `$` at every line. */
export type Pattern = {
	source: string;
	/** True where it names a line break (`\n`, or a dot that matches one): only then may a match span lines. */
	spansLines: boolean;
	regex: RE2JS;
};

/** The first match of a pattern: the number of its first line, from 1, and that line's text (at most 1,000 characters). */
export type Match = {line: number; text: string};

/** Throws `PatternError`. */
export function compile(pattern: string): Pattern {
	if (pattern === '') throw new PatternError('the pattern is empty: it would match everything');
	try {
		return {source: pattern, spansLines: namesLineBreak.test(pattern), regex: RE2JS.compile(pattern, RE2JS.MULTILINE)};
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
	#patterns: Pattern[];
	#unfinished = '';
	#lines = 0;
	#window: string[] = [];

	constructor(patterns: Pattern[]) {
		this.#patterns = patterns;
		this.matches = patterns.map(() => undefined);
	}

	write(text: string) {
		let at = 0;
		for (let next = text.indexOf('\n'); next >= 0; next = text.indexOf('\n', at)) {
			this.#line(this.#unfinished + text.slice(at, next));
			this.#unfinished = '';
			at = next + 1;
		}
		this.#unfinished += text.slice(at);
		if (this.#unfinished.length > longest) this.#flush();
	}

	end() {
		if (this.#unfinished !== '') this.#flush();
		this.#tryWindow();
	}

	#flush() {
		this.#line(this.#unfinished);
		this.#unfinished = '';
	}

	#line(line: string) {
		this.#lines++;
		for (const [at, {regex, spansLines}] of this.#patterns.entries()) {
			if (!spansLines && !this.matches[at] && regex.test(line)) this.matches[at] = match(this.#lines, line);
		}
		if (!this.#patterns.some((pattern, at) => pattern.spansLines && !this.matches[at])) return;
		this.#window.push(line);
		if (this.#window.length < 2 * span) return;
		this.#tryWindow();
		this.#window = this.#window.slice(span);
	}

	#tryWindow() {
		if (this.#window.length === 0) return;
		const text = `${this.#window.join('\n')}\n`;
		for (const [at, {regex, spansLines}] of this.#patterns.entries()) {
			if (!spansLines || this.matches[at]) continue;
			const matcher = regex.matcher(text);
			if (!matcher.find()) continue;
			const before = text.slice(0, matcher.start()).split('\n').length - 1;
			this.matches[at] = match(this.#lines - this.#window.length + before + 1, this.#window[before] ?? '');
		}
	}
}

const match = (line: number, text: string): Match => ({line, text: text.slice(0, 1000).toWellFormed()});
const reasonOf = (error: Error): string => error.message.replace(/^error parsing regexp: /, '').replace('`(?m)', '`');
const namesLineBreak = /\\n|\\r|\n|\(\?[A-Za-z]*s/;
const span = 20;
const longest = 1_048_576;
