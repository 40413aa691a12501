import type {Readings} from '../../core/gauges/gauge.ts';
import {decide, follow} from '../../core/run/decide.ts';
import {type Effect, effects} from '../../core/run/effects.ts';
import type {Event, NewEvent} from '../../core/run/events.ts';
import {applyTo, draftOf} from '../../core/run/evolve.ts';
import type {HostName, TaskId} from '../../core/run/host.ts';
import type {LoginQuestion} from '../../core/run/login-question.ts';
import {currentHost, type RunState} from '../../core/run/state.ts';
import {sudoSecret} from '../../core/run/sudo.ts';
import type {Intent, Observation, Refusal, Told} from '../../core/run/told.ts';
import type {Waiting} from '../../core/run/waiting.ts';
import {Failure} from '../../core/text/failure.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {isTooShort} from '../../core/text/mask.ts';
import type {LoginNotice} from '../hosts/ask-login.ts';
import type {Keyboard} from '../hosts/host.ts';
import {DiskFailure} from '../journal/disk-failure.ts';
import type {Journal} from '../journal/journal.ts';
import type {WriterLock} from '../journal/writer-lock.ts';
import {sendLine, type TypedLine, typeInto} from './answer-task.ts';
import {carryOut} from './carry-out.ts';
import {delay} from './delay.ts';
import {Hosts} from './hosts.ts';
import {type LoginAnswer, LoginDesk} from './login-desk.ts';
import {Pauses} from './pauses.ts';
import {recordCommand} from './record-command.ts';
import {recordedTail} from './recorded-tail.ts';
import {Secrets} from './secrets.ts';
import {TaskTerminals} from './task-terminals.ts';
import {secretIn, withoutSecrets} from './without-secrets.ts';
import type {World} from './world.ts';

export type {LoginAnswer, LoginWait} from './login-desk.ts';
export type {Keyboard};

/** What a view is told: events that are in the journal, bytes that a task printed, or that something else changed. */
export type Change =
	| {kind: 'events'; events: Event[]}
	| {kind: 'output'; host: HostName; task: TaskId; bytes: Uint8Array}
	/** A task has printed nothing for so long. */
	| {kind: 'silence'; host: HostName; task: TaskId; milliseconds: number}
	| {kind: 'health'; host: HostName; readings: Readings}
	/** Something that a person is to be told once, and that is not recorded. */
	| {kind: 'remark'; text: string}
	/** What there is to know of a login that is under way. */
	| {kind: 'notice'; notice: LoginNotice}
	| {kind: 'session'};

/** A run being driven: one serial queue of decisions, and the effects of the state carried out beside it. */
export class Session {
	readonly world: World;
	readonly secrets = new Secrets();
	readonly hosts: Hosts;
	/** What a login asks of the person who is there. */
	readonly desk: LoginDesk;
	readonly closing = new AbortController();
	/** Hosts that were reached in this session. */
	readonly met = new Set<HostName>();
	/** How long to wait before a host is connected to again. */
	readonly pauses = new Pauses();
	/** Hosts whose connection was lost when they were asked for their figures the last time. */
	readonly figureless = new Set<HostName>();
	/** Tasks that print nothing: since when (wall clock, milliseconds), and what they were last seen to wait for. */
	readonly silences = new Map<TaskId, {since: number; waits: Waiting}>();
	/** When this session started a task, in milliseconds of the clock that nobody sets. */
	readonly begun = new Map<TaskId, number>();
	readonly terminals = new TaskTerminals(this);
	/** When a host whose connection was lost is tried next, wall clock in milliseconds; not while it is being tried. */
	readonly retries = new Map<HostName, number>();
	/** What to wait for before more output is read from a host: whoever prints it may be behind. */
	pace: (() => Promise<void> | undefined) | undefined;
	/** Tasks that were begun before this session: by then other secrets were known. */
	readonly earlier: ReadonlySet<TaskId>;
	/** The record cannot be written: nothing new starts until it can. */
	fault: DiskFailure | undefined;
	/** The session cannot go on: no connection, or another machine. */
	stopped: Failure | undefined;
	#state: RunState;
	readonly #journal: Journal;
	readonly #lock: WriterLock;
	readonly #listeners = new Set<(change: Change) => void>();
	readonly #underWay = new Map<string, Promise<void>>();
	#queue: Promise<unknown> = Promise.resolve();
	/** What a login asks, while its answer is being recorded. */
	#answering: LoginQuestion | undefined;

