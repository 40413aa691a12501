import {narrowest} from './line-join.ts';
import {type Range, SecretForms} from './secret-forms.ts';

/** A line of a screen, untrimmed where the next one goes on with it. */
export type ScreenLine = {text: string; isWrapped: boolean};

/**
 * Secrets on the lines of a screen, also those that were wrapped, coloured inside or drawn piece by piece: what stands
 * there counts, not how it came there.
 */
export class HiddenRows {
	readonly #secrets: () => string[];
	readonly #lineAt: (index: number) => ScreenLine | undefined;
	#forms = new SecretForms([]);
	#count = 0;
	readonly #lines = new Map<number, ScreenLine | undefined>();

	constructor(secrets: () => string[], lineAt: (index: number) => ScreenLine | undefined) {
		this.#secrets = secrets;
		this.#lineAt = lineAt;
	}

	/** Something else stands on the screen now. */
	forget(): void {
		this.#lines.clear();
	}

	/** The text of a line with stars and blanks where a secret stands, as long as before. */
	cover(index: number, text: string): string {
		let covered = text;
		for (const {begin, end} of this.#rangesOf(index)) {
			covered = covered.slice(0, begin) + stars(end - begin) + covered.slice(end);
		}
		return covered.slice(0, text.length);
	}

	#rangesOf(index: number): Range[] {
		const secrets = this.#secrets();
		if (secrets.length !== this.#count) {
			this.#count = secrets.length;
			this.#forms = new SecretForms(secrets);
		}
		const {longest} = this.#forms;
		const own = longest > 0 && this.#line(index)?.text;
		if (!own) return [];
		let before = '';
		for (let at = index; before.length < longest && this.#isJoined(at); at--)
			before = this.#line(at - 1)!.text + before;
		let after = '';
		for (let at = index + 1; after.length < longest && this.#isJoined(at); at++) after += this.#line(at)!.text;
		return [...this.#forms.find(before + own + after)]
			.map(({begin, end}) => ({
				begin: Math.max(0, begin - before.length),
				end: Math.min(own.length, end - before.length),
			}))
			.filter(({begin, end}) => begin < end);
	}

	/** Whether a line may go on with what the one before ended with. */
	#isJoined(index: number): boolean {
		const [before, line] = [this.#line(index - 1), this.#line(index)];
		if (!before || !line || line.text === '') return false;
		return line.isWrapped || before.text.length >= narrowest;
	}

	#line(index: number): ScreenLine | undefined {
		if (!this.#lines.has(index)) this.#lines.set(index, this.#lineAt(index));
		return this.#lines.get(index);
	}
}

const stars = (length: number): string => '***'.slice(0, length).padEnd(length);
