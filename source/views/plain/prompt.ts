import type {Readable, Writable} from 'node:stream';

/**
 * Lines from a person. What was typed before a question is thrown away, and so is what comes in the first half second
 * after it: tired hands answer questions that they have not read.
 */
export class Prompt {
	readonly #stdin: Readable & {setRawMode?(mode: boolean): void; isTTY?: boolean};
	readonly #stdout: Writable;
	readonly #quiet: number;
	#buffer = '';
	#take: ((line: string) => void) | undefined;
	#since = 0;
	#isSecret = false;

	constructor(stdin: Readable, stdout: Writable, quiet = 500) {
		this.#stdin = stdin;
		this.#stdout = stdout;
		this.#quiet = quiet;
		stdin.setEncoding('utf8');
		stdin.on('data', this.#onData);
		stdin.on('end', this.#onEnd);
	}

	/** Undefined where the input has ended. */
	async line(words: string, signal: AbortSignal): Promise<string | undefined> {
		this.#stdout.write(words);
		this.#buffer = '';
		this.#since = Date.now();
		return await new Promise<string | undefined>((resolve, reject) => {
			const abort = () => reject(signal.reason);
			signal.addEventListener('abort', abort, {once: true});
			this.#take = line => {
				this.#take = undefined;
				signal.removeEventListener('abort', abort);
				resolve(line === '\0' ? undefined : line);
			};
		});
	}

	/** A line that is not shown while it is typed. */
	async secret(words: string, signal: AbortSignal): Promise<Buffer | undefined> {
		this.#isSecret = true;
		this.#stdin.setRawMode?.(true);
		try {
			const line = await this.line(words, signal);
			this.#stdout.write('\n');
			return line === undefined ? undefined : Buffer.from(line);
		} finally {
			this.#isSecret = false;
			this.#stdin.setRawMode?.(false);
			this.#buffer = '';
		}
	}

	close(): void {
		this.#stdin.off('data', this.#onData);
		this.#stdin.off('end', this.#onEnd);
		this.#stdin.pause();
	}

	readonly #onData = (text: string): void => {
		if (this.#isSecret && text.includes('\x03')) process.kill(process.pid, 'SIGINT');
		if (!this.#take || Date.now() - this.#since < this.#quiet) return;
		this.#buffer = this.#isSecret ? erased(this.#buffer + text) : this.#buffer + text;
		const end = this.#buffer.search(/[\r\n]/);
		if (end >= 0) this.#take(this.#buffer.slice(0, end));
	};

	readonly #onEnd = (): void => this.#take?.('\0');
}

/** In raw mode the terminal does not erase for us. */
function erased(text: string): string {
	let kept = '';
	for (const character of text)
		kept = character === '\x7f' || character === '\b' ? kept.slice(0, -1) : kept + character;
	return kept;
}
