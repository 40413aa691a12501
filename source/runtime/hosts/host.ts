import type {Readings} from '../../core/gauges/gauge.ts';
import type {Finding} from '../../core/run/finding.ts';
import type {HostName, LockOwner, Meeting, SudoAnswer, TaskId, TaskReport} from '../../core/run/host.ts';
import type {Stillness} from '../../core/run/waiting.ts';
import type {LinkListener, Transport} from './shell.ts';

/** A machine that tasks run on. Every method may throw `LinkLost`; then nothing is known of what it did. */
export type Host = {
	readonly name: HostName;
	readonly kind: 'local' | 'practice' | 'ssh';
	/** Connects, or connects again; says which machine answers. Throws `NotConnected` where that cannot be. */
	connect(signal: AbortSignal): Promise<Meeting>;
	/** Whether tasks outlive the connection here, and if not, why. */
	durable(): Promise<{can: true} | {can: false; why: string}>;
	/** Idempotent by task id: a second start of the same id never runs it again. */
	start(spec: TaskSpec, secrets: Record<string, Uint8Array>): Promise<'started' | 'exists'>;
	ask(task: TaskId): Promise<TaskReport>;
	/** Bytes of output from an offset; ends when the task has ended and every byte was given. */
	follow(task: TaskId, offset: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
	/** What the task left beside its output: stdout of a `capture`, and the lines of $HANDRAIL_OUTPUT; `handedLimit` of each. */
	handed(task: TaskId): Promise<{stdout: Uint8Array; values: Uint8Array}>;
	/** Bytes for the standard input of a running task. */
	write(task: TaskId, bytes: Uint8Array): Promise<void>;
	/** The same, for keys that follow each other quickly. Resolves once they can be typed. */
	type(task: TaskId): Promise<Keyboard>;
	/** What can be seen of a running task that prints nothing. */
	waits(task: TaskId): Promise<Stillness>;
	resize(task: TaskId, rows: number, columns: number): Promise<void>;
	/** A signal to the task's process group. Resolves when it was sent, not when the task has ended. */
	cancel(task: TaskId, signal: 'TERM' | 'KILL'): Promise<void>;
	/** Removes the task's folder on the host; only after its output is safe here. */
	reap(task: TaskId): Promise<void>;
	/** What can be seen on it after a task of which nobody knows how it ended; reads only, takes no longer than 10 s. */
	examine?(task: TaskId): Promise<Finding[]>;
	/** Ids of tasks that have a folder on the host. */
	tasks(): Promise<TaskId[]>;
	/** Runs a script that only reads, attached to the connection; both streams in `output`. Killed after `timeout` ms (exit 124). */
	read(spec: ReadSpec): Promise<{stdout: Uint8Array; output: Uint8Array; exit: number}>;
	sample(): Promise<Readings>;
	/** Takes the host's lock for a run (again, without harm, where that run holds it), or says whose it is. */
	lock(claim: LockOwner, breaking: boolean): Promise<{taken: true} | {taken: false; owner: LockOwner}>;
	/** Who holds the lock; undefined where nobody does. */
	lockOwner?(): Promise<LockOwner | undefined>;
	/** Gives the lock back where that run holds it. */
	unlock(run: string): Promise<void>;
	/** Whether sudo asks for a password there; without this it asks for none. */
	askSudo?(): Promise<SudoAnswer>;
	/** Whether sudo takes a password; tried once. */
	trySudo?(password: Uint8Array): Promise<SudoAnswer>;
	/** How it is reached, once a connection stands; undefined where there is nothing to say. */
	transport?(): Transport | undefined;
	/** Tells when a connection begins to stand, and when it is gone and why. */
	onLink(listener: LinkListener): () => void;
	close(): Promise<void>;
};

/** Types into a task, in order. */
export type Keyboard = {
	/** Whether the task has a terminal: without one, its input takes lines, and nothing shows them. */
	hasTerminal: boolean;
	write(bytes: Uint8Array): void;
	/** Resolves when nothing more is taken: it was closed, or the connection is gone. Never rejects. */
	closed: Promise<void>;
	close(): void;
};

/** Bytes. */
export const handedLimit = 1_048_576;

export type TaskSpec = {
	/** Unique over all runs: `<run id>.<task>`; `[A-Za-z0-9._-]`, not starting with a dot. */
	task: TaskId;
	script: string;
	/** Program and arguments that take a script's path last: `['sh', '-e']`, `['bash', '-e', '-o', 'pipefail']`. */
	interpreter: string[];
	/** Exported to the script. */
	values: Record<string, string>;
	/** Names of secrets: unexported variables, read from the task's own pipe. Only where `interpreter` is a shell. */
	secrets: string[];
	/** Where it starts; the home folder by default. */
	cwd?: string;
	/** stdout goes to a file of its own, only stderr to the output. */
	capture: boolean;
	/** The whole script as root. */
	sudo: boolean;
	/** Not started where it would end with the connection. */
	durable?: boolean;
	/** sudo asks for a password in it, which is the secret called `sudo`; no variable holds it. */
	askpass?: boolean;
	/** A terminal of this size for it. */
	tty?: {rows: number; columns: number};
};

export type ReadSpec = {
	script: string;
	interpreter: string[];
	values: Record<string, string>;
	/** The whole script as root. */
	sudo?: boolean;
	/** For sudo, where it asks. */
	password?: Uint8Array;
	timeout: number;
	signal?: AbortSignal;
};

/** The connection is gone; what was under way goes on at the host, or does not: ask it. */
export class LinkLost extends Error {
	override name = 'LinkLost';
}

/** No connection could be made; `message` says what happened, `hint` what the operator can do. */
export class NotConnected extends Error {
	override name = 'NotConnected';
	readonly hint: string;
	constructor(message: string, hint: string, options?: ErrorOptions) {
		super(message, options);
		this.hint = hint;
	}
}
