import type {Place} from '../model.ts';

/** Finds where offsets of an inline text stand in the document; ascending offsets cost linear time together. */
export class InlinePlaces {
	readonly #lines: string[];
	readonly #texts: string[];
	#line: number;
	#begin = 0;
	#index = 0;
	#column: number;

	/** `firstLine` (from 0): the line in which the text begins. */
	constructor(content: string, firstLine: number, lines: string[]) {
		this.#lines = lines;
		this.#texts = content.split('\n');
		this.#line = firstLine;
		this.#column = this.#findColumn();
	}

	/** Offsets must not descend. */
	at(offset: number): Place {
		while (this.#index < this.#texts.length - 1 && offset > this.#begin + this.#texts[this.#index]!.length) {
			this.#begin += this.#texts[this.#index]!.length + 1;
			this.#index++;
			this.#line++;
			this.#column = this.#findColumn();
		}
		return {line: this.#line + 1, column: this.#column + offset - this.#begin + 1};
	}

	#findColumn(): number {
		return Math.max(0, (this.#lines[this.#line] ?? '').indexOf(this.#texts[this.#index]!));
	}
}
