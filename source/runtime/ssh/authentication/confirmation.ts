import type {AskLogin, LoginNotice} from '../../hosts/ask-login.ts';
import type {Patience} from './patience.ts';
import {serverWords} from './server-words.ts';

/** Milliseconds that a server may say nothing while somebody may have to confirm a login: LoginGraceTime of sshd. */
export const confirmLimit = 120_000;

/** Milliseconds of silence before a person is told what is waited for. */
const silence = 2000;

/** Words of a server that are shown in one login; more are a flood. */
const most = 20;

type Subject = Pick<LoginNotice, 'host' | 'machine'>;

/**
 * The time in which somebody confirms a login elsewhere, on a telephone perhaps: nobody sees that from here. It may begin
 * wherever the server has something to go by: a proven key, an answer. Passes on what the server says meanwhile, too.
 */
export class Confirmation {
	readonly #asks: AskLogin;
	readonly #subject: Subject;
	readonly #patience: Patience;
	readonly #limit: number;
	readonly #leave: () => void;
	readonly #said: string[] = [];
	readonly #over = new AbortController();
	#count = 0;
	#shown: AbortController | undefined;
	#timer: NodeJS.Timeout | undefined;

	/** `leave` gives the login up; `limit` in milliseconds. */
	constructor(asks: AskLogin, subject: Subject, patience: Patience, leave: () => void, limit = confirmLimit) {
		this.#asks = asks;
		this.#subject = subject;
		this.#patience = patience;
		this.#leave = leave;
		this.#limit = limit;
	}

	/** Nobody has answered what was sent last. */
	get isWaiting(): boolean {
		return this.#timer !== undefined;
	}

	/** Something was sent that somebody may have to confirm: `what` is waited for, and said so after `delay` milliseconds. */
	begin(what = waited, delay = silence): void {
		if (this.#over.signal.aborted) return;
		this.pause();
		this.#patience.grant(this.#limit);
		this.#timer = setTimeout(() => this.#show(what), delay);
	}

	/** The server has answered, or asks on. */
	pause(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#shown?.abort();
		this.#shown = undefined;
	}

	/** Words of the server, or of a program on the way to it. */
	says(...texts: string[]): void {
		const lines = serverWords(texts);
		if (lines.length === 0 || this.#over.signal.aborted || this.#count === most) return;
		this.#count++;
		this.#said.push(...lines);
		this.#asks.notice?.({...this.#subject, lines}, this.#over.signal);
	}

	/** The login is over, or through: what comes next has the usual time. */
	end(): void {
		this.pause();
		this.#over.abort();
		this.#patience.restore();
	}

	#show(what: string): void {
		const shown = new AbortController();
		this.#shown = shown;
		this.#asks.notice?.({...this.#subject, lines: [...this.#said.slice(-5), what], leave: this.#leave}, shown.signal);
	}
}

const waited = 'waiting for the login to be confirmed (a phone, perhaps)';
