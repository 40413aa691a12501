import {Buffer} from 'node:buffer';
import {mask} from '../../core/text/mask.ts';

/** Secrets of a session, in memory only, by host and name. */
export class Secrets {
	readonly #held = new Map<string, Buffer>();
	/** Only masked: what let somebody in at a login. */
	readonly #masked: Buffer[] = [];

	/** Keeps a copy of the bytes; wipes the given ones. */
	keep(host: string, name: string, value: Uint8Array): void {
		this.#held.get(key(host, name))?.fill(0);
		this.#held.set(key(host, name), Buffer.from(value));
		value.fill(0);
	}

	/** Keeps a copy of what is only to be masked. */
	mask(value: Uint8Array): void {
		if (!this.#masked.some(each => each.equals(value))) this.#masked.push(Buffer.from(value));
	}

	of(host: string, names: string[]): Record<string, Uint8Array> {
		return Object.fromEntries(
			names.flatMap(name => {
				const value = this.#held.get(key(host, name));
				return value ? [[name, value]] : [];
			}),
		);
	}

	/** Every secret as text, for the masker of what is shown. */
	all(): string[] {
		return [...new Set([...this.#held.values(), ...this.#masked].map(value => value.toString()))];
	}

	/** Text from a host without any of them, for the journal. */
	masked(text: string): string {
		return mask(text, this.all());
	}

	wipe(): void {
		for (const value of [...this.#held.values(), ...this.#masked]) value.fill(0);
		this.#held.clear();
		this.#masked.length = 0;
	}
}

const key = (host: string, name: string) => `${host}\n${name}`;
