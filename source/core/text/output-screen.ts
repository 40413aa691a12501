import xterm from '@xterm/headless';
import {visibleLine} from './filter.ts';
import type {Colour} from './glyphs.ts';
import {HiddenRows, type ScreenLine} from './hidden-rows.ts';
import type {Row, Span} from './row.ts';
import {SecretFilter} from './secret-filter.ts';

/** More than this waiting to be drawn is skipped to its tail: nobody can read it, and the record has every byte. */
const longestQueue = 256 * 1024;
const tail = 64 * 1024;

export type OutputOptions = {
	rows?: number;
	/** Lines kept. */
	scrollback?: number;
	/** What is masked, in the text as it comes and where it stands on the screen; more of it may come to be known. */
	secrets?: () => string[];
};

/** What a task prints, as a terminal would show it: bytes in, rows of filtered text out. Never answers the host. */
export class OutputScreen {
	/** Changes with every piece that was drawn, and with the width. */
	version = 0;
	/** Bytes that were skipped because they came too fast to be drawn. */
	skipped = 0;
	readonly #terminal: InstanceType<typeof xterm.Terminal>;
	readonly #filter: SecretFilter;
	readonly #hidden: HiddenRows;
	readonly #decoder = new TextDecoder();
	#waiting: Uint8Array[] = [];
	#size = 0;
	#drawing: Promise<void> | undefined;

	constructor(columns: number, {rows = 24, scrollback = 10_000, secrets = () => []}: OutputOptions = {}) {
		this.#filter = new SecretFilter(secrets);
		this.#hidden = new HiddenRows(secrets, index => this.#line(index));
		this.#terminal = new xterm.Terminal({cols: columns, rows, scrollback, allowProposedApi: true, convertEol: true});
	}

	/** Takes bytes without drawing them; memory stays bounded. */
	push(bytes: Uint8Array): void {
		this.#waiting.push(bytes);
		this.#size += bytes.length;
		while (this.#size - this.#waiting[0]!.length >= longestQueue) {
			const {length} = this.#waiting.shift()!;
			this.#size -= length;
			this.skipped += length;
			this.#hasGap = true;
		}
	}

	/** Bytes that wait to be drawn. */
	get waiting(): number {
		return this.#size;
	}

	/** They come faster than anybody reads. */
	get isFlooded(): boolean {
		return this.#size >= tail;
	}

	/** Draws what was pushed so far; resolves once it can be read here. */
	async draw(): Promise<void> {
		await this.#drawing;
		if (this.#size === 0) return;
		const text = this.#take();
		this.#drawing = new Promise(resolve => this.#terminal.write(text, resolve));
		await this.#drawing;
		this.#drawing = undefined;
		this.#change();
	}

	/** Draws what was held back as the possible beginning of a secret: nothing more comes. */
	async end(): Promise<void> {
		await this.draw();
		const rest = this.#filter.end();
		if (rest === '') return;
		await new Promise<void>(resolve => this.#terminal.write(rest, resolve));
		this.#change();
	}

	/** Lines are wrapped anew for another width. */
	resize(columns: number): void {
		if (columns === this.#terminal.cols) return;
		this.#terminal.resize(columns, this.#terminal.rows);
		this.#change();
	}

	/** Lines with something on them, those scrolled away included. */
	get length(): number {
		const buffer = this.#terminal.buffer.active;
		let length = buffer.baseY + buffer.cursorY + 1;
		if (length > 0 && this.text(length - 1) === '') length -= 1;
		return Math.max(0, length);
	}

	text(index: number): string {
		const text = this.#terminal.buffer.active.getLine(index)?.translateToString(true) ?? '';
		return visibleLine(this.#hidden.cover(index, text).trimEnd());
	}

	/** True where the line goes on the one before. */
	isWrapped(index: number): boolean {
		return this.#terminal.buffer.active.getLine(index)?.isWrapped ?? false;
	}

	row(index: number): Row {
		const line = this.#terminal.buffer.active.getLine(index);
		if (!line) return [];
		const spans: Span[] = [];
		const covered = this.#hidden.cover(index, line.translateToString());
		const length = covered.trimEnd() === '' ? 0 : line.length;
		let place = 0;
		for (let at = 0; at < length; at++) {
			const cell = line.getCell(at)!;
			if (cell.getWidth() === 0) continue;
			const look = {
				...(cell.isFgPalette() && palette[cell.getFgColor()] && {colour: palette[cell.getFgColor()]!}),
				...(cell.isBold() && {bold: true}),
				...(cell.isInverse() && {inverse: true}),
			};
			const {length: units} = cell.getChars() || ' ';
			const text = visibleLine(covered.slice(place, place + units));
			place += units;
			const last = spans.at(-1);
			if (last && last.colour === look.colour && last.bold === look.bold && last.inverse === look.inverse)
				last.text += text;
			else spans.push({text, ...look});
		}
		const end = spans.at(-1);
		if (end && !end.inverse) end.text = end.text.trimEnd();
		return end?.text === '' ? spans.slice(0, -1) : spans;
	}

	dispose(): void {
		this.#terminal.dispose();
	}

	#line(index: number): ScreenLine | undefined {
		const {active} = this.#terminal.buffer;
		const line = active.getLine(index);
		const isTrimmed = !active.getLine(index + 1)?.isWrapped;
		return line && {text: line.translateToString(isTrimmed), isWrapped: line.isWrapped};
	}

	#change(): void {
		this.#hidden.forget();
		this.version++;
	}

	#hasGap = false;

	/** Whole lines from where something was skipped, so that neither a sequence nor a secret is cut in half. */
	#take(): string {
		let bytes: Uint8Array = this.#waiting.length === 1 ? this.#waiting[0]! : Buffer.concat(this.#waiting);
		this.#waiting = [];
		this.#size = 0;
		const before = bytes.length;
		if (bytes.length > longestQueue) bytes = bytes.subarray(bytes.length - tail);
		const isCut = this.#hasGap || bytes.length < before;
		if (isCut) bytes = bytes.subarray(Math.max(0, bytes.indexOf(lineFeed)));
		this.skipped += before - bytes.length;
		this.#hasGap = false;
		const text = this.#decoder.decode(bytes, {stream: true});
		// A control string that nothing ends would hide what follows: CAN ends it with its line.
		const cleaned = (isCut ? this.#filter.writeAfterGap(text) : this.#filter.write(text)).replaceAll('\n', '\x18\n');
		return isCut ? `${gap}${cleaned}` : cleaned;
	}
}

const lineFeed = 10;
/** Ends what a cut may have left open: a control string, a colour. */
const gap = '\x18\x1b[0m\r\n[too fast to be shown; the record has every byte]';

/** The 16 colours as we draw them; blue cannot be read on black, so it is drawn as cyan. */
const palette: Partial<Record<number, Colour>> = {
	1: 'red',
	2: 'green',
	3: 'yellow',
	4: 'cyan',
	5: 'magenta',
	6: 'cyan',
	9: 'red',
	10: 'green',
	11: 'yellow',
	12: 'cyan',
	13: 'magenta',
	14: 'cyan',
};
