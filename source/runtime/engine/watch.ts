import type {HostName} from '../../core/run/host.ts';
import type {TaskState} from '../../core/run/state.ts';
import {type Stillness, tailLength, type Waiting, waitingFor} from '../../core/run/waiting.ts';
import type {Command} from '../../core/runbook/model.ts';
import type {Session} from './session.ts';

export type Watched = {
	/** The end of what was recorded before, and of how many bytes. */
	tail: Uint8Array;
	bytes: number;
	/** Asks the host what can be seen of it. */
	waits(): Promise<Stillness>;
};

/** Milliseconds of silence after which the host is asked what the task waits for: ever more seldom, the last one again and again. */
const pauses = [5000, 5000, 10_000, 20_000, 20_000, 60_000];

/** Milliseconds of silence at which it is said how long it lasts; then at every further hour. */
const hour = 3_600_000;
const milestones = [60_000, 300_000, 900_000, 1_800_000, hour];

/**
 * Tells when a task runs longer than its `timeout`, or is silent for longer than its `idle`; looks at one that is silent,
 * and tells what it waits for. Never kills and never answers anything.
 */
export class Watch {
	readonly #session: Session;
	readonly #host: HostName;
	readonly #task: TaskState;
	readonly #idle: number | undefined;
	readonly #timers: {timeout?: NodeJS.Timeout; idle?: NodeJS.Timeout; look?: NodeJS.Timeout} = {};
	readonly #waits: Watched['waits'];
	#tail: Buffer;
	#bytes: number;
	#heard = performance.now();
	#looks = 0;
	#said = 0;
	#hasEnded = false;

	constructor(session: Session, host: HostName, task: TaskState, command: Command, {tail, bytes, waits}: Watched) {
		this.#session = session;
		this.#host = host;
		this.#task = task;
		this.#waits = waits;
		this.#tail = Buffer.from(tail);
		this.#bytes = bytes;
		this.#idle = command.idle;
		// Of one that reboots it is the time in which the host has to be back.
		if (command.timeout !== undefined && !command.reboots) {
			this.#timers.timeout = setTimeout(() => this.#tell('timeout'), Math.max(0, command.timeout - this.#ran()));
		}
		this.#rest();
		this.#lookLater();
	}

	/** Milliseconds since it was started; only of one that an earlier session started, by a clock that may have been set meanwhile. */
	#ran(): number {
		const {clock} = this.#session.world;
		const begun = this.#session.begun.get(this.#task.task);
		return begun === undefined ? Math.max(0, clock.now().getTime() - Date.parse(this.#task.at)) : clock.up() - begun;
	}

	/** The task has printed something. */
	heard(bytes: Uint8Array): void {
		this.#bytes += bytes.length;
		this.#tail = Buffer.concat([this.#tail, bytes.subarray(-tailLength)]).subarray(-tailLength);
		this.#heard = performance.now();
		this.#looks = 0;
		this.#said = 0;
		this.#session.silences.delete(this.#task.task);
		this.#rest();
	}

	end(): void {
		this.#hasEnded = true;
		this.#session.silences.delete(this.#task.task);
		for (const timer of Object.values(this.#timers)) clearTimeout(timer);
	}

	#rest(): void {
		clearTimeout(this.#timers.idle);
		if (this.#idle !== undefined) this.#timers.idle = setTimeout(() => void this.#silent(), this.#idle);
	}

	/** Who was told and waits on is told again. What it waits for is looked at first, so that the question can say it. */
	async #silent(): Promise<void> {
		const heard = this.#heard;
		await this.#look();
		if (this.#hasEnded || this.#heard !== heard) return;
		this.#tell('idle');
		this.#rest();
	}

	#tell(which: 'timeout' | 'idle'): void {
		this.#session.observe(this.#host, {type: 'overdue', task: this.#task.task, which}).catch(() => undefined);
	}

	/** One timer for all that is printed, however much that is. */
	#lookLater(): void {
		if (this.#hasEnded) return;
		const due = pauses.slice(0, this.#looks + 1).reduce((sum, pause) => sum + pause, 0);
		const late = Math.max(0, this.#looks + 1 - pauses.length) * pauses.at(-1)!;
		this.#timers.look = setTimeout(() => void this.#lookNow(due + late), Math.max(0, due + late - this.#quiet()));
	}

	async #lookNow(due: number): Promise<void> {
		if (this.#quiet() >= due) {
			this.#looks += 1;
			await this.#look();
			this.#saySilence();
		}
		this.#lookLater();
	}

	async #look(): Promise<void> {
		const {state} = this.#session;
		const {task} = this.#task;
		const bytes = this.#bytes;
		if (!state.hosts[this.#host]!.link) return;
		const waits = await this.#waits()
			.then(stillness => waitingFor(stillness, this.#tail.toString('latin1')))
			.catch((): Waiting => 'nothing');
		if (this.#hasEnded || bytes !== this.#bytes) return;
		this.#session.silences.set(task, {since: this.#session.world.clock.now().getTime() - this.#quiet(), waits});
		await this.#session.observe(this.#host, {type: 'silent', task, waits, bytes}).catch(() => undefined);
		this.#session.publish({kind: 'session'});
	}

	#saySilence(): void {
		const quiet = this.#quiet();
		const passed = milestones.findLast(each => each <= quiet) ?? 0;
		const said = passed === hour ? Math.floor(quiet / hour) * hour : passed;
		if (this.#hasEnded || said <= this.#said) return;
		this.#said = said;
		this.#session.publish({kind: 'silence', host: this.#host, task: this.#task.task, milliseconds: said});
	}

	#quiet(): number {
		return performance.now() - this.#heard;
	}
}
