/** Lines of a terminal as far as matching needs them: one current line that can be overwritten, finished ones before it. */
export class LineBuffer {
	#finished = '';
	#line = emptyLine();
	/** The current line of the time when the cursor was saved and then left it. */
	#held: Line | undefined;
	#isSaved = false;

	/** Text without control characters other than tab, LF and CRLF. */
	put(lines: string) {
		const text = lines.replaceAll('\r\n', '\n');
		const first = text.indexOf('\n');
		if (first < 0) return this.#write(text);
		const last = text.lastIndexOf('\n');
		this.#write(text.slice(0, first));
		this.break();
		this.#finished += text.slice(first + 1, last + 1);
		this.#write(text.slice(last + 1));
	}

	break() {
		this.#finished += `${textOf(this.#line)}\n`;
		this.#line = emptyLine();
	}

	/** Carriage return. */
	start() {
		if (this.#line.text !== '' || this.#line.cells) this.#line.cursor = 0;
	}

	back() {
		const {cells, cursor} = this.#opened();
		this.#line.cursor = Math.max(0, (cursor ?? cells.length) - 1);
	}

	/** A control sequence: its last character and its parameters. Those that it does not know change nothing. */
	move(final: string, parameters: string) {
		const count = Math.max(1, Number.parseInt(parameters, 10) || 1);
		if (final === 'C') this.#goTo(this.#column() + count);
		else if (final === 'D') this.#goTo(this.#column() - count);
		else if (final === 'G') this.#goTo(count - 1);
		else if (final === 'K') this.#erase(parameters);
		else if (final === 'J' && /^0?$/.test(parameters)) this.#erase('0');
		else if (final === 's') this.#isSaved = true;
		else if (final === 'u') this.#restore();
		else if ('ABEFHdf'.includes(final)) this.#leave();
	}

	/** The finished lines since the last call. */
	taken(): string {
		const text = this.#finished;
		this.#finished = '';
		return text;
	}

	end(): string {
		this.#restore();
		const text = this.#finished + textOf(this.#line);
		this.#finished = '';
		this.#line = emptyLine();
		return text;
	}

	#write(text: string) {
		const line = this.#line;
		if (line.cursor === undefined && !line.cells) line.text += text;
		else {
			const {cells} = this.#opened();
			let at = line.cursor ?? cells.length;
			for (const character of text) cells[at++] = character;
			line.cursor = at < cells.length ? at : undefined;
		}
		if ((line.cells?.length ?? line.text.length) < longest) return;
		this.#finished += textOf(line);
		this.#line = emptyLine();
	}

	/** The current line as cells, made when something goes back in it for the first time. */
	#opened(): Line & {cells: string[]} {
		const line = this.#line;
		line.cells ??= [...line.text];
		return line as Line & {cells: string[]};
	}

	#column(): number {
		return this.#line.cursor ?? this.#opened().cells.length;
	}

	/** Beyond the end of the line one blank stands for the gap: enough for a pattern, and no way to inflate output. */
	#goTo(column: number) {
		const {cells} = this.#opened();
		if (column > cells.length) cells.push(' ');
		this.#line.cursor = column < cells.length ? Math.max(0, column) : undefined;
	}

	#erase(mode: string) {
		const {cells} = this.#opened();
		const column = this.#column();
		if (mode === '2') cells.length = 0;
		else if (mode !== '1') cells.length = column;
		this.#goTo(column);
	}

	/** The cursor goes to another row. apt's progress bar does so from the middle of a line and comes back to it. */
	#leave() {
		if (this.#isSaved && !this.#held) {
			this.#held = this.#line;
			this.#line = emptyLine();
		} else if (this.#line.text !== '' || this.#line.cells?.length) this.break();
	}

	#restore() {
		this.#isSaved = false;
		if (!this.#held) return;
		if (textOf(this.#line) !== '') this.break();
		this.#line = this.#held;
		this.#held = undefined;
	}
}

/** `cells` replaces `text` once something was overwritten; without a cursor the end of the line is written next. */
type Line = {text: string; cells?: string[]; cursor?: number | undefined};

const emptyLine = (): Line => ({text: ''});
const textOf = ({text, cells}: Line): string => cells?.join('') ?? text;
const longest = 65_536;
