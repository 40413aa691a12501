import {type ParsedAttributes, parseAttributes} from '../attributes/attributes.ts';
import type {Place} from '../model.ts';

const opening = /<!--\s*handrail(?=[\s-])/g;

/** A comment of ours: `<!-- handrail when="pm=dnf" -->`. */
export type HandrailComment = ParsedAttributes & {start: number; end: number};

/** The first comment of ours in a text, its attributes placed by where the text begins. */
export function handrailCommentIn(text: string, placeAt: (offset: number) => Place): HandrailComment | undefined {
	if (!text.includes('handrail')) return undefined;
	opening.lastIndex = 0;
	const match = opening.exec(text);
	if (!match) return undefined;
	const from = match.index + match[0].length;
	const close = text.indexOf('-->', from);
	if (close < 0) return undefined;
	return {...parseAttributes(text.slice(from, close), placeAt(from)), start: match.index, end: close + 3};
}
