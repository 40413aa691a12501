import {Masker} from './mask.ts';

/** Masks the secrets that are known by now in text that comes in pieces: one may be typed while a command runs. */
export class SecretFilter {
	readonly #secrets: () => string[];
	#masker = new Masker([]);
	#count = 0;
	#hadMasked = false;

	constructor(secrets: () => string[]) {
		this.#secrets = secrets;
	}

	write(text: string): string {
		const all = this.#secrets();
		if (all.length === this.#count) return this.#masker.write(text);
		const held = this.#masker.end();
		this.#hadMasked = this.hasMasked;
		this.#count = all.length;
		this.#masker = new Masker(all);
		return this.#masker.write(held + text);
	}

	/** A secret stood in what was given out so far. */
	get hasMasked(): boolean {
		return this.#hadMasked || this.#masker.hasMasked;
	}

	end(): string {
		return this.#masker.end();
	}
}
