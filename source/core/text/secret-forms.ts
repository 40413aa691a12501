import {formsOf} from './mask-forms.ts';

/** Where something begins in a text, and the character behind its end. */
export type Range = {begin: number; end: number};

/** Every form of some secrets, to be looked for in text whose wrapped lines were joined. */
export class SecretForms {
	/** How many of the secrets are too short to be looked for: to be said. */
	readonly unmasked: number;
	/** Characters of the longest form; 0 where there is nothing to look for. */
	readonly longest: number;
	readonly #pattern: RegExp;
	/** The forms by their first character. */
	readonly #beginnings: Map<string, string[]>;

	constructor(secrets: string[]) {
		const known = secrets.map(formsOf);
		this.unmasked = known.filter(forms => forms.length === 0).length;
		// The longest that fits at a place is to be found there.
		const forms = [...new Set(known.flat())].sort((a, b) => b.length - a.length);
		this.longest = forms[0]?.length ?? 0;
		this.#beginnings = Map.groupBy(forms, form => form[0]!);
		this.#pattern = new RegExp(forms.map(escaped).join('|'), 'g');
	}

	/** In the order of their beginnings; they may overlap. */
	*find(text: string): Generator<Range> {
		if (this.longest === 0) return;
		this.#pattern.lastIndex = 0;
		for (let match = this.#pattern.exec(text); match; match = this.#pattern.exec(text)) {
			const begin = match.index;
			yield {begin, end: begin + match[0].length};
			this.#pattern.lastIndex = begin + 1;
		}
	}

	/** Where a form begins that the text does not hold to its end; else the end of the text. */
	beginningIn(text: string): number {
		for (let at = Math.max(0, text.length - this.longest + 1); at < text.length; at++) {
			const forms = this.#beginnings.get(text[at]!);
			if (!forms) continue;
			const rest = text.slice(at);
			if (forms.some(form => form.length > rest.length && form.startsWith(rest))) return at;
		}
		return text.length;
	}
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
