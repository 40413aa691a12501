import {visible, visibleLine} from '../../core/text/filter.ts';

// The one rule of the report: what came from the document, a host or a person stands in a code span or a fence, where
// Markdown means nothing; everything outside them is Handrail's own words.

/** Longer foreign text on one line is cut. */
const longest = 400;

/** Foreign text on one line. Its delimiters are longer than any run of backticks in it (CommonMark 6.1). */
export function code(text: string): string {
	const line = visibleLine(text);
	const shown = line.length > longest ? `${line.slice(0, longest)} ... (cut)` : line;
	if (shown.trim() === '') return '(empty)';
	const delimiter = '`'.repeat(freeRun(shown, 1));
	const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
	return `${delimiter}${pad}${shown}${pad}${delimiter}`;
}

/** Foreign text of any number of lines. */
export function fence(text: string, language: 'text' | 'sh' | 'diff'): string[] {
	const shown = visible(text);
	const delimiter = '`'.repeat(freeRun(shown, 3));
	return [`${delimiter}${language}`, ...shown.split('\n'), delimiter];
}

/** A table that reads as plain text too; cells are Markdown already, on one line. */
export function table(headings: string[], rows: string[][]): string[] {
	const cells = [headings, ...rows].map(row => row.map(cell));
	const widths = headings.map((_, column) => Math.min(60, Math.max(3, ...cells.map(row => row[column]!.length))));
	const line = (row: string[]) => `| ${row.map((text, column) => text.padEnd(widths[column]!)).join(' | ')} |`;
	const [first, ...rest] = cells;
	return [line(first!), `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`, ...rest.map(line)];
}

/** Readers disagree on what `\\|` is, so a backslash of the text is kept apart from the one that escapes. */
const cell = (text: string): string => text.replaceAll(/\\(?=\|)/g, '\\ ').replaceAll('|', '\\|');

/** The shortest length, from a minimum on, that is longer than every run of backticks in a text. */
function freeRun(text: string, minimum: number): number {
	const runs = text.match(/`+/g) ?? [];
	return runs.reduce((length, run) => Math.max(length, run.length + 1), minimum);
}
