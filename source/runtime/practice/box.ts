import type {Finding} from '../../core/run/finding.ts';
import type {LockOwner, TaskReport} from '../../core/run/host.ts';
import type {Stillness} from '../../core/run/waiting.ts';
import type {ReadSpec, TaskSpec} from '../hosts/host.ts';
import {TaskRefused} from '../tasks/task-protocol.ts';
import {advance} from './advance.ts';
import {aftermath, packageLook} from './aftermath.ts';
import {bootIfDue, isUp} from './boot.ts';
import {sizesOf} from './disks.ts';
import {KeptOutputs} from './kept-outputs.ts';
import {LivePace} from './live-pace.ts';
import type {Machine} from './machine.ts';
import {newWorld} from './new-world.ts';
import {readings} from './readings.ts';
import type {Saved, TaskRecord} from './saved.ts';
import type {World} from './world.ts';
import {readWorld, WorldFile} from './world-file.ts';

export type BoxOptions = {
	/** Where its state is kept; without one it is gone with the program. */
	folder?: string | undefined;
	scenario: string;
	speed: number;
	seed: number;
};

/** The practice server and what runs on it. */
export class Box {
	readonly #saved: Saved;
	readonly #speed: number;
	readonly #file: WorldFile;
	readonly #outputs: KeptOutputs;
	#worldText = '';
	#live: {machine: Machine; pace: LivePace; ended: Promise<void>} | undefined;
	#launching: Promise<void> | undefined;
	#isClosed = false;

	private constructor(saved: Saved, {folder, speed}: BoxOptions) {
		this.#saved = saved;
		this.#speed = speed;
		this.#file = new WorldFile(folder, () => this.#text());
		this.#worldChanged();
		this.#outputs = new KeptOutputs(saved.tasks, () => this.#file.save());
	}

	static async open(options: BoxOptions): Promise<Box> {
		const now = Date.now();
		const world = () => newWorld(options.scenario, options.seed, now);
		const saved = (await readWorld(options.folder)) ?? {
			format: 1,
			world: world(),
			clock: {server: now, here: now},
			tasks: {},
		};
		return new Box(saved, options);
	}

