import {variantsOf} from './mask-variants.ts';

/** What stands where a secret stood. */
export const maskText = '***';

/** Masks whole text. */
export function mask(text: string, secrets: string[]): string {
	const masker = new Masker(secrets);
	return masker.write(text) + masker.end();
}

/**
 * Masks secrets in text that comes in pieces, wherever a piece ends, in every form that `variantsOf` knows; of secrets
 * that overlap nothing is left. Holds back only what may be the beginning of one: at most the longest form less one.
 *
 * Not found: a secret with something inside it (an escape sequence, a wrapped line), one that is encoded otherwise, and
 * one shorter than 4 characters, since masking that would tear up ordinary text.
 */
export class Masker {
	/** How many of the secrets are too short to be masked: to be said. */
	readonly unmasked: number;
	/** A secret stood in what was given out so far. */
	hasMasked = false;
	#forms: RegExp | undefined;
	/** The forms by their first character. */
	readonly #beginnings: Map<string, string[]>;
	#longest = 0;
	#held = '';
	/** So much of the beginning of `#held` belongs to a match whose mask was given out already. */
	#covered = 0;

	constructor(secrets: string[]) {
		const variants = secrets.map(variantsOf);
		this.unmasked = variants.filter(forms => forms.length === 0).length;
		// The longest that fits at a place is to be found there.
		const forms = [...new Set(variants.flat())].sort((a, b) => b.length - a.length);
		this.#beginnings = Map.groupBy(forms, form => form[0]!);
		if (forms.length === 0) return;
		this.#forms = new RegExp(forms.map(escaped).join('|'), 'g');
		this.#longest = forms[0]!.length;
	}

	write(text: string): string {
		if (!this.#forms) return text;
		this.#held += text;
		return this.#give(this.#forms, this.#firstBeginning(this.#held));
	}

	end(): string {
		return this.#forms ? this.#give(this.#forms, this.#held.length) : '';
	}

	/** Where a form begins that the text does not hold to its end; else the end of the text. */
	#firstBeginning(text: string): number {
		for (let at = Math.max(0, text.length - this.#longest + 1); at < text.length; at++) {
			const forms = this.#beginnings.get(text[at]!);
			if (!forms) continue;
			const rest = text.slice(at);
			if (forms.some(form => form.length > rest.length && form.startsWith(rest))) return at;
		}
		return text.length;
	}

	/** Gives out what stands before `until`. A match that begins there lies in `#held` as a whole. */
	#give(forms: RegExp, until: number): string {
		const text = this.#held;
		let given = '';
		let settled = this.#covered;
		forms.lastIndex = 0;
		for (let match = forms.exec(text); match && match.index < until; match = forms.exec(text)) {
			this.hasMasked = true;
			if (match.index >= settled) given += text.slice(settled, match.index) + maskText;
			settled = Math.max(settled, match.index + match[0].length);
			forms.lastIndex = match.index + 1;
		}
		given += text.slice(settled, until);
		this.#held = text.slice(until);
		this.#covered = Math.max(0, settled - until);
		return given;
	}
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
