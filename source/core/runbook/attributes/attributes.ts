import type {Place} from '../model.ts';

/** A word (`true`) or `key=value`, as it stands in the source. */
export type Attribute = {key: string; value: string | true; place: Place};

export type ParsedAttributes = {attributes: Attribute[]; problem?: {place: Place; why: string}};

/**
 * Reads words, `key=value`, `key="..."` and `key='...'`, separated by blanks, values literally; or, where the text begins
 * with a double quote, the inside of a JSON object. Stops at the first thing that it cannot read.
 */
export function parseAttributes(text: string, start: Place): ParsedAttributes {
	return text.trimStart().startsWith('"') ? parseJson(text, start) : parseWords(text, start);
}

/** Reads what follows the language of a fence: attributes only where a brace comes first. */
export function parseInfo(info: string, start: Place): ParsedAttributes {
	const open = info.search(/\S/);
	if (open < 0 || info[open] !== '{') return {attributes: []};
	const place = {line: start.line, column: start.column + open + 1};
	const close = info.lastIndexOf('}');
	if (close < open) return {attributes: [], problem: {place, why: 'the closing brace is missing'}};
	return parseAttributes(info.slice(open + 1, close), place);
}

function parseWords(text: string, start: Place): ParsedAttributes {
	const attributes: Attribute[] = [];
	let {line, column} = start;
	let at = 0;
	const advance = (to: number) => {
		for (; at < to; at++) {
			if (text[at] === '\n') {
				line++;
				column = 1;
			} else column++;
		}
	};
	for (;;) {
		advance(endOf(separator, text, at));
		if (at >= text.length) return {attributes};
		const place = {line, column};
		const keyEnd = endOf(keyWord, text, at);
		if (keyEnd === at) return {attributes, problem: {place, why: 'a key is missing before ='}};
		const key = text.slice(at, keyEnd);
		advance(keyEnd);
		if (text[at] !== '=') {
			attributes.push({key, value: true, place});
			continue;
		}
		const quote = text[at + 1];
		if (quote === '"' || quote === "'") {
			const close = text.indexOf(quote, at + 2);
			if (close < 0) return {attributes, problem: {place, why: `the value of ${key} has no closing quote`}};
			attributes.push({key, value: text.slice(at + 2, close), place});
			advance(close + 1);
		} else {
			const end = endOf(bareValue, text, at + 1);
			attributes.push({key, value: text.slice(at + 1, end), place});
			advance(end);
		}
	}
}

const separator = /[\s,]*/y;
const keyWord = /[^\s=]+/y;
const bareValue = /\S*/y;

function endOf(sticky: RegExp, text: string, at: number): number {
	sticky.lastIndex = at;
	return sticky.test(text) ? sticky.lastIndex : at;
}

function parseJson(text: string, place: Place): ParsedAttributes {
	try {
		const values: Record<string, unknown> = JSON.parse(`{${text}}`);
		return {
			attributes: Object.entries(values).map(([key, value]) => ({
				key,
				value: value === true ? true : typeof value === 'string' ? value : JSON.stringify(value),
				place,
			})),
		};
	} catch {
		return {attributes: [], problem: {place, why: 'it begins as JSON and is not'}};
	}
}
