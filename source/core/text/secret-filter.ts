import {Masker, maskExcerpt, maskText} from './mask.ts';

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

	/** The same behind something that is missing: the first lines may be the end of a secret that began in it. */
	writeAfterGap(text: string): string {
		let given = '';
		let rest = text;
		for (let isInside = true; isInside && rest !== ''; ) {
			const [line] = rest.split('\n', 1);
			const masked = maskExcerpt(line!, this.#secrets());
			isInside = masked === maskText || line === '';
			given += masked + rest.slice(line!.length, line!.length + 1);
			rest = rest.slice(line!.length + 1);
		}
		return given + this.write(rest);
	}

	/** A secret stood in what was given out so far. */
	get hasMasked(): boolean {
		return this.#hadMasked || this.#masker.hasMasked;
	}

	end(): string {
		return this.#masker.end();
	}
}
