import {
	isAlias,
	isMap,
	isScalar,
	isSeq,
	LineCounter,
	type Node,
	parseDocument,
	type Document as YamlDocument,
} from 'yaml';
import type {Reporter} from '../findings.ts';
import type {Place} from '../model.ts';

/** Alias look-ups of one file; more of them is an attack or a mistake. */
const mostAliases = 20;

export type YamlEntry = {key: string; keyPlace: Place; value: Node | null};

/** A YAML text with its places; aliases are followed a few times, duplicate keys and foreign tags are errors. */
export class YamlText {
	readonly root: Node | null;
	readonly problems: {why: string; place: Place}[];
	readonly #lines = new LineCounter();
	readonly #document: YamlDocument.Parsed | undefined;
	readonly #firstLine: number;
	readonly #report: Reporter['report'];
	#aliases = 0;

	/** `firstLine`: where the text begins in its file. Duplicate keys of what is read are reported at once. */
	constructor(text: string, firstLine: number, report: Reporter['report']) {
		this.#firstLine = firstLine;
		this.#report = report;
		this.problems = [];
		try {
			// Its own test for duplicate keys is quadratic in the number of keys; `entries` does it.
			this.#document = parseDocument(text, {
				schema: 'core',
				uniqueKeys: false,
				prettyErrors: false,
				lineCounter: this.#lines,
			});
			for (const {message, pos} of [...this.#document.errors, ...this.#document.warnings]) {
				this.problems.push({why: message, place: this.#at(pos[0])});
			}
		} catch {
			this.problems.push({why: 'it is nested too deeply', place: {line: firstLine, column: 1}});
		}
		this.root = this.#document?.contents ?? null;
	}

	placeOf(node: Node | null | undefined): Place {
		return this.#at(node?.range?.[0] ?? 0);
	}

	/** Where the first line of a text stands: below its mark for `|` and `>`. */
	textPlaceOf(node: Node | null | undefined): Place {
		const place = this.placeOf(node);
		const isBlock = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
		return isBlock ? {line: place.line + 1, column: 1} : place;
	}

	/** The node that an alias stands for; null where it names none or too many were followed. */
	follow(node: Node | null | undefined): Node | null {
		let at = node ?? null;
		while (at && isAlias(at)) {
			if (++this.#aliases > mostAliases) {
				if (this.#aliases === mostAliases + 1) this.#report('yaml-invalid', this.placeOf(at), 'too many aliases');
				return null;
			}
			at = (at.resolve(this.#document!) as Node | undefined) ?? null;
		}
		return at;
	}

	/** The entries of a map, or undefined where it is none. */
	entries(node: Node | null | undefined): YamlEntry[] | undefined {
		const map = this.follow(node);
		if (!isMap(map)) return undefined;
		const seen = new Set<string>();
		const entries: YamlEntry[] = [];
		for (const {key: keyNode, value} of map.items) {
			const key = this.text(keyNode as Node) ?? '';
			const keyPlace = this.placeOf(keyNode as Node);
			if (seen.has(key)) this.#report('yaml-invalid', keyPlace, `the key ${key} stands here twice`);
			else entries.push({key, keyPlace, value: this.follow(value as Node | null)});
			seen.add(key);
		}
		return entries;
	}

	/** The items of a list, or undefined where it is none. */
	items(node: Node | null | undefined): Node[] | undefined {
		const list = this.follow(node);
		return isSeq(list) ? list.items.map(item => this.follow(item as Node)).filter(item => item !== null) : undefined;
	}

	/** A scalar as its author wrote it (`1.10` stays `1.10`); undefined for maps, lists and nothing. */
	text(node: Node | null | undefined): string | undefined {
		const scalar = this.follow(node);
		if (!isScalar(scalar) || scalar.value === null || scalar.value === undefined) return undefined;
		return typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value));
	}

	/** Nothing written, or `null`. */
	isNothing(node: Node | null | undefined): boolean {
		const scalar = this.follow(node);
		return scalar === null || (isScalar(scalar) && scalar.value === null);
	}

	/** `true` and `false` themselves; undefined for everything else. */
	boolean(node: Node | null | undefined): boolean | undefined {
		const scalar = this.follow(node);
		return isScalar(scalar) && typeof scalar.value === 'boolean' ? scalar.value : undefined;
	}

	#at(offset: number): Place {
		const {line, col} = this.#lines.linePos(offset);
		return {line: this.#firstLine + Math.max(line, 1) - 1, column: Math.max(col, 1)};
	}
}
