import type {Prose} from './model.ts';
import {dedented, trimmedLines} from './source-lines.ts';

/** Gives the lines of a document that are no blocks as prose, piece by piece, each line once. */
export class ProseCollector {
	readonly #lines: string[];
	/** Columns to take off a line because the mark of its list item went into an earlier piece. */
	readonly #indents: Int32Array;
	#cursor = 0;

	constructor(lines: string[]) {
		this.#lines = lines;
		this.#indents = new Int32Array(lines.length);
	}

	/** The prose from where the last call ended up to a line (from 0, not included), `last` being one more line of it. */
	take(to: number, last = ''): Prose | undefined {
		const from = this.#cursor;
		const taken = this.#lines.slice(from, to).map((line, at) => dedented(line, this.#indents[from + at]!));
		if (last !== '') taken.push(last);
		this.#cursor = Math.max(from, to);
		const {lines, skipped} = trimmedLines(taken);
		if (lines.length === 0) return undefined;
		const line = from + skipped;
		return {
			kind: 'prose',
			markdown: lines.join('\n'),
			place: {line: line + 1, column: (this.#lines[line] ?? '').search(/\S|$/) + 1},
		};
	}

	/** The lines before `to` are something else than prose. */
	skip(to: number) {
		this.#cursor = Math.max(this.#cursor, to);
	}

	/** From here on the lines of a list item stand without its mark: their indentation goes. */
	release(from: number, to: number, columns: number) {
		this.#indents.fill(columns, from, to);
	}
}