	/** The server at this moment; undefined where it is down. */
	world(): World | undefined {
		if (this.#live) return this.#live.machine.world;
		const {world} = this.#saved;
		const now = this.#now();
		if (isUp(world, now)) return world;
		if (!bootIfDue(world, now)) return undefined;
		this.#saved.clock = {server: now, here: Date.now()};
		this.#worldChanged();
		return world;
	}

	/** Switched off for good. */
	get isOff(): boolean {
		return this.#saved.world.power?.upAt === null;
	}

	async start(spec: TaskSpec, secrets: Record<string, Uint8Array>): Promise<'started' | 'exists'> {
		if (Object.hasOwn(this.#saved.tasks, spec.task)) return 'exists';
		if (this.#saved.running) throw new TaskRefused('another task runs on the practice server');
		this.#settle();
		const began = this.#saved.clock.server;
		const record: TaskRecord = {spec, began, gates: 0, at: began, inputs: [], output: '', stdout: '', values: ''};
		this.#saved.tasks[spec.task] = record;
		this.#saved.running = spec.task;
		try {
			await this.#file.save();
		} catch (error) {
			delete this.#saved.tasks[spec.task];
			delete this.#saved.running;
			throw new TaskRefused(`its state cannot be kept: ${(error as Error).message}`);
		}
		await this.#launch(record, secrets);
		return 'started';
	}

	async ask(id: string): Promise<TaskReport> {
		await this.#goOn();
		const task = Object.hasOwn(this.#saved.tasks, id) ? this.#saved.tasks[id] : undefined;
		if (!task) return {is: 'none'};
		const bytes = task.output.length;
		if (!task.end) return {is: 'running', bytes};
		return task.end.is === 'ended' ? {...task.end, bytes} : {...task.end, alive: false};
	}

	/** Bytes that are kept from an offset on; ends with the task, or when the signal says so. */
	async *follow(id: string, offset: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
		await this.#goOn();
		yield* this.#outputs.follow(id, offset, signal);
	}

	handed(id: string): {stdout: Uint8Array; values: Uint8Array} {
		const {stdout, values} = this.#task(id);
		return {stdout: Buffer.from(stdout, 'latin1'), values: Buffer.from(values, 'latin1')};
	}

	async deliver(id: string, what: Parameters<LivePace['deliver']>[0]): Promise<void> {
		await this.#goOn();
		const task = this.#task(id);
		if (task.end || !this.#live) {
			if (what.kind === 'bytes') throw new TaskRefused('the task took no input');
			return;
		}
		await this.#live.pace.deliver(what, () => this.#file.save());
	}

	hasTerminal(id: string): boolean {
		return this.#task(id).spec.tty !== undefined;
	}

	async waits(id: string): Promise<Stillness> {
		await this.#goOn();
		const terminal = this.hasTerminal(id) && {terminal: {isCanonical: true, isEchoing: true}};
		return {...terminal, reads: this.#live?.pace.isReading ? 'yes' : 'no'};
	}

	async reap(id: string): Promise<void> {
		if (!Object.hasOwn(this.#saved.tasks, id)) return;
		if (!this.#saved.tasks[id]!.end) throw new TaskRefused('the task still runs');
		delete this.#saved.tasks[id];
		this.#outputs.forget(id);
		await this.#file.save();
	}

	tasks(): string[] {
		return Object.keys(this.#saved.tasks);
	}

	/** Runs a script on a likeness of the server as it is now: what it changes there is gone with it. */
	async read(spec: ReadSpec) {
		const {readScript} = await import('./run-on-box.ts');
		const {machine} = this.#live ?? {};
		const world = structuredClone(machine?.world ?? this.#saved.world);
		if (machine) world.files = await machine.files.state();
		return await readScript(world, this.#now(), spec);
	}

	async examine(id: string): Promise<Finding[]> {
		const {began} = this.#task(id);
		const {stdout} = await this.read(packageLook);
		return aftermath(this.#live?.machine.world ?? this.#saved.world, began, Buffer.from(stdout).toString('utf8'));
	}

	async sample() {
		const {machine} = this.#live ?? {};
		const now = this.#now();
		if (machine) return readings(machine.world, now, await machine.files.sizes());
		this.#settle();
		return readings(this.#saved.world, now, sizesOf(this.#saved.world));
	}

	async lock(claim: LockOwner, isBreaking: boolean): Promise<{taken: true} | {taken: false; owner: LockOwner}> {
		const {lock} = this.#saved;
		if (lock && lock.run !== claim.run && !isBreaking) return {taken: false, owner: lock};
		this.#saved.lock = claim;
		await this.#file.save();
		return {taken: true};
	}

	lockOwner(): LockOwner | undefined {
		return this.#saved.lock;
	}

	async unlock(run: string): Promise<void> {
		if (this.#saved.lock?.run !== run) return;
		delete this.#saved.lock;
		await this.#file.save();
	}

	/** Leaves everything as it is; whoever opens it again goes on from there. */
	async close(): Promise<void> {
		this.#isClosed = true;
		this.#live?.pace.close();
		this.#outputs.close();
		await this.#file.settled();
	}

	/** The task that ran when the program ended goes on from where it was. */
	async #goOn(): Promise<void> {
		const {running, tasks} = this.#saved;
		if (this.#launching) await this.#launching;
		if (running === undefined || this.#live || this.#isClosed) return;
		const record = tasks[running]!;
		if (record.spec.secrets.length === 0) return await this.#launch(record, {});
		record.end = {is: 'lost', rebooted: false};
		delete this.#saved.running;
		await this.#file.save();
	}

	async #launch(record: TaskRecord, secrets: Record<string, Uint8Array>): Promise<void> {
		this.#launching ??= this.#begin(record, secrets).finally(() => {
			this.#launching = undefined;
		});
		await this.#launching;
	}

	async #begin(record: TaskRecord, secrets: Record<string, Uint8Array>): Promise<void> {
		const {runTask} = await import('./run-on-box.ts');
		if (this.#live || record.end) return;
		const pace = new LivePace(record, this.#speed, () => this.#outputs.keep(record));
		const {machine, ended} = await runTask(structuredClone(this.#saved.world), record, pace, secrets, () =>
			this.#outputs.keep(record),
		);
		const finished = ended.then(end => this.#finish(record, machine, end));
		this.#live = {machine, pace, ended: finished};
		finished.catch(() => undefined);
	}

	async #finish(record: TaskRecord, machine: Machine, end: NonNullable<TaskRecord['end']>): Promise<void> {
		const {world} = machine;
		world.files = await machine.files.state().catch(() => world.files);
		if (this.#isClosed) return;
		delete world.packaging;
		record.end = end;
		record.at = machine.now;
		this.#saved.world = world;
		this.#saved.clock = {server: machine.now, here: Date.now()};
		delete this.#saved.running;
		this.#live = undefined;
		this.#worldChanged();
		this.#outputs.keep(record);
	}

	/** The server's clock. It goes on while nothing runs; going down and up takes as long as all else. */
	#now(): number {
		if (this.#live) return Math.round(this.#live.pace.now());
		const {clock, world} = this.#saved;
		if (this.#saved.running !== undefined) return clock.server;
		if (world.power && this.#speed === 0) return Math.max(clock.server, world.power.upAt ?? world.power.downAt);
		const passed = Math.max(0, Date.now() - clock.here) * (world.power ? this.#speed : 1);
		return clock.server + Math.round(passed);
	}

	/** Lets the time up to now have passed. */
	#settle(): void {
		const {world, clock} = this.#saved;
		const now = this.#now();
		advance(world, now - clock.server, world.activity);
		this.#saved.clock = {server: now, here: Date.now()};
		this.#worldChanged();
	}

	#task(id: string): TaskRecord {
		const task = Object.hasOwn(this.#saved.tasks, id) ? this.#saved.tasks[id] : undefined;
		if (!task) throw new TaskRefused('there is no such task');
		return task;
	}

	#worldChanged(): void {
		this.#worldText = JSON.stringify(this.#saved.world);
	}

	#text(): string {
		const {world, ...rest} = this.#saved;
		return `${JSON.stringify(rest).slice(0, -1)},"world":${this.#worldText}}\n`;
	}
}
