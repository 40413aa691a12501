import xterm from '@xterm/headless';
import {visibleLine} from './filter.ts';
import type {Colour} from './glyphs.ts';
import {HiddenRows, type ScreenLine} from './hidden-rows.ts';
import type {Look, Row, Span} from './row.ts';
import {SecretFilter} from './secret-filter.ts';

/** More than this waiting to be drawn is skipped to its tail: nobody can read it, and the record has every byte. */
const longestQueue = 256 * 1024;
const tail = 64 * 1024;

export type OutputOptions = {
	rows?: number;
	/** The task has a terminal of this size: what it draws is drawn as there. */
	isTerminal?: boolean;
	/** Lines kept. */
	scrollback?: number;
	/** What is masked, in the text as it comes and where it stands on the screen; more of it may come to be known. */
	secrets?: () => string[];
};

/** What a program has asked of its terminal that changes what keys send. */
export type KeyModes = {
	/** DECCKM: cursor keys as ESC O A. */
	isCursorApplication: boolean;
	/** What is pasted is marked as such. */
	marksPastes: boolean;
};

/**
 * What a task prints, as a terminal would show it: bytes in, rows of filtered text out. Answers the host only where
 * somebody listens for the answers, who types into the task.
 */
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
	/** What the terminal answers to a program that asks it where its cursor is, or what it is. */
	onReply: ((reply: string) => void) | undefined;
	/** Line feeds are line ends: until it shows that a terminal has made CR LF of them, or has left them alone. */
	#isUndecided: boolean;
	#hasCursor = true;

	constructor(
		columns: number,
		{rows = 24, isTerminal = false, scrollback = 10_000, secrets = () => []}: OutputOptions = {},
	) {
		this.#isUndecided = isTerminal;
		this.#filter = new SecretFilter(secrets);
		this.#hidden = new HiddenRows(secrets, index => this.#line(index));
		this.#terminal = new xterm.Terminal({cols: columns, rows, scrollback, allowProposedApi: true, convertEol: true});
		this.#terminal.onData(reply => {
			if (answers.test(reply)) this.onReply?.(reply);
		});
		for (const [final, isShown] of [['h', true] as const, ['l', false] as const]) {
			this.#terminal.parser.registerCsiHandler({prefix: '?', final}, modes => {
				if (modes.includes(25)) this.#hasCursor = isShown;
				return false;
			});
		}
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
	resize(columns: number, rows = this.#terminal.rows): void {
		if (columns === this.#terminal.cols && rows === this.#terminal.rows) return;
		this.#terminal.resize(columns, rows);
		this.#change();
	}

	get modes(): KeyModes {
		const {applicationCursorKeysMode, bracketedPasteMode} = this.#terminal.modes;
		return {isCursorApplication: applicationCursorKeysMode, marksPastes: bracketedPasteMode};
	}

	/** The screen as it stands, each line of it, with the cursor in inverse. */
	screen(): Row[] {
		const {baseY, cursorX, cursorY} = this.#terminal.buffer.active;
		return Array.from({length: this.#terminal.rows}, (_, at) =>
			this.#rowOf(baseY + at, this.#hasCursor && at === cursorY ? cursorX : undefined, true),
		);
	}

	/** Lines with something on them, those scrolled away included. */
	get length(): number {
		const buffer = this.#terminal.buffer.active;
		// A full screen has lines below its cursor.
		let length = buffer.baseY + this.#terminal.rows;
		while (length > buffer.baseY + buffer.cursorY + 1 && this.text(length - 1) === '') length -= 1;
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
		return this.#rowOf(index);
	}

	dispose(): void {
		this.#terminal.dispose();
	}

	/** `isWhole` keeps what is only background; `cursor` is the cell that it stands on. */
	#rowOf(index: number, cursor?: number, isWhole = false): Row {
		const line = this.#terminal.buffer.active.getLine(index);
		if (!line) return [];
		const spans: Span[] = [];
		const covered = this.#hidden.cover(index, line.translateToString());
		const length = covered.trimEnd() === '' && !isWhole ? 0 : line.length;
		let place = 0;
		for (let at = 0; at < length; at++) {
			const cell = line.getCell(at)!;
			if (cell.getWidth() === 0) continue;
			const background = cell.isBgPalette() ? shades[cell.getBgColor()] : undefined;
			const colour = cell.isFgPalette() ? (background ? shades : palette)[cell.getFgColor()] : undefined;
			const look = {
				...(colour && {colour}),
				...(background && {background}),
				...(cell.isBold() && {bold: true}),
				...(Boolean(cell.isInverse()) !== (at === cursor) && {inverse: true}),
			};
			const {length: units} = cell.getChars() || ' ';
			const text = visibleLine(covered.slice(place, place + units));
			place += units;
			const last = spans.at(-1);
			if (last && isSameLook(last, look)) last.text += text;
			else spans.push({text, ...look});
		}
		const end = spans.at(-1);
		if (end && !end.inverse && !end.background) end.text = end.text.trimEnd();
		return end?.text === '' ? spans.slice(0, -1) : spans;
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
		if (this.#isUndecided && terminalAtWork.test(text)) {
			this.#isUndecided = false;
			this.#terminal.options.convertEol = false;
		}
		// A control string that nothing ends would hide what follows: CAN ends it with its line.
		const cleaned = (isCut ? this.#filter.writeAfterGap(text) : this.#filter.write(text)).replaceAll('\n', '\x18\n');
		return isCut ? `${gap}${cleaned}` : cleaned;
	}
}

const lineFeed = 10;
/** Ends what a cut may have left open: a control string, a colour. */
const gap = '\x18\x1b[0m\r\n[too fast to be shown; the record has every byte]';

const isSameLook = (one: Look, other: Look): boolean =>
	one.colour === other.colour &&
	one.background === other.background &&
	one.bold === other.bold &&
	one.inverse === other.inverse;

/** DSR (here I am, the cursor is there), primary and secondary DA: nothing that could carry what stands on the screen. */
const answers = /^\x1b\[(?:0n|\d+;\d+R|\?[\d;]+c|>[\d;]+c)$/;

/** A terminal at work: it ends lines with CR LF, or was asked for one of its modes. */
const terminalAtWork = /\r\n|\x1b\[\?/;

/** The 16 colours as they are, where a program has set what is behind its text. */
const shades: (Colour | undefined)[] = [
	...(['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const),
	...(['gray', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const),
];

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
