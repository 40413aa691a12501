import {markdown} from './markdown-tokens.ts';

/** Longer text is shown as it was written: nothing good has such a heading. */
const longest = 2000;

/** What a reader sees of inline Markdown: no marks, no HTML, links and images by their text; on one line. */
export function plainText(source: string): string {
	if (source.length > longest || !/[`*_[\]<&\\\n]/.test(source)) return source.replace(/\s+/g, ' ').trim();
	let text = '';
	for (const token of markdown.parseInline(source, {})[0]?.children ?? []) {
		if (token.type === 'softbreak' || token.type === 'hardbreak') text += ' ';
		else if (token.type !== 'html_inline') text += token.content;
	}
	return text.replace(/\s+/g, ' ').trim();
}

/** Where `[...](#anchor)` stands in inline Markdown, code spans left out. Anchors are decoded, in the author's case. */
export function sectionLinksOf(source: string): {anchor: string; at: number}[] {
	if (!source.includes('](')) return [];
	const links: {anchor: string; at: number}[] = [];
	for (const match of withoutCode(source).matchAll(/\]\([ \t]*<?#([^)\s>]+)/g)) {
		const anchor = decoded(match[1]!);
		if (anchor.toLowerCase() !== 'top') links.push({anchor, at: match.index + match[0].indexOf('#')});
	}
	return links;
}

/** The text with its code spans blanked out; offsets stay. Linear: a mark finds its partner by look-up. */
export function withoutCode(source: string): string {
	const marks = [...source.matchAll(/`+/g)].map(match => {
		const isEscaped = source[match.index - 1] === '\\';
		return {at: match.index, length: match[0].length, opens: match[0].length - (isEscaped ? 1 : 0)};
	});
	const partners = new Map<number, number[]>();
	for (let at = marks.length - 1; at >= 0; at--) {
		const list = partners.get(marks[at]!.length);
		if (list) list.push(at);
		else partners.set(marks[at]!.length, [at]);
	}
	let text = '';
	let from = 0;
	for (let at = 0; at < marks.length; at++) {
		const mark = marks[at]!;
		const candidates = partners.get(mark.opens);
		while (candidates && candidates.length > 0 && candidates.at(-1)! <= at) candidates.pop();
		const partner = candidates?.at(-1);
		if (partner === undefined) continue;
		const end = marks[partner]!.at + marks[partner]!.length;
		text += source.slice(from, mark.at) + ' '.repeat(end - mark.at);
		from = end;
		at = partner;
	}
	return text + source.slice(from);
}

function decoded(anchor: string): string {
	try {
		return decodeURIComponent(anchor);
	} catch {
		return anchor;
	}
}
