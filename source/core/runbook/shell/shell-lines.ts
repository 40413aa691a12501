/** Whether lines typed so far are a whole command: follows quotes, here-documents and trailing marks, line by line. */
export class ShellLines {
	#quote = '';
	#documents: {delimiter: string; isIndented: boolean}[] = [];
	#isContinued = false;
	#endsOpen = false;

	/** In a quote, a here-document or after a backslash: the next line belongs to the command. */
	get isOpen(): boolean {
		return this.#quote !== '' || this.#documents.length > 0 || this.#isContinued;
	}

	/** After an operator or `do`, `then`, `{`: the next line belongs to the command if it is typed at all. */
	get expectsMore(): boolean {
		return this.#endsOpen;
	}

	get isInDocument(): boolean {
		return this.#documents.length > 0;
	}

	push(line: string) {
		const document = this.#documents[0];
		if (document && this.#quote === '' && !this.#isContinued) {
			if ((document.isIndented ? line.replace(/^\t+/, '') : line) === document.delimiter) this.#documents.shift();
			return;
		}
		this.#isContinued = false;
		const opened = this.#read(line);
		this.#documents.push(...opened);
		this.#endsOpen = this.#quote === '' && /(\||&&|(^|[\s;])(do|then|else|\{|\())\s*$/.test(line.slice(-200));
	}

	/** Here-documents that a line opens; keeps the quote that it leaves open. */
	#read(line: string) {
		const opened: {delimiter: string; isIndented: boolean}[] = [];
		for (let at = 0; at < line.length; at++) {
			const character = line[at]!;
			if (this.#quote === "'") {
				if (character === "'") this.#quote = '';
			} else if (character === '\\') {
				if (at === line.length - 1) this.#isContinued = true;
				at++;
			} else if (this.#quote === '"') {
				if (character === '"') this.#quote = '';
			} else if (character === "'" || character === '"') this.#quote = character;
			else if (character === '#' && (at === 0 || /\s/.test(line[at - 1]!))) break;
			else if (line.startsWith('<<<', at)) at += 2;
			else if (line.startsWith('<<', at)) {
				const document = hereDocumentAt(line, at);
				if (document) opened.push(document);
				at = document?.end ?? at + 1;
			}
		}
		return opened;
	}
}

const opening = /<<(-?)[ \t]*(?:\\?([\w.!-]+)|'([^'\n]*)'|"([^"\n]*)")/y;

/** The here-document whose `<<` stands at an offset; `end` is the last character of its delimiter. */
export function hereDocumentAt(text: string, at: number) {
	opening.lastIndex = at;
	const match = opening.exec(text);
	if (!match) return undefined;
	const delimiter = match[2] ?? match[3] ?? match[4]!;
	const isQuoted = match[2] === undefined || match[0].includes('\\');
	return {delimiter, isIndented: match[1] === '-', isQuoted, end: at + match[0].length - 1};
}
