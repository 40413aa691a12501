import type {LoginQuestion, LoginSecret, UnknownKey} from '../../../core/run/login-question.ts';
import {type AskLogin, nobody} from '../../hosts/ask-login.ts';
import {Confirmation} from './confirmation.ts';
import type {Patience} from './patience.ts';

/** Asks whoever is there what the login on one machine needs; the time that they take does not count. */
export class Interview {
	readonly isNobody: boolean;
	/** What somebody does elsewhere. */
	readonly confirmation: Confirmation;
	readonly #asks: AskLogin;
	readonly #subject: Pick<LoginQuestion, 'host' | 'machine'>;
	readonly #patience: Patience;
	readonly #signal: AbortSignal;
	/** What serves a next connection too. */
	readonly #lasting = new Set<Promise<unknown>>();
	#asked = 0;

	constructor(
		asks: AskLogin,
		subject: Pick<LoginQuestion, 'host' | 'machine'>,
		patience: Patience,
		signal: AbortSignal,
		confirms: {leave(): void; limit?: number | undefined},
	) {
		this.isNobody = asks === nobody;
		this.#asks = asks;
		this.#subject = subject;
		this.#patience = patience;
		this.#signal = signal;
		this.confirmation = new Confirmation(asks, subject, patience, confirms.leave, confirms.limit);
	}

	get isAsking(): boolean {
		return this.#asked > 0;
	}

	async trusts(key: UnknownKey): Promise<boolean> {
		return await this.#wait(this.#asks.trusts({...this.#subject, ...key}, this.#signal), true);
	}

	/** What was typed; undefined where nobody would. `over`: nobody needs the answer any more. */
	async tell(secret: LoginSecret, over?: AbortSignal): Promise<Buffer | undefined> {
		const signal = over ? AbortSignal.any([this.#signal, over]) : this.#signal;
		const answer = this.#asks.tell({...this.#subject, ...secret}, signal);
		const typed = await this.#wait(answer, over === undefined);
		return typed && Buffer.from(typed.buffer, typed.byteOffset, typed.byteLength);
	}

	mask(secret: Uint8Array): void {
		this.#asks.mask?.(secret);
	}

	/** Waits until everything that serves a next connection too was answered; whether there was anything. */
	async settled(): Promise<boolean> {
		const wasAsking = this.#lasting.size > 0;
		while (this.#lasting.size > 0) {
			await Promise.allSettled(this.#lasting);
			// Who has the answer may ask again.
			await new Promise(resolve => setImmediate(resolve));
		}
		return wasAsking;
	}

	async #wait<T>(answer: Promise<T>, isLasting: boolean): Promise<T> {
		if (isLasting) this.#lasting.add(answer);
		this.confirmation.pause();
		if (this.#asked++ === 0) this.#patience.wait(true);
		try {
			return await answer;
		} finally {
			if (--this.#asked === 0) this.#patience.wait(false, least);
			this.#lasting.delete(answer);
		}
	}
}

/** Milliseconds that the server has for what is answered, however long everything before it took. */
const least = 2000;
