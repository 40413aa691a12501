import type {Remembered} from './login-memory.ts';

/** The password of one login: the remembered one is sent once at most, and what was typed is remembered when it served. */
export class PasswordSlot {
	readonly #remembered: Remembered;
	readonly #mask: (secret: Uint8Array) => void;
	#sent: Buffer | undefined;
	#proven: Buffer | undefined;

	constructor(remembered: Remembered, mask: (secret: Uint8Array) => void) {
		this.#remembered = remembered;
		this.#mask = mask;
	}

	/** The remembered one. Forgotten from here on: if the connection goes now, nobody knows whether it was refused. */
	take(): Buffer | undefined {
		const kept = this.#remembered.password;
		delete this.#remembered.password;
		return kept;
	}

	/** Typed when there was no connection any more: for the next one. */
	save(typed: Buffer): void {
		this.#remembered.password?.fill(0);
		this.#remembered.password = typed;
	}

	/** Goes out now. */
	send(password: Buffer): void {
		this.#sent?.fill(0);
		this.#sent = password;
	}

	/** What the server said to it. */
	settle(isAccepted: boolean): void {
		if (this.#sent && isAccepted) {
			this.#mask(this.#sent);
			this.#proven?.fill(0);
			this.#proven = this.#sent;
		} else this.#sent?.fill(0);
		this.#sent = undefined;
	}

	/** The login has ended. */
	end(isIn: boolean): void {
		this.settle(isIn);
		if (isIn && this.#proven) this.save(this.#proven);
		else this.#proven?.fill(0);
		this.#proven = undefined;
	}
}
