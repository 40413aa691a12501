import {Buffer} from 'node:buffer';
import {mask, maskExcerpt} from '../../core/text/mask.ts';

/** Secrets of a session, in memory only, by host and name. */
export class Secrets {
	readonly #held = new Map<string, Buffer>();
	/** Only masked: what let somebody in at a login, what was given again. */
	readonly #masked: Buffer[] = [];

	/** Keeps a copy of the bytes; wipes the given ones. */
	keep(host: string, name: string, value: Uint8Array): void {
		const before = this.#held.get(key(host, name));
		// What was given before is nowhere to be seen either.
		if (before) this.#masked.push(before);
		this.#held.set(key(host, name), Buffer.from(value));
		value.fill(0);
	}

	/** Keeps a copy of what is only to be masked. */
	mask(value: Uint8Array): void {
		if (!this.#masked.some(each => each.equals(value))) this.#masked.push(Buffer.from(value));
	}

	drop(host: string, name: string): void {
		this.#held.get(key(host, name))?.fill(0);
		this.#held.delete(key(host, name));
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

	get isEmpty(): boolean {
		return this.#held.size === 0 && this.#masked.length === 0;
	}

	/** Text from a host without any of them. */
	masked(text: string): string {
		return mask(text, this.all());
	}

	/** The same for a piece of longer text, as for the journal: one may be cut in two by its ends. */
	maskedExcerpt(text: string): string {
		return maskExcerpt(text, this.all());
	}

	wipe(): void {
		for (const value of [...this.#held.values(), ...this.#masked]) value.fill(0);
		this.#held.clear();
		this.#masked.length = 0;
	}
}

const key = (host: string, name: string) => `${host}\n${name}`;
