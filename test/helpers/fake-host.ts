import type {Readings} from '../../source/core/gauges/gauge.ts';
import type {LockOwner, Meeting, TaskReport} from '../../source/core/run/host.ts';
import type {Stillness} from '../../source/core/run/waiting.ts';
import {type AskLogin, nobody} from '../../source/runtime/hosts/ask-login.ts';
import {bootScript} from '../../source/runtime/hosts/boot-state.ts';
import {type Host, LinkLost, NotConnected, type ReadSpec, type TaskSpec} from '../../source/runtime/hosts/host.ts';
import type {LinkListener} from '../../source/runtime/hosts/shell.ts';
import {TaskRefused} from '../../source/runtime/tasks/task-protocol.ts';

/** What a command does on the fake host. */
export type FakeReply = {
	output?: string;
	exit?: number;
	stdout?: string;
	/** Lines of $HANDRAIL_OUTPUT. */
	values?: string;
	/** It runs until it is cancelled (`ends` is its exit then) or finished by the test. */
	hangs?: boolean;
	ignores?: 'TERM';
	/** The host refuses to start it. */
	refuses?: string;
	/** After so many bytes of its output the connection is lost, once each. */
	drops?: number[];
	/** It vanishes: nobody knows how it ended. */
	lost?: {rebooted: boolean; alive: boolean};
};

/** A table of commands, by their text; a list has a reply for each time, the last one repeats. */
export type FakeTable = Record<string, FakeReply | FakeReply[]>;

type FakeTask = {spec: TaskSpec; reply: FakeReply; done: boolean; exit: number};

/** A host that exists in memory only, and outlives the sessions of a test: what a killed program leaves behind is there. */
export class FakeHost {
	readonly name: string;
	table: FakeTable;
	/** Every script that was started, in order: nothing may be in it twice that ran once. */
	readonly started: string[] = [];
	readonly reads: string[] = [];
	readonly signals: string[] = [];
	readonly running = new Map<string, FakeTask>();
	meeting: Meeting = {
		identity: {machineId: 'm-1', hostKey: 'key-1', ownName: 'fake1'},
		bootId: 'boot-1',
		facts: {os: 'debian', family: 'debian', pm: 'apt', version: '12', arch: 'x86_64', init: 'systemd'},
	};
	/** How it stands since its start. */
	boot = {kernel: '6.1', state: 'running', failed: [] as string[]};
	readings: Readings = {'disk:/boot': {value: 40, unit: '%', state: 'ok', why: ''}};
	owner: LockOwner | undefined;
	isDown = false;
	/** How often a connection to it was closed. */
	closed = 0;
	/** Methods that do their work and lose the connection before they answer, once each. */
	readonly cuts = new Set<string>();
	/** Methods that never answer, until the connection is closed. */
	readonly stuck = new Set<string>();
	/** Which of them were called. */
	readonly waiting = new Set<string>();
	/** The connection is lost whenever figures are asked for. */
	isFigureless = false;
	/** What it asks before it lets anybody in, at each connection. */
	login: ((asks: AskLogin, signal: AbortSignal) => Promise<void>) | undefined;
	/** Looks at what is started, and holds up what is read. */
	onStart: ((spec: TaskSpec) => void) | undefined;
	onRead: (() => Promise<void>) | undefined;
	/** What was typed into its tasks, and the sizes that their terminals were told. */
	typed = '';
	readonly sizes: string[] = [];
	hasTerminal = true;
	stillness: Stillness = {reads: 'no'};
	/** Resolves when the typing is to be cut off. */
	hungUp: Promise<void> = new Promise(() => undefined);
	/** Who is told of its connection. */
	readonly listeners = new Set<LinkListener>();
	/** Its sudo asks for this password; what was tried, in order. */
	sudoPassword: string | undefined;
	readonly tried: string[] = [];
	/** Methods that are refused. */
	readonly refused = new Set<string>();
	#changed = new Set<() => void>();

	constructor(name: string, table: FakeTable) {
		this.name = name;
		this.table = table;
	}

	/** Ends a hanging task. */
	finish(script: string, exit = 0): void {
		for (const task of this.running.values()) {
			if (task.spec.script === script && !task.done) this.#end(task, exit);
		}
	}

