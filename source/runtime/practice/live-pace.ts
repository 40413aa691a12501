import {setImmediate as breathe} from 'node:timers/promises';
import {editTyped} from './edit-typed.ts';
import type {Moment, Pace, Signal} from './machine.ts';
import type {Input, Progress} from './saved.ts';

/**
 * Time of the server as somebody watches it pass. What had passed already when the program was killed passes at once,
 * and whatever reached the script then reaches it again at the same moment: so that it prints the same bytes.
 */
export class LivePace implements Pace {
	readonly #progress: Progress;
	readonly #speed: number;
	readonly #changed: () => void;
	/** Gates that were passed in an earlier life. */
	readonly #known: number;
	#gates = 0;
	#read = 0;
	#pending = '';
	/** The script waits for a line. */
	isReading = false;
	#waiting: {from: number; since: number; until: number; wake: () => void} | undefined;
	#isClosed = false;

	/** `speed` is how much faster than a real server it is; 0 waits for nothing. */
	constructor(progress: Progress, speed: number, changed: () => void) {
		this.#progress = progress;
		this.#known = progress.gates;
		this.#speed = speed;
		this.#changed = changed;
	}

	async wait(from: number, milliseconds: number): Promise<Moment> {
		const gate = await this.#enter();
		if (milliseconds === 0) await breathe();
		if (gate > this.#known && !this.#signal(gate))
			await this.#until(from, milliseconds, () => this.#signal(gate) !== undefined);
		return this.#isClosed ? left(from) : this.#leave(gate, from + milliseconds);
	}

	async line(
		from: number,
		milliseconds = Number.POSITIVE_INFINITY,
		echo?: (typed: Buffer) => void,
	): Promise<Moment & {line?: string}> {
		const gate = await this.#enter();
		const isHere = () => this.#signal(gate) !== undefined || this.#hasLine(gate, echo);
		this.isReading = true;
		if (gate > this.#known && !isHere()) await this.#until(from, milliseconds, isHere);
		this.isReading = false;
		if (this.#isClosed) return left(from);
		const line = this.#signal(gate) ? undefined : this.#takeLine(gate, echo);
		const arrived = this.#progress.inputs.findLast(input => input.gate === gate)?.at ?? from;
		const end = line === undefined && Number.isFinite(milliseconds) ? from + milliseconds : Math.max(from, arrived);
		return {...this.#leave(gate, end), ...(line !== undefined && {line})};
	}

	/** The server's clock now. */
	now(): number {
		const {from, since, until} = this.#waiting ?? {from: this.#progress.at, since: 0, until: this.#progress.at};
		return Math.min(until, from + (performance.now() - since) * (this.#speed || 1));
	}

	/** Bytes for the script, or a signal; kept before it takes effect. */
	async deliver(what: {kind: 'bytes'; bytes: string} | {kind: Signal}, keep: () => Promise<void>): Promise<void> {
		const gate = this.#waiting ? this.#gates : this.#gates + 1;
		this.#progress.inputs.push({gate, at: Math.round(this.now()), ...what} as Input);
		await keep();
		this.#waiting?.wake();
	}

	/** Ends what is under way without a trace: what is kept of it stays as it is. */
	close(): void {
		this.#isClosed = true;
		this.#waiting?.wake();
	}

	async #enter(): Promise<number> {
		this.#gates += 1;
		if (this.#gates % 20 === 0) await breathe();
		return this.#gates;
	}

	#leave(gate: number, end: number): Moment {
		const signal = this.#signal(gate);
		const at = signal ? Math.max(this.#progress.at, signal.at) : end;
		if (gate > this.#known) {
			Object.assign(this.#progress, {gates: gate, at});
			this.#changed();
		}
		return signal ? {at, signal: signal.kind as Signal} : {at};
	}

	#signal(gate: number): Input | undefined {
		return this.#progress.inputs.find(input => input.gate === gate && input.kind !== 'bytes');
	}

	async #until(from: number, milliseconds: number, isOver: () => boolean): Promise<void> {
		const real = Number.isFinite(milliseconds) ? (this.#speed === 0 ? 0 : milliseconds / this.#speed) : undefined;
		if (this.#isClosed || (real !== undefined && real <= 0)) return;
		const {promise, resolve} = Promise.withResolvers<void>();
		const timer = real === undefined ? undefined : setTimeout(resolve, Math.min(real, 2 ** 31 - 1));
		const wake = () => {
			if (this.#isClosed || isOver()) resolve();
		};
		this.#waiting = {from, since: performance.now(), until: from + milliseconds, wake};
		await promise;
		clearTimeout(timer);
		this.#waiting = undefined;
	}

	#hasLine(gate: number, echo?: (typed: Buffer) => void): boolean {
		const {inputs} = this.#progress;
		for (; this.#read < inputs.length && inputs[this.#read]!.gate <= gate; this.#read++) {
			const input = inputs[this.#read]!;
			if (input.kind !== 'bytes') continue;
			if (!echo) this.#pending += input.bytes;
			else this.#pending = editTyped(this.#pending, input.bytes, text => echo(Buffer.from(text, 'latin1')));
		}
		return /[\n\r\x04]/.test(this.#pending);
	}

	/** A line without its end; none at the end of the input, which a terminal's control-D is. */
	#takeLine(gate: number, echo?: (typed: Buffer) => void): string | undefined {
		if (!this.#hasLine(gate, echo)) return undefined;
		const [, line = '', end] = /^([^\n\r\x04]*)([\n\r\x04])/.exec(this.#pending)!;
		this.#pending = this.#pending.slice(line.length + 1);
		return end === '\x04' && line === '' ? undefined : Buffer.from(line, 'latin1').toString('utf8');
	}
}

const left = (at: number): Moment => ({at, signal: 'KILL'});
