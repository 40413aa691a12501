import xterm from '@xterm/headless';
import {visibleLine} from './filter.ts';
import type {Colour} from './glyphs.ts';
import type {Row, Span} from './row.ts';

/** More than this waiting to be drawn is skipped to its tail: nobody can read it, and the record has every byte. */
const longestQueue = 512 * 1024;

/** What a task prints, as a terminal would show it: bytes in, rows of filtered text out. Never answers the host. */
export class OutputScreen {
	readonly columns: number;
	/** Changes with every piece that was drawn. */
	version = 0;
	/** Bytes that were skipped because they came too fast to be drawn. */
	skipped = 0;
	readonly #terminal: InstanceType<typeof xterm.Terminal>;
	#waiting: Uint8Array[] = [];
	#size = 0;
	#drawing: Promise<void> | undefined;

	constructor(columns: number, rows = 24, scrollback = 10_000) {
		this.columns = columns;
		this.#terminal = new xterm.Terminal({cols: columns, rows, scrollback, allowProposedApi: true, convertEol: true});
	}

	/** Resolves once what was given so far is drawn. */
	async write(bytes: Uint8Array): Promise<void> {
		this.#waiting.push(bytes);
		this.#size += bytes.length;
		this.#drawing ??= this.#draw();
		await this.#drawing;
	}

	/** Lines with something on them, those scrolled away included. */
	get length(): number {
		const buffer = this.#terminal.buffer.active;
		let length = buffer.baseY + buffer.cursorY + 1;
		if (length > 0 && this.text(length - 1) === '') length -= 1;
		return Math.max(0, length);
	}

	text(index: number): string {
		return visibleLine(this.#terminal.buffer.active.getLine(index)?.translateToString(true) ?? '');
	}

	/** True where the line goes on the one before. */
	isWrapped(index: number): boolean {
		return this.#terminal.buffer.active.getLine(index)?.isWrapped ?? false;
	}

	row(index: number): Row {
		const line = this.#terminal.buffer.active.getLine(index);
		if (!line) return [];
		const spans: Span[] = [];
		const length = line.translateToString(true).length === 0 ? 0 : line.length;
		for (let at = 0; at < length; at++) {
			const cell = line.getCell(at)!;
			if (cell.getWidth() === 0) continue;
			const look = {
				...(cell.isFgPalette() && palette[cell.getFgColor()] && {colour: palette[cell.getFgColor()]!}),
				...(cell.isBold() && {bold: true}),
				...(cell.isInverse() && {inverse: true}),
			};
			const text = visibleLine(cell.getChars() || ' ');
			const last = spans.at(-1);
			if (last && last.colour === look.colour && last.bold === look.bold && last.inverse === look.inverse)
				last.text += text;
			else spans.push({text, ...look});
		}
		const end = spans.at(-1);
		if (end && !end.inverse) end.text = end.text.trimEnd();
		return spans;
	}

	dispose(): void {
		this.#terminal.dispose();
	}

	async #draw(): Promise<void> {
		while (this.#waiting.length > 0) {
			const bytes = this.#take();
			await new Promise<void>(resolve => this.#terminal.write(bytes, resolve));
			this.version++;
		}
		this.#drawing = undefined;
	}

	#take(): Uint8Array {
		const all = this.#waiting.length === 1 ? this.#waiting[0]! : Buffer.concat(this.#waiting);
		this.#waiting = [];
		this.#size = 0;
		if (all.length <= longestQueue) return all;
		this.skipped += all.length - longestQueue;
		return all.subarray(all.length - longestQueue);
	}
}

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
