import type {Token} from 'markdown-it';
import type {DraftChoice} from '../draft/draft.ts';
import {InlinePlaces} from './inline-places.ts';
import {plainText, sectionLinksOf} from './inline-text.ts';
import {isSessionLanguage, isShellLanguage, splitInfo} from './shell-fence.ts';

/** True for the headings under which a list of links is a choice. */
export const isQuestion = (title: string): boolean => /[?？]$/.test(title);

/** The text of a task item after its box, or undefined where an inline text is none. */
export function taskText(source: string): string | undefined {
	const match = /^\[[ xX]\]\s+(?=\S)/.exec(source);
	return match ? source.slice(match[0].length) : undefined;
}

/**
 * Where a section, whose tokens go from `from` to `to`, is a choice: the index of its list, which holds one link to a
 * section per item while nothing else in the section can be acted on. The list stands beside the heading, which ends
 * before `from`, or farther out, not in another list.
 */
export function choiceListIn(tokens: Token[], from: number, to: number): number | undefined {
	const {level} = tokens[from - 1]!;
	let found: number | undefined;
	for (let at = from; at < to; at++) {
		const token = tokens[at]!;
		if (token.type === 'fence') {
			const {language} = splitInfo(token.info);
			if (isShellLanguage(language) || isSessionLanguage(language)) return undefined;
		} else if (token.type === 'inline' && tokens[at - 2]?.type === 'list_item_open') {
			if (taskText(token.content) !== undefined) return undefined;
		} else if (isList(token) && token.level <= level && isListOfLinks(tokens, at, to)) {
			if (found !== undefined) return undefined;
			found = at;
		}
	}
	return found;
}

/** The options of a choice, and the line (from 0) of the first item behind them that is none. */
export function choiceOptions(tokens: Token[], list: number, lines: string[]) {
	const options: DraftChoice['options'] = [];
	let item = list + 1;
	while (tokens[item]?.type === 'list_item_open' && tokens[item + 1]!.type === 'paragraph_open') {
		const {content, map} = tokens[item + 2]!;
		const [link] = sectionLinksOf(content);
		const place = new InlinePlaces(content, map![0], lines).at(link!.at);
		options.push({text: plainText(content), anchor: link!.anchor, place});
		item += itemShape.length;
	}
	const rest = tokens[item];
	return {options, restLine: rest?.type === 'list_item_open' ? rest.map![0] : undefined};
}

const isList = (token: Token): boolean => token.type === 'bullet_list_open' || token.type === 'ordered_list_open';

const itemShape = ['list_item_open', 'paragraph_open', 'inline', 'paragraph_close', 'list_item_close'];

/** Every item is one paragraph with one link to a section; the list ends where the next heading begins, even inside it. */
function isListOfLinks(tokens: Token[], list: number, to: number): boolean {
	const isEnd = (at: number) => tokens[at]!.type.endsWith('_list_close') || at >= to - 1;
	let at = list + 1;
	for (; !isEnd(at); at += itemShape.length) {
		if (!itemShape.every((type, offset) => tokens[at + offset]!.type === type || at + offset === to)) return false;
		if (sectionLinksOf(tokens[at + 2]!.content).length !== 1) return false;
	}
	return at > list + 1;
}
