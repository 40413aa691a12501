import {advance} from './advance.ts';
import type {WorldFiles} from './shell/world-files.ts';
import {type Activity, atRest, type World} from './world.ts';

export type Signal = 'TERM' | 'KILL';
export type Moment = {at: number; signal?: Signal};

/** How simulated time passes for what runs on the server. */
export type Pace = {
	/** Lets milliseconds pass from a moment on; ends early by a signal. */
	wait(from: number, milliseconds: number): Promise<Moment>;
	/** A line of standard input; none at its end, or when the milliseconds have passed. A terminal shows what is typed. */
	line(from: number, milliseconds?: number, echo?: (typed: Buffer) => void): Promise<Moment & {line?: string}>;
};

/** Nothing of the script runs any more. */
export class Stopped extends Error {
	override name = 'Stopped';
	/** As a shell has it; undefined where the server went down with it. */
	readonly exit: number | undefined;
	constructor(exit: number | undefined) {
		super('stopped');
		this.exit = exit;
	}
}

/** The server while a script runs on it. */
export class Machine {
	readonly world: World;
	readonly pace: Pace;
	/** Its clock, in milliseconds since 1970. */
	now: number;
	isRoot: boolean;
	readonly hasTerminal: boolean;
	/** Set before anything runs. */
	files!: WorldFiles;
	readonly #stop = new AbortController();
	readonly #print: (bytes: Buffer, isOutput: boolean) => void;

	constructor(
		world: World,
		now: number,
		pace: Pace,
		print: (bytes: Buffer, isOutput: boolean) => void,
		{isRoot = false, hasTerminal = false} = {},
	) {
		this.world = world;
		this.now = now;
		this.pace = pace;
		this.#print = print;
		this.isRoot = isRoot;
		this.hasTerminal = hasTerminal;
	}

	/** Aborted when nothing may run any more; the reason is a `Stopped`. */
	get stopping(): AbortSignal {
		return this.#stop.signal;
	}

	/** Prints to the task's output; with `capture`, what is no error goes to a file of its own. */
	print(text: string | Buffer, isOutput: boolean): void {
		if (!this.stopping.aborted && text.length > 0) this.#print(Buffer.from(text as string), isOutput);
	}

	/** Lets time pass in which the server works. Throws `Stopped` where a signal, or the end of the server, comes first. */
	async pass(milliseconds: number, activity: Partial<Activity> = {}): Promise<void> {
		this.check();
		this.world.activity = {...atRest, ...activity};
		const moment = await this.pace.wait(this.now, Math.min(milliseconds, this.#left()));
		this.#arrive(moment);
	}

	/** A line of standard input; none where the milliseconds pass without one. */
	async line(milliseconds = Number.POSITIVE_INFINITY): Promise<string | undefined> {
		this.check();
		const echo = this.hasTerminal ? (typed: Buffer) => this.print(typed, false) : undefined;
		const {line, ...moment} = await this.pace.line(this.now, Math.min(milliseconds, this.#left()), echo);
		this.#arrive(moment);
		return line;
	}

	check(): void {
		if (this.stopping.aborted) throw this.stopping.reason;
	}

	/** Ends the script, and whatever of it is under way. */
	stop(exit: number | undefined): Stopped {
		const stopped = new Stopped(exit);
		this.#stop.abort(stopped);
		return this.stopping.reason;
	}

	/** A line for the journal and /var/log/syslog. */
	log(unit: string, text: string, pid = 1): void {
		const {journal, boot} = this.world;
		journal.push({at: this.now, boot: boot.id, unit, pid, text});
		if (journal.length > 1000) journal.splice(0, 100);
	}

	newPid(): number {
		this.world.nextPid += 7;
		return this.world.nextPid;
	}

	/** Milliseconds until the server goes down. */
	#left(): number {
		const {power} = this.world;
		return power ? Math.max(0, power.downAt - this.now) : Number.POSITIVE_INFINITY;
	}

	#arrive({at, signal}: Moment): void {
		const {power} = this.world;
		const isDown = power !== undefined && at >= power.downAt;
		const now = isDown ? Math.max(this.now, power.downAt) : at;
		advance(this.world, now - this.now, this.world.activity);
		this.world.activity = atRest;
		this.now = now;
		if (isDown) throw this.stop(undefined);
		if (signal) throw this.stop(signal === 'TERM' ? 143 : 137);
	}
}
