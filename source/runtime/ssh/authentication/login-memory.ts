import type {ParsedKey} from 'ssh2';

/** What a session remembers of its logins on a host, so that connecting again asks for nothing twice. */
export class LoginMemory {
	/** Keys whose passphrase was told, by their files. */
	readonly keys = new Map<string, ParsedKey>();
	readonly #machines: Remembered[] = [];

	/** Of the machine at a place of the way to the host. */
	of(place: number): Remembered {
		this.#machines[place] ??= {hasStood: false};
		return this.#machines[place];
	}

	/** Wipes what can be wiped; ssh2 holds a key as a string. */
	forget(): void {
		this.keys.clear();
		for (const machine of this.#machines) machine.password?.fill(0);
		this.#machines.length = 0;
	}
}

export type Remembered = {
	/** The host key that was trusted. */
	hostKey?: Uint8Array;
	/** Whether there was a connection with that key. */
	hasStood: boolean;
	/** Not refused by it so far; sent once for each connection. */
	password?: Buffer;
};