	/** One session's connection to it. */
	connection(asks = nobody): Host {
		const fake = this;
		const closed = Promise.withResolvers<never>();
		closed.promise.catch(() => undefined);
		const answer = async <T>(method: string, work: () => T): Promise<T> => {
			if (fake.stuck.has(method)) {
				fake.waiting.add(method);
				await closed.promise;
			}
			if (fake.refused.has(method)) throw new TaskRefused(`${fake.name} refuses to ${method}`);
			const result = work();
			if (fake.cuts.delete(method)) throw new LinkLost(`${fake.name} was lost at ${method}`);
			return result;
		};
		return {
			name: this.name,
			kind: 'practice',
			async connect(signal) {
				if (fake.isDown) throw new NotConnected(`${fake.name} does not answer`, 'Start it.');
				await fake.login?.(asks, signal);
				return structuredClone(fake.meeting);
			},
			async durable() {
				return {can: true};
			},
			async start(spec) {
				return answer('start', () => fake.#start(spec));
			},
			async ask(id) {
				fake.#checkLink();
				return answer('ask', () => fake.#report(id));
			},
			follow: (id, offset, signal) => fake.#follow(id, offset, signal),
			async handed(id) {
				const {reply} = fake.running.get(id)!;
				return {stdout: Buffer.from(reply.stdout ?? ''), values: Buffer.from(reply.values ?? '')};
			},
			async write(_id, bytes) {
				fake.typed += Buffer.from(bytes).toString();
			},
			async type() {
				const {promise, resolve} = Promise.withResolvers<void>();
				const write = (bytes: Uint8Array) => {
					fake.typed += Buffer.from(bytes).toString();
				};
				return {hasTerminal: fake.hasTerminal, write, closed: Promise.race([promise, fake.hungUp]), close: resolve};
			},
			async waits() {
				fake.#checkLink();
				return fake.stillness;
			},
			async resize(_id, rows, columns) {
				fake.sizes.push(`${columns}x${rows}`);
			},
			async cancel(id, signal) {
				await answer('cancel', () => {
					fake.signals.push(signal);
					const task = fake.running.get(id);
					if (task && !task.done && task.reply.ignores !== signal) fake.#end(task, signal === 'TERM' ? 143 : 137);
				});
			},
			async reap(id) {
				await answer('reap', () => fake.running.delete(id));
			},
			async tasks() {
				return [...fake.running.keys()];
			},
			async read(spec) {
				await fake.onRead?.();
				return answer('read', () => fake.#read(spec));
			},
			async sample() {
				fake.#checkLink();
				if (fake.isFigureless) throw new LinkLost(`${fake.name} gave no figures`);
				return answer('sample', () => structuredClone(fake.readings));
			},
			async askSudo() {
				fake.#checkLink();
				return {is: fake.sudoPassword === undefined ? 'free' : 'password', user: 'ada'};
			},
			async trySudo(password) {
				fake.#checkLink();
				return answer('trySudo', () => {
					fake.tried.push(Buffer.from(password).toString());
					return {is: fake.tried.at(-1) === fake.sudoPassword ? 'accepted' : 'refused', user: 'ada'};
				});
			},
			async lock(claim, breaking) {
				fake.#checkLink();
				return answer('lock', () => {
					if (fake.owner && fake.owner.run !== claim.run && !breaking) return {taken: false, owner: fake.owner};
					fake.owner = claim;
					return {taken: true};
				});
			},
			async unlock(run) {
				if (fake.owner?.run === run) fake.owner = undefined;
			},
			onLink(listener) {
				fake.listeners.add(listener);
				return () => fake.listeners.delete(listener);
			},
			async close() {
				fake.closed += 1;
				closed.reject(new LinkLost(`${fake.name} was closed`));
			},
		};
	}

	#start(spec: TaskSpec): 'started' | 'exists' {
		this.#checkLink();
		if (this.running.has(spec.task)) return 'exists';
		const reply = this.#reply(spec.script, this.started.filter(script => script === spec.script).length);
		if (reply.refuses) throw new Error(reply.refuses);
		this.started.push(spec.script);
		this.onStart?.(spec);
		const task = {spec, reply, done: !reply.hangs, exit: reply.exit ?? 0};
		this.running.set(spec.task, task);
		return 'started';
	}

	#report(id: string): TaskReport {
		const task = this.running.get(id);
		if (!task) return {is: 'none'};
		if (task.reply.lost) return {is: 'lost', ...task.reply.lost};
		const bytes = Buffer.byteLength(task.reply.output ?? '');
		return task.done ? {is: 'ended', exit: task.exit, bytes} : {is: 'running', bytes};
	}

	async *#follow(id: string, offset: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
		this.#checkLink();
		const task = this.running.get(id);
		const bytes = Buffer.from(task?.reply.output ?? '');
		for (let at = offset; at < bytes.length; ) {
			const drop = task?.reply.drops?.find(each => each > at);
			const end = Math.min(at + 7, drop ?? bytes.length);
			yield bytes.subarray(at, end);
			at = end;
			if (at !== drop) continue;
			task!.reply = {...task!.reply, drops: task!.reply.drops!.filter(each => each !== drop)};
			throw new LinkLost(`${this.name} was lost while output was read`);
		}
		while (task && !task.done && !task.reply.lost && !signal.aborted && !this.isDown) {
			await new Promise<void>(resolve => {
				const go = () => {
					this.#changed.delete(go);
					signal.removeEventListener('abort', go);
					resolve();
				};
				this.#changed.add(go);
				signal.addEventListener('abort', go, {once: true});
			});
		}
		this.#checkLink();
	}

	#read({script}: ReadSpec) {
		this.#checkLink();
		if (script === bootScript) {
			const {kernel, state, failed} = this.boot;
			const lines = [`boot ${this.meeting.bootId}`, `kernel ${kernel}`, `state ${state}`];
			const stdout = Buffer.from([...lines, ...failed.map(unit => `failed ${unit}`)].join('\n'));
			return {stdout, output: stdout, exit: 0};
		}
		const reply = this.#reply(script, this.reads.filter(each => each === script).length);
		this.reads.push(script);
		const stdout = Buffer.from(reply.stdout ?? reply.output ?? '');
		return {stdout, output: stdout, exit: reply.exit ?? 0};
	}

	/** A script that is not in the table is a mistake of the test: it fails by name. */
	#reply(script: string, time: number): FakeReply {
		const replies = this.table[script];
		if (!replies) throw new Error(`the fake host ${this.name} knows no command ${JSON.stringify(script)}`);
		return Array.isArray(replies) ? replies[Math.min(time, replies.length - 1)]! : replies;
	}

	#end(task: FakeTask, exit: number): void {
		task.done = true;
		task.exit = exit;
		this.wake();
	}

	/** Lets followers look again, after the test changed something. */
	wake(): void {
		for (const listener of [...this.#changed]) listener();
	}

	#checkLink(): void {
		if (this.isDown) throw new LinkLost(`${this.name} is gone`);
	}
}
