import type {Prose} from '../model.ts';
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
		const taken: string[] = [];
		for (let at = from; at < to; at++) {
			const line = dedented(this.#lines[at]!, this.#indents[at]!);
			const isOut = at > from && this.#indents[at] !== this.#indents[at - 1] && !startsBlock.test(line);
			const isLazy = at > from && this.#lines[at]!.search(/\S/) < this.#indents[at]! && underline.test(line);
			if ((isOut || isLazy) && taken.at(-1)!.trim() !== '') taken.push('');
			taken.push(line);
		}
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

/** Lines that never go on with a paragraph: what a list item held and any other line after it must not become one. */
const startsBlock = /^\s*$|^\s*(?:[-*+]|1[.)])\s+\S/;

/** In a list item a paragraph may go on with such a line at the margin; outside it would make a heading of it. */
const underline = /^ {0,3}(?:=+|-+)\s*$/;
