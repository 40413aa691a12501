import {lineJoin} from './line-join.ts';
import {formsOf} from './mask-forms.ts';
import {shortest} from './mask-variants.ts';
import {SecretForms} from './secret-forms.ts';

/** What stands where a secret stood. */
export const maskText = '***';

/** Masks whole text. */
export function mask(text: string, secrets: string[]): string {
	const masker = new Masker(secrets);
	return masker.write(text) + masker.end();
}

/** Masking so short a secret would tear up ordinary text. */
export const isTooShort = (secret: string): boolean => new SecretForms([secret]).unmasked > 0;

/**
 * Masks a piece that was cut out of longer text, such as one line of it: also what may be a part of a secret that was
 * cut in two or wrapped there, from 4 characters on.
 */
export function maskExcerpt(text: string, secrets: string[]): string {
	const forms = secrets.flatMap(formsOf);
	if (forms.some(form => text.trim().length >= 2 * shortest && form.includes(text.trim()))) return maskText;
	let masked = mask(text, secrets);
	const end = longestOf(forms, masked, (form, length) => masked.endsWith(form.slice(0, length)));
	if (end > 0) masked = masked.slice(0, -end) + maskText;
	const beginning = longestOf(forms, masked, (form, length) => masked.startsWith(form.slice(-length)));
	return beginning > 0 ? maskText + masked.slice(beginning) : masked;
}

/**
 * Masks secrets in text that comes in pieces, wherever a piece ends, in every form that `variantsOf` knows, also where
 * its line was wrapped inside it; of secrets that overlap nothing is left. Holds back only what may be the beginning of
 * one: at most the longest form less one.
 *
 * Not found: a secret with something else inside it (an escape sequence), one that is encoded otherwise, and one shorter
 * than 4 characters, since masking that would tear up ordinary text.
 */
export class Masker {
	/** A secret stood in what was given out so far. */
	hasMasked = false;
	readonly #forms: SecretForms;
	#held = '';
	/** So much of the beginning of `#held` belongs to a match whose mask was given out already. */
	#covered = 0;
	/** Characters of the line of `#held` that were given out already. */
	#column = 0;

	constructor(secrets: string[]) {
		this.#forms = new SecretForms(secrets);
	}

	write(text: string): string {
		if (this.#forms.longest === 0) return text;
		this.#held += text;
		return this.#give(false);
	}

	end(): string {
		return this.#give(true);
	}

	/** Gives out what stands before a possible beginning. A match that begins there lies in `#held` as a whole. */
	#give(isEnd: boolean): string {
		const held = this.#held;
		const {text, placeOf} = lineJoin(held, this.#column);
		const last = isEnd ? text.length : this.#forms.beginningIn(text);
		const until = last === text.length ? held.length : placeOf(last);
		let given = '';
		let settled = this.#covered;
		for (const match of this.#forms.find(text)) {
			if (match.begin >= last) break;
			this.hasMasked = true;
			const begin = placeOf(match.begin);
			if (begin >= settled) given += held.slice(settled, begin) + maskText;
			settled = Math.max(settled, placeOf(match.end - 1) + 1);
		}
		given += held.slice(settled, until);
		this.#held = held.slice(until);
		this.#covered = Math.max(0, settled - until);
		const feed = held.lastIndexOf('\n', until - 1);
		if (until > 0) this.#column = feed < 0 ? this.#column + until : until - feed - 1;
		return given;
	}
}

/** The length of the longest part of a form, shorter than the whole, that `stands` says is there. */
function longestOf(forms: string[], text: string, stands: (form: string, length: number) => boolean): number {
	let longest = 0;
	for (const form of forms) {
		const most = Math.min(form.length - 1, text.length);
		for (let length = most; length >= Math.max(shortest, longest + 1); length--) {
			if (stands(form, length)) longest = length;
		}
	}
	return longest;
}
