/** A line of text that is being written; `at` is where the cursor stands, in characters as people count them. */
export type TextLine = {value: string; at: number};

export const lineOf = (value: string): TextLine => ({value, at: characters(value).length});

/** The line after a key; undefined where the key is none of a line's. */
export function editLine({value, at}: TextLine, key: string): TextLine | undefined {
	const all = characters(value);
	switch (key) {
		case 'left':
			return {value, at: Math.max(0, at - 1)};
		case 'right':
			return {value, at: Math.min(all.length, at + 1)};
		case 'home':
			return {value, at: 0};
		case 'end':
			return {value, at: all.length};
		case 'backspace':
			return at === 0 ? {value, at} : without(all, at - 1, at);
		case 'delete':
			return without(all, at, at + 1);
		case 'erase':
			return without(all, 0, at);
		case 'erase-word': {
			const before = all.slice(0, at).join('');
			return without(all, characters(before.replace(/\S*\s*$/, '')).length, at);
		}
		default:
			return undefined;
	}
}

/** The line with a text put in where the cursor stands. */
export function insert({value, at}: TextLine, text: string): TextLine {
	const all = characters(value);
	const before = all.slice(0, at).join('') + text;
	return {value: before + all.slice(at).join(''), at: characters(before).length};
}

function without(all: string[], from: number, to: number): TextLine {
	return {value: [...all.slice(0, from), ...all.slice(to)].join(''), at: from};
}

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});
export const characters = (text: string): string[] => [...graphemes.segment(text)].map(({segment}) => segment);
