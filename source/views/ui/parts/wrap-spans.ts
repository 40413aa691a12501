import {cut, type Look, type Row, type Span, widthOf} from '../../../core/text/row.ts';

/** Breaks at blanks, keeping the look of each word; what goes on stands under the text after `indent`. */
export function wrapSpans(spans: Span[], width: number, indent = ''): Row[] {
	const lead = cut(indent, Math.max(0, Math.min(width >> 1, width - 2)));
	const paper = new Paper(Math.max(2, width), lead);
	for (const {text, ...look} of spans) {
		for (const piece of text.split(/(\n|[ \t]+)/)) {
			if (piece === '\n') paper.end();
			else if (piece.trim() === '') paper.blank(look);
			else paper.word(piece, look);
		}
	}
	return paper.rows();
}

class Paper {
	readonly #width: number;
	readonly #hanging: string;
	readonly #rows: Row[] = [];
	#row: Row;
	#used: number;
	#isFresh = true;
	#blank: Span | undefined;

	constructor(width: number, lead: string) {
		this.#width = width;
		this.#hanging = ' '.repeat(widthOf(lead));
		this.#row = lead ? [{text: lead}] : [];
		this.#used = widthOf(lead);
	}

	end(): void {
		this.#rows.push(this.#row);
		this.#row = this.#hanging ? [{text: this.#hanging}] : [];
		this.#used = this.#hanging.length;
		this.#isFresh = true;
		this.#blank = undefined;
	}

	blank(look: Look): void {
		if (!this.#isFresh) this.#blank = {text: ' ', ...look};
	}

	word(text: string, look: Look): void {
		const gap = this.#blank ? 1 : 0;
		if (this.#used + gap + widthOf(text) <= this.#width) {
			if (this.#blank) this.#put(this.#blank);
		} else if (!this.#isFresh && (gap > 0 || this.#used >= this.#width)) this.end();
		this.#blank = undefined;
		let rest = text;
		while (rest !== '') {
			const piece = cut(rest, this.#width - this.#used);
			if (piece !== '') this.#put({text: piece, ...look});
			rest = rest.slice(piece.length);
			if (rest !== '') this.end();
		}
	}

	rows(): Row[] {
		return this.#isFresh && this.#rows.length > 0 ? this.#rows : [...this.#rows, this.#row];
	}

	#put(span: Span): void {
		this.#row.push(span);
		this.#used += widthOf(span.text);
		this.#isFresh = false;
	}
}
