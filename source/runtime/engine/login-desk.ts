import type {HostName} from '../../core/run/host.ts';
import type {LoginQuestion} from '../../core/run/login-question.ts';
import type {AskLogin, LoginNotice} from '../hosts/ask-login.ts';

/** True takes a host key, bytes are what was typed; undefined: the person would not. */
export type LoginAnswer = true | Uint8Array | undefined;

type Waiting = {question: LoginQuestion; resolve(given: LoginAnswer): void};

/** A login that waits for somebody to act elsewhere. */
export type LoginWait = {host: HostName; machine?: string; lines: string[]};

/** Where what logins ask waits for a person: one question at a time, the others in order. */
export class LoginDesk implements AskLogin {
	/** Hosts of which a person would not answer something. */
	readonly declined = new Set<HostName>();
	readonly #waiting: Waiting[] = [];
	readonly #changed: () => void;
	readonly #mask: (secret: Uint8Array) => void;
	readonly #say: (notice: LoginNotice) => void;
	/** What was said: a server says the same each time. */
	readonly #said = new Set<string>();
	readonly #waits: LoginNotice[] = [];

	/** `changed` is called whenever something else is asked or waited for; `say` with what there is to know. */
	constructor(
		changed: () => void,
		mask: (secret: Uint8Array) => void,
		say: (notice: LoginNotice) => void = () => undefined,
	) {
		this.#changed = changed;
		this.#mask = mask;
		this.#say = say;
	}

	/** What is waited for now; the same object for as long as it is. */
	get waiting(): LoginWait | undefined {
		return this.#waits[0];
	}

	/** Gives up the login that waits. */
	leave(wait: LoginWait): void {
		const notice = this.#waits.find(each => each === wait);
		if (!notice) return;
		this.declined.add(notice.host);
		notice.leave?.();
	}

	notice(notice: LoginNotice, over: AbortSignal): void {
		if (over.aborted) return;
		const words = JSON.stringify([notice.host, notice.machine, notice.lines]);
		if (notice.leave) {
			this.#waits.push(notice);
			over.addEventListener('abort', () => this.#forget(notice), {once: true});
			this.#changed();
		} else if (this.#said.has(words)) return;
		this.#said.add(words);
		this.#say(notice);
	}

	/** What is asked now; the same object for as long as it is. */
	get question(): LoginQuestion | undefined {
		return this.#waiting[0]?.question;
	}

	async trusts(question: LoginQuestion, signal: AbortSignal): Promise<boolean> {
		return (await this.#ask(question, signal)) === true;
	}

	async tell(question: LoginQuestion, signal: AbortSignal): Promise<Uint8Array | undefined> {
		const given = await this.#ask(question, signal);
		return given instanceof Uint8Array ? given : undefined;
	}

	mask(secret: Uint8Array): void {
		this.#mask(secret);
	}

	/** Answers what is asked now; bytes that come too late are wiped. */
	answer(question: LoginQuestion, given: LoginAnswer): void {
		const entry = this.#waiting[0];
		if (entry?.question === question) {
			if (given === undefined) this.declined.add(question.host);
			this.#settle(entry, given);
		} else if (given instanceof Uint8Array) given.fill(0);
	}

	/** Nobody answers where the signal says so. */
	async #ask(question: LoginQuestion, signal: AbortSignal): Promise<LoginAnswer> {
		if (signal.aborted) return undefined;
		const {promise, resolve} = Promise.withResolvers<LoginAnswer>();
		const entry: Waiting = {question: {...question}, resolve};
		const abort = () => this.#settle(entry, undefined);
		signal.addEventListener('abort', abort, {once: true});
		this.#waiting.push(entry);
		if (this.#waiting.length === 1) this.#changed();
		try {
			return await promise;
		} finally {
			signal.removeEventListener('abort', abort);
		}
	}

	#forget(notice: LoginNotice): void {
		this.#waits.splice(this.#waits.indexOf(notice), 1);
		this.#changed();
	}

	#settle(entry: Waiting, given: LoginAnswer): void {
		const at = this.#waiting.indexOf(entry);
		if (at < 0) return;
		this.#waiting.splice(at, 1);
		entry.resolve(given);
		if (at === 0) this.#changed();
	}
}
