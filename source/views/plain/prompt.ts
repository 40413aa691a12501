import type {Readable, Writable} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';
import {setTimeout as wait} from 'node:timers/promises';
import type {Paper} from './paper.ts';
import {SecretBytes} from './secret-bytes.ts';

type Keyboard = Readable & {setRawMode?(mode: boolean): unknown; isRaw?: boolean};
type Terminal = Writable & {columns?: number; rows?: number};

/**
 * Lines from a person, and the paper that they read meanwhile. What was typed before a question is thrown away, and so is
 * what comes in the first half second after it: tired hands answer questions that they have not read. Only then the
 * prompt stands there.
 */
export class Prompt implements Paper {
	readonly #keyboard: Keyboard;
	readonly #terminal: Terminal;
	/** Milliseconds. */
	readonly #quiet: number;
	#buffer = '';
	#take: ((line: string | undefined) => void) | undefined;
	/** The words of the question that stands on the last line. */
	#words = '';
	/** Where a secret goes while it is typed. */
	#secret: SecretBytes | undefined;
	readonly #decoder = new StringDecoder('utf8');
	#hasEnded = false;
	/** When the last key came. */
	#typed = 0;

	constructor(keyboard: Keyboard, terminal: Terminal, quiet = 500) {
		this.#keyboard = keyboard;
		this.#terminal = terminal;
		this.#quiet = quiet;
		keyboard.on('data', this.#onData);
		keyboard.on('end', this.#onEnd);
		// A terminal that was closed.
		keyboard.on('error', this.#onEnd);
		terminal.write(pastesMarked);
	}

	get columns(): number | undefined {
		return this.#terminal.columns ?? 80;
	}

	get rows(): number | undefined {
		return this.#terminal.rows ?? 24;
	}

	get isAsking(): boolean {
		return this.#take !== undefined;
	}

	/** What comes while a question stands goes below it, and the question is repeated. */
	write(text: string): void {
		this.#terminal.write(this.#words === '' ? text : `\n${text}${this.#words}`);
	}

	/** An answer to what was just drawn: a key or a name; `pasted` for whatever was not typed. Undefined where the input has ended. */
	async answer(words: string, signal: AbortSignal): Promise<string | typeof pasted | undefined> {
		await this.hush(signal);
		const line = await this.#line(words, signal);
		if (line?.includes(pasteBegin)) return pasted;
		return line?.replaceAll(pasteEnd, '').trim();
	}

	/** Words of the person's own. */
	async text(words: string, signal: AbortSignal): Promise<string | undefined> {
		const line = await this.#line(words, signal);
		return line?.replaceAll(pasteBegin, '').replaceAll(pasteEnd, '').trim();
	}

	/** A line that is not shown while it is typed. */
	async secret(words: string, signal: AbortSignal): Promise<Buffer | undefined> {
		const secret = new SecretBytes();
		this.#secret = secret;
		this.#keyboard.setRawMode?.(true);
		try {
			const line = await this.#line(words, signal);
			this.#terminal.write('\n');
			return line === undefined ? undefined : secret.take();
		} catch (error) {
			await this.#silence();
			throw error;
		} finally {
			this.#secret = undefined;
			secret.wipe();
			this.#keyboard.setRawMode?.(false);
		}
	}

	/** Lets an editor have the terminal. */
	async lend<T>(use: () => T): Promise<T> {
		this.#keyboard.pause();
		try {
			return use();
		} finally {
			this.#keyboard.resume();
		}
	}

	close(): void {
		this.#keyboard.off('data', this.#onData);
		this.#keyboard.off('end', this.#onEnd);
		this.#keyboard.pause();
		this.#terminal.write(pastesUnmarked);
	}

	async #line(words: string, signal: AbortSignal): Promise<string | undefined> {
		signal.throwIfAborted();
		if (this.#hasEnded) return undefined;
		this.#terminal.write(words);
		this.#words = words;
		this.#buffer = '';
		try {
			return await new Promise<string | undefined>((resolve, reject) => {
				this.#take = resolve;
				signal.addEventListener('abort', () => reject(signal.reason), {once: true});
			});
		} catch (error) {
			this.#terminal.write('\n');
			throw error;
		} finally {
			this.#take = undefined;
			this.#words = '';
			this.#buffer = '';
		}
	}

	/** Keys are taken one by one for a moment, unseen, so that the terminal keeps none of them for the next line. */
	async hush(signal: AbortSignal): Promise<void> {
		this.#keyboard.setRawMode?.(true);
		try {
			await wait(this.#quiet, undefined, {signal});
		} finally {
			this.#keyboard.setRawMode?.(false);
		}
	}

	/** Whoever is still typing a secret that nobody waits for any more sees nothing of it on the terminal. */
	async #silence(): Promise<void> {
		const limit = performance.now() + 20 * this.#quiet;
		do await wait(this.#quiet / 5);
		while (performance.now() < Math.min(limit, this.#typed + this.#quiet));
	}

	readonly #onData = (chunk: Buffer | string): void => {
		this.#typed = performance.now();
		const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
		if (this.#keyboard.isRaw && bytes.includes(interrupt)) process.kill(process.pid, 'SIGINT');
		if (this.#secret) this.#typeSecret(this.#secret, bytes);
		else if (this.#take) this.#typeLine(this.#take, this.#decoder.write(bytes));
	};

	#typeSecret(secret: SecretBytes, bytes: Buffer): void {
		const isNone = bytes.length === 1 && bytes[0] === endOfInput;
		if (isNone) this.#take?.(undefined);
		else if (secret.type(bytes)) this.#take?.('');
	}

	#typeLine(take: (line: string) => void, text: string): void {
		this.#buffer += text;
		const end = this.#buffer.search(/[\r\n]/);
		if (end >= 0) take(this.#buffer.slice(0, end));
	}

	readonly #onEnd = (): void => {
		this.#hasEnded = true;
		this.#take?.(undefined);
	};
}

// Bracketed paste: the terminal says what was pasted (xterm's control sequences, "Bracketed Paste Mode").
const pastesMarked = '\x1b[?2004h';
const pastesUnmarked = '\x1b[?2004l';
/** Stands for an answer that was pasted: such a thing never acts. */
export const pasted = Symbol('pasted');
const pasteBegin = '\x1b[200~';
const pasteEnd = '\x1b[201~';

/** ctrl-c and ctrl-d, which are keys like others in raw mode. */
const [interrupt, endOfInput] = [3, 4];
