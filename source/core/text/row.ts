// A line of a screen as data: spans of text with a look. Views make rows, one component draws them.
import stringWidth from 'string-width';
import type {Colour} from './glyphs.ts';

export type Look = {colour?: Colour; background?: Colour; bold?: boolean; inverse?: boolean};
export type Span = Look & {text: string};
/** Spans from left to right; their text is filtered already. */
export type Row = Span[];

export const row = (text: string, look: Look = {}): Row => [{text, ...look}];

/** Cells that a text takes. */
export const widthOf = (text: string): number => (isAscii.test(text) ? text.length : stringWidth(text));

export const rowWidth = (spans: Row): number => spans.reduce((sum, span) => sum + widthOf(span.text), 0);

export const rowText = (spans: Row): string => spans.map(span => span.text).join('');

/** As much of a text as so many cells hold; a wide character is not halved. */
export function cut(text: string, width: number): string {
	if (isAscii.test(text)) return text.slice(0, Math.max(0, width));
	let taken = '';
	let has = 0;
	for (const {segment} of graphemes.segment(text)) {
		has += stringWidth(segment);
		if (has > width) break;
		taken += segment;
	}
	return taken;
}

/** Exactly so many cells: cut with an ellipsis, or filled with blanks. */
export function fit(text: string, width: number, ellipsis = '~'): string {
	const has = widthOf(text);
	if (has <= width) return text + ' '.repeat(width - has);
	if (width <= 0) return '';
	const kept = cut(text, width - 1) + ellipsis;
	return kept + ' '.repeat(width - widthOf(kept));
}

/** The row in exactly so many cells. */
export function fitRow(spans: Row, width: number): Row {
	const fitted: Row = [];
	let left = width;
	for (const span of spans) {
		const has = widthOf(span.text);
		if (has > left) {
			fitted.push({...span, text: fit(span.text, left)});
			return fitted;
		}
		fitted.push(span);
		left -= has;
	}
	if (left > 0) fitted.push({text: ' '.repeat(left)});
	return fitted;
}

/** Breaks a text at blanks into lines of at most so many cells (2 at least); longer words are broken. Its lines stay apart. */
export function wrap(text: string, width: number, indent = ''): string[] {
	return text.split('\n').flatMap(line => wrapLine(withoutTabs(line), Math.max(2, width), indent));
}

function wrapLine(line: string, width: number, indent: string): string[] {
	if (widthOf(line) <= width) return [line.trimEnd()];
	const lines: string[] = [];
	const room = Math.min(width >> 1, width - 2);
	const lead = /^ */.exec(line)![0].slice(0, room);
	const hanging = (lead + indent).slice(0, room);
	let current = lead;
	let isFresh = true;
	for (const word of line.trim().split(/ +/)) {
		const joined = isFresh ? current + word : `${current} ${word}`;
		if (widthOf(joined) <= width) current = joined;
		else {
			if (!isFresh) lines.push(current);
			current = (isFresh ? current : hanging) + word;
			while (widthOf(current) > width) {
				const piece = cut(current, width);
				lines.push(piece);
				current = hanging + current.slice(piece.length);
			}
		}
		isFresh = false;
	}
	return [...lines, current];
}

/** Breaks code at exactly so many cells (2 at least), wherever that is: nothing of it is left out. */
export const breakLine = (line: string, width: number): string[] =>
	breakRow([{text: line}], width).map(spans => rowText(spans));

/** The same for a row. */
export function breakRow(spans: Row, width: number): Row[] {
	const most = Math.max(2, width);
	const rows: Row[] = [[]];
	let left = most;
	for (const {text, ...look} of spans) {
		let rest = withoutTabs(text);
		while (rest !== '') {
			const piece = cut(rest, left);
			if (piece !== '') rows.at(-1)!.push({...look, text: piece});
			left -= widthOf(piece);
			rest = rest.slice(piece.length);
			if (rest === '') break;
			rows.push([]);
			left = most;
		}
	}
	return rows;
}

/** A tab has no width of its own; four blanks are what code looks like elsewhere. */
const withoutTabs = (text: string): string => text.replaceAll('\t', '    ');

const isAscii = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});