	/** `state` is the fold of the journal's events. */
	constructor(world: World, journal: Journal, lock: WriterLock, state: RunState) {
		this.world = world;
		this.#journal = journal;
		this.#lock = lock;
		this.#state = state;
		this.earlier = new Set(Object.values(state.hosts).flatMap(host => Object.keys(host.tasks)));
		this.desk = new LoginDesk(
			() => this.publish({kind: 'session'}),
			secret => this.secrets.mask(secret),
			notice => this.publish({kind: 'notice', notice}),
		);
		this.hosts = new Hosts(world, this.desk, (host, lost) => this.#linkChanged(host, lost));
	}

	get state(): RunState {
		return this.#state;
	}

	get head() {
		return this.#journal.head;
	}

	/** Begins to carry out what the state asks for, and whatever follows from it by itself. */
	async begin(events: NewEvent[]): Promise<void> {
		await this.#enqueue(async () => {
			await this.#append(events);
			await this.#append(follow(this.#state));
		});
	}

	/** What a person wants. Resolves to why not, where it is refused; rejects with `DiskFailure` where it cannot be recorded. */
	async tell(
		intent: Intent,
		host: HostName | null = currentHost(this.#state)?.name ?? null,
	): Promise<Refusal | undefined> {
		const name = secretIn(intent, text => this.secrets.masked(text) !== text);
		if (name !== undefined) return {code: 'holds-secret', name};
		return await this.#tell({host, by: this.world.by, what: this.#withoutSecrets(intent)});
	}

	/** A secret for a host; the bytes are kept in memory and the given ones wiped. None for sudo means to go on without. */
	async giveSecret(host: HostName, name: string, value: Uint8Array): Promise<Refusal | undefined> {
		if (name === sudoSecret && value.length === 0) return await this.tell({type: 'decline-sudo'}, host);
		const isShort = isTooShort(Buffer.from(value).toString());
		this.secrets.keep(host, name, value);
		const refusal = await this.tell({type: 'give-secret', name}, host);
		if (isShort && !refusal) this.publish({kind: 'remark', text: unmasked(name)});
		return refusal;
	}

	/** What a login asks of a person now; the same object for as long as it does. */
	get login(): LoginQuestion | undefined {
		return this.desk.question;
	}

	/**
	 * Answers what a login asks, once that is in the journal; the bytes are wiped by whoever logs in. Rejects with
	 * `DiskFailure` where it cannot be recorded: then the question stands, and the bytes are wiped.
	 */
	async answerLogin(question: LoginQuestion, answer: LoginAnswer): Promise<void> {
		const wipe = () => answer instanceof Uint8Array && answer.fill(0);
		if (this.login !== question || this.#answering === question) return void wipe();
		this.#answering = question;
		try {
			await this.tell({type: 'answer-login', question, given: answer !== undefined}, question.host);
			this.desk.answer(question, answer);
		} catch (error) {
			this.#answering = undefined;
			wipe();
			throw error;
		}
	}

	/** Keys for a running task of a host; a text says why there can be none. */
	async typeInto(host: HostName, task: TaskId): Promise<Keyboard | string> {
		return await typeInto(this, host, task);
	}

	/** A line for the input of a running task; wipes it. Resolves to why it was not sent, or to undefined. */
	async sendLine(host: HostName, task: TaskId, line: TypedLine): Promise<string | undefined> {
		return await sendLine(this, host, task, line);
	}

	/** What the world says. Where it cannot be recorded it is kept, and tried again until it can. */
	async observe(host: HostName, told: Observation): Promise<Refusal | undefined> {
		const what = this.#withoutSecrets(told);
		for (;;) {
			try {
				const refusal = await this.#tell({host, what});
				if (this.fault) this.#setFault(undefined);
				return refusal;
			} catch (error) {
				if (!(error instanceof DiskFailure) || this.closing.signal.aborted) throw error;
				this.#setFault(error);
				await delay(1000, this.closing.signal);
			}
		}
	}

	/**
	 * The last bytes that are recorded of a task's output, for a view that begins to look at it. Undefined where they may
	 * hold a secret that this session does not know, and so could not be masked.
	 */
	recordedTail(task: TaskId, most = 256 * 1024): Uint8Array | undefined {
		return recordedTail(this, task, most);
	}

	subscribe(listener: (change: Change) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	publish(change: Change): void {
		for (const listener of this.#listeners) listener(change);
	}

	/** Resolves once the condition holds; looked at after every change. Rejects when the signal says so. */
	async until(condition: () => boolean, signal?: AbortSignal): Promise<void> {
		if (condition()) return;
		await new Promise<void>((resolve, reject) => {
			const abort = () => {
				leave();
				reject(signal!.reason);
			};
			const leave = this.subscribe(() => {
				if (!condition()) return;
				leave();
				signal?.removeEventListener('abort', abort);
				resolve();
			});
			signal?.addEventListener('abort', abort, {once: true});
			if (signal?.aborted) abort();
		});
	}

	stop({message, hint, exitCode, cause}: Failure): void {
		const masked = (text: string) => this.secrets.maskedExcerpt(text);
		this.stopped ??= new Failure(masked(message), masked(hint), exitCode, {cause});
		this.publish({kind: 'session'});
	}

	/** Lets go of everything; tasks go on at their hosts. */
	async close(): Promise<void> {
		this.closing.abort();
		this.terminals.close();
		const underWay = Promise.allSettled(this.#underWay.values());
		await within(grace, underWay);
		await this.hosts.close();
		// What waits for a host that does not answer ends with its connection.
		await within(grace, underWay);
		await this.#queue.catch(() => undefined);
		this.secrets.wipe();
		await this.#journal.close();
		// Where the disk is full it stays: the lock of a process that has ended counts for nothing.
		await this.#lock.release().catch(() => undefined);
	}

	/** Also where nothing is under way that would notice it. */
	#linkChanged(host: HostName, lost: string | undefined): void {
		if (this.closing.signal.aborted || this.stopped) return;
		const told: Observation = lost === undefined ? {type: 'link-up'} : {type: 'link-lost', why: visibleLine(lost)};
		this.observe(host, told).catch(() => undefined);
	}

	#withoutSecrets<T extends Intent | Observation>(told: T): T {
		return this.secrets.isEmpty ? told : withoutSecrets(told, text => this.secrets.maskedExcerpt(text));
	}

	async #tell(told: Told): Promise<Refusal | undefined> {
		return await this.#enqueue(async () => {
			const decision = decide(this.#state, told);
			if ('refused' in decision) return decision.refused;
			await this.#append(decision.events);
			return undefined;
		});
	}

	#enqueue<T>(work: () => Promise<T>): Promise<T> {
		const result = this.#queue.then(work);
		this.#queue = result.catch(() => undefined);
		return result;
	}

	/** In the journal first, then in the state, then in the world. */
	async #append(news: NewEvent[]): Promise<void> {
		if (news.length > 0) {
			if (!this.#lock.isHeld()) throw takenOver();
			const recorded = await Promise.all(
				news.map(event => recordCommand(this.world.folder, this.#state.runbook, event)),
			);
			const events = await this.#journal.append(recorded);
			const next = draftOf(this.#state);
			for (const event of events) applyTo(next, event);
			this.#state = next;
			this.publish({kind: 'events', events});
		}
		this.#pump();
	}

	#pump(): void {
		if (this.closing.signal.aborted || this.stopped) return;
		for (const effect of effects(this.#state)) {
			if (!this.#underWay.has(effect.key)) this.#underWay.set(effect.key, this.#carryOut(effect));
		}
	}

	async #carryOut(effect: Effect): Promise<void> {
		const before = this.#state.seq;
		try {
			await carryOut(this, effect);
		} catch (error) {
			if (this.closing.signal.aborted) return;
			if (error instanceof DiskFailure) this.#setFault(error);
			else this.stop(error instanceof Failure ? error : unexpected(effect, error));
		}
		// Where nothing came of it, it is not tried again at once.
		if (this.#state.seq === before) await delay(1000, this.closing.signal);
		this.#underWay.delete(effect.key);
		this.#pump();
		this.publish({kind: 'session'});
	}

	#setFault(fault: DiskFailure | undefined): void {
		this.fault = fault;
		this.publish({kind: 'session'});
	}
}

const unmasked = (name: string): string =>
	`${name} is too short to be masked: where a command prints it, it is shown and recorded`;

/** Milliseconds that what is under way may take to end when the session closes. */
const grace = 3000;

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
	const ended = new AbortController();
	await Promise.race([work.finally(() => ended.abort()), delay(milliseconds, ended.signal)]);
	ended.abort();
}

const takenOver = (): Failure =>
	new Failure('Another program has taken this run over', 'Nothing more is recorded by this one. See: handrail runs', 5);

const unexpected = (effect: Effect, error: unknown): Failure =>
	new Failure(
		`Handrail could not ${effect.do} on ${effect.host}: ${(error as Error).message}`,
		'The run stays open: handrail resume goes on with it.',
		3,
		{cause: error},
	);
