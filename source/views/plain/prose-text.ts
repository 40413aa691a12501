import {visible} from '../../core/text/filter.ts';
import {wrap} from './wrap.ts';

/** The author's own Markdown as lines to read: paragraphs and list items wrapped, wide tables row by row, no comments. */
export function proseText(markdown: string, columns: number): string[] {
	const text = visible(markdown.replaceAll(/<!--.*?-->/gs, '')).replaceAll('\t', '    ');
	const lines = paragraphsOf(text).flatMap(paragraph =>
		isTable(paragraph) ? tableLines(paragraph, columns) : wrapped(paragraph, columns),
	);
	return lines.join('\n').trim() === '' ? [] : trimmed(lines);
}

/** Lines that belong together: a table, or text that was broken by the author's editor only. */
function paragraphsOf(text: string): string[][] {
	const paragraphs: string[][] = [];
	let isOpen = false;
	for (const line of text.split('\n')) {
		const goesOn = isOpen && line.trim() !== '' && (begins.test(line) === false || line.trimStart().startsWith('|'));
		if (goesOn) paragraphs.at(-1)!.push(line);
		else paragraphs.push([line]);
		// Two blanks at the end of a line, or a backslash, are a line break of the author.
		isOpen = line.trim() !== '' && !/(?: {2}|\\)$/.test(line);
	}
	return paragraphs;
}

/** A list item, a quotation, a heading, a table: never the continuation of the line before. */
const begins = /^\s*(?:[-*+>|]|#{1,6}\s|\d+[.)]\s|<\/?\w)/;

const isTable = (paragraph: string[]): boolean =>
	paragraph.length > 1 && paragraph.every(line => line.trimStart().startsWith('|'));

function wrapped(paragraph: string[], columns: number): string[] {
	const [first, ...rest] = paragraph as [string, ...string[]];
	const line = [first.trimEnd(), ...rest.map(each => each.trim())].join(' ');
	const mark = /^\s*(?:[-*+>]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+)?/.exec(line)![0];
	return wrap(line, columns, ' '.repeat(mark.length));
}

/** As it was written where it fits; else a row becomes lines, each cell behind the heading of its column. */
function tableLines(rows: string[], columns: number): string[] {
	const table = rows.map(cellsOf).filter(isData);
	const widths: number[] = [];
	for (const cells of table) {
		for (const [at, cell] of cells.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
	}
	if (widths.reduce((sum, width) => sum + width + 2, 0) <= columns) {
		return table.map(cells =>
			cells
				.map((cell, at) => cell.padEnd(widths[at]!))
				.join('  ')
				.trimEnd(),
		);
	}
	const [head, ...body] = table;
	return body.flatMap(cells =>
		cells.flatMap((cell, at) =>
			cell === '' ? [] : wrap(at === 0 ? cell : `    ${head![at] ?? ''}: ${cell}`, columns, '        '),
		),
	);
}

const cellsOf = (row: string): string[] =>
	row
		.trim()
		.replace(/^\|/, '')
		.replace(/\|$/, '')
		.split(/(?<!\\)\|/)
		.map(cell => cell.trim());

const isData = (cells: string[]): boolean => !cells.every(cell => /^:?-+:?$/.test(cell));

/** Without empty lines at both ends, and never two in a row. */
function trimmed(lines: string[]): string[] {
	const single = lines.filter((line, at) => line.trim() !== '' || (at > 0 && lines[at - 1]!.trim() !== ''));
	while (single[0]?.trim() === '') single.shift();
	while (single.at(-1)?.trim() === '') single.pop();
	return single;
}
