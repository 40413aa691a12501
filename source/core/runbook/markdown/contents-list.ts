import type {Token} from 'markdown-it';
import type {ContentsItem} from '../draft/draft.ts';
import {plainText, sectionLinksOf} from './inline-text.ts';

/** The items of a list that is a table of contents: at least two of them begin with a link to a section. */
export function contentsItemsOf(tokens: Token[], list: number, end: number): ContentsItem[] {
	const items: ContentsItem[] = [];
	let links = 0;
	for (let at = list + 1; at < end; at++) {
		const token = tokens[at]!;
		if (token.type !== 'inline' || tokens[at - 2]!.type !== 'list_item_open') continue;
		const anchors = sectionLinksOf(token.content);
		if (anchors.length > 0 && token.content.startsWith('[')) links++;
		const isPlain = !token.content.includes('](') && !/[.!?:;]$/.test(token.content);
		if (token.content.length > 120 || (anchors.length !== 1 && !isPlain)) continue;
		const line = token.map![0] + 1;
		items.push({title: plainText(token.content), anchor: anchors[0]?.anchor, place: {line, column: 1}});
	}
	return links >= 2 ? items : [];
}
