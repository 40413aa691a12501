// A terminal in memory: what a program writes goes through an emulator, and what is typed comes out as its input.
import {PassThrough, Writable} from 'node:stream';
import xterm from '@xterm/headless';

export class TestTerminal {
	readonly emulator: InstanceType<typeof xterm.Terminal>;
	readonly stdout: NodeJS.WriteStream;
	readonly stdin: NodeJS.ReadStream;
	readonly stderr: NodeJS.WriteStream;
	/** All that was written, as it was. */
	written = '';
	errors = '';
	isRaw = false;
	#waiting = 0;

	constructor(columns = 80, rows = 24) {
		this.emulator = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, convertEol: true});
		this.stdout = Object.assign(
			new Writable({
				decodeStrings: false,
				write: (chunk, _encoding, done) => {
					this.written += chunk;
					this.#waiting++;
					this.emulator.write(String(chunk), () => {
						this.#waiting--;
						done();
					});
				},
			}),
			{isTTY: true, columns, rows, getColorDepth: () => 4, hasColors: () => true},
		) as unknown as NodeJS.WriteStream;
		this.stderr = new Writable({
			write: (chunk, _encoding, done) => {
				this.errors += chunk;
				done();
			},
		}) as unknown as NodeJS.WriteStream;
		this.stdin = Object.assign(new PassThrough(), {
			isTTY: true,
			setRawMode: (isRaw: boolean) => {
				this.isRaw = isRaw;
				return this.stdin;
			},
			ref: () => undefined,
			unref: () => undefined,
		}) as unknown as NodeJS.ReadStream;
	}

	/** What is on the screen, line by line, without trailing blanks. */
	get lines(): string[] {
		const {active} = this.emulator.buffer;
		return Array.from({length: this.emulator.rows}, (_, at) =>
			(active.getLine(active.baseY + at)?.translateToString(true) ?? '').trimEnd(),
		);
	}

	get text(): string {
		return this.lines.join('\n');
	}

	get isAlternate(): boolean {
		return this.emulator.buffer.active.type === 'alternate';
	}

	type(keys: string): void {
		(this.stdin as unknown as PassThrough).write(keys);
	}

	resize(columns: number, rows: number): void {
		this.emulator.resize(columns, rows);
		Object.assign(this.stdout, {columns, rows});
		this.stdout.emit('resize');
	}

	/** Resolves once the screen is as asked for; rejects after a while, with what is on it. */
	async until(condition: (text: string) => boolean, milliseconds = 8000): Promise<string> {
		const limit = performance.now() + milliseconds;
		while (!(this.#waiting === 0 && condition(this.text))) {
			if (performance.now() > limit) throw new Error(`The screen never was as expected:\n${this.text}`);
			await new Promise(resolve => setTimeout(resolve, 5));
		}
		return this.text;
	}

	async shows(...texts: string[]): Promise<string> {
		return await this.until(text => texts.every(each => text.includes(each)));
	}
}

/** Keys as terminals send them. */
export const keys = {
	enter: '\r',
	escape: '\x1b',
	up: '\x1b[A',
	down: '\x1b[B',
	right: '\x1b[C',
	left: '\x1b[D',
	pageUp: '\x1b[5~',
	pageDown: '\x1b[6~',
	backspace: '\x7f',
	tab: '\t',
	control: (letter: string) => String.fromCharCode(letter.charCodeAt(0) - 96),
	paste: (text: string) => `\x1b[200~${text}\x1b[201~`,
};
