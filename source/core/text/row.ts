// A line of a screen as data: spans of text with a look. Views make rows, one component draws them.
import stringWidth from 'string-width';
import type {Colour} from './glyphs.ts';

export type Look = {colour?: Colour; bold?: boolean; inverse?: boolean};
export type Span = Look & {text: string};
/** Spans from left to right; their text is filtered already. */
export type Row = Span[];

export const row = (text: string, look: Look = {}): Row => [{text, ...look}];

/** Cells that a text takes. */
export const widthOf = (text: string): number => (isAscii.test(text) ? text.length : stringWidth(text));

export const rowWidth = (spans: Row): number => spans.reduce((sum, span) => sum + widthOf(span.text), 0);

/** Exactly so many cells: cut with an ellipsis, or filled with blanks. */
export function fit(text: string, width: number, ellipsis = '~'): string {
	const has = widthOf(text);
	if (has <= width) return text + ' '.repeat(width - has);
	return `${cut(text, Math.max(0, width - 1))}${width > 0 ? ellipsis : ''}`.padEnd(width);
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

/** As much of a text as so many cells hold; a wide character is not halved. */
export function cut(text: string, width: number): string {
	if (isAscii.test(text)) return text.slice(0, width);
	let taken = '';
	let has = 0;
	for (const {segment} of graphemes.segment(text)) {
		const wide = stringWidth(segment);
		if (has + wide > width) break;
		taken += segment;
		has += wide;
	}
	return taken + ' '.repeat(width - has);
}

/** Breaks a text at blanks into lines of at most so many cells; longer words are broken. Lines of the text stay apart. */
export function wrap(text: string, width: number, indent = ''): string[] {
	return text.split('\n').flatMap(line => wrapLine(line, Math.max(1, width), indent));
}

function wrapLine(line: string, width: number, indent: string): string[] {
	if (widthOf(line) <= width) return [line.trimEnd()];
	const lines: string[] = [];
	const lead = /^\s*/.exec(line)![0].slice(0, Math.floor(width / 2));
	let current = lead;
	for (const word of line.trim().split(/ +/)) {
		const joined = current.trim() === '' ? current + word : `${current} ${word}`;
		if (widthOf(joined) <= width) {
			current = joined;
			continue;
		}
		if (current.trim() !== '') lines.push(current);
		current = lead + indent + word;
		while (widthOf(current) > width) {
			const piece = cut(current, width).trimEnd();
			lines.push(piece);
			current = lead + indent + current.slice(piece.length);
			if (lead.length + indent.length >= width) break;
		}
	}
	return [...lines, current];
}

/** Breaks code at exactly so many cells; what goes on is marked by its indent only. */
export function breakLine(line: string, width: number): string[] {
	const lines: string[] = [];
	let rest = line.replaceAll('\t', '    ');
	while (widthOf(rest) > width) {
		const piece = cut(rest, width).trimEnd() || rest.slice(0, width);
		lines.push(piece);
		rest = rest.slice(piece.length);
	}
	return [...lines, rest];
}

const isAscii = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});
