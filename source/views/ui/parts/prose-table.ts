import {fit, type Row, rowText, widthOf} from '../../../core/text/row.ts';
import {spansOf, type Token} from './prose-spans.ts';
import {wrapSpans} from './wrap-spans.ts';

/** Columns as wide as their cells where they fit, else shared out; a cell that is too long is wrapped in its column. */
export function tableRows(tokens: Token[], width: number): Row[] {
	const lines: string[][] = [];
	for (const token of tokens) {
		if (token.type === 'tr_open') lines.push([]);
		if (token.type === 'inline') {
			const text = spansOf(token).map(span => span.text);
			lines.at(-1)?.push(text.join('').replaceAll(/\s+/g, ' '));
		}
	}
	const columns = Math.max(0, ...lines.map(line => line.length));
	if (columns === 0) return [];
	// Too many columns for any table: their cells one after another.
	if (columns * 6 > width + 3) return lines.flatMap(line => wrapSpans([{text: line.join(' | ')}], width));
	const wanted = Array.from({length: columns}, (_, at) => Math.max(3, ...lines.map(line => widthOf(line[at] ?? ''))));
	const widths = shareOut(wanted, width - 3 * (columns - 1));
	return lines.flatMap((line, index) => {
		const rows = lineRows(line, widths, index === 0);
		return index === 0 ? [...rows, [{text: widths.map(cell => '-'.repeat(cell)).join('-+-')}]] : rows;
	});
}

function lineRows(line: string[], widths: number[], isHead: boolean): Row[] {
	const cells = widths.map((cell, at) => wrapSpans([{text: line[at] ?? ''}], cell).map(rowText));
	const height = Math.max(...cells.map(cell => cell.length));
	return Array.from({length: height}, (_, at): Row => {
		const text = cells.map((cell, column) => fit(cell[at] ?? '', widths[column]!)).join(' | ');
		return [{text, ...(isHead && {bold: true})}];
	});
}

/** Narrow columns keep what they want; the others share what is left. */
function shareOut(wanted: number[], width: number): number[] {
	const total = wanted.reduce((sum, each) => sum + each, 0);
	if (total <= width) return wanted;
	const fair = Math.max(3, Math.floor(width / wanted.length));
	const narrow = wanted.filter(each => each <= fair).reduce((sum, each) => sum + each, 0);
	const wide = wanted.filter(each => each > fair).length;
	const share = Math.max(3, Math.floor((width - narrow) / Math.max(1, wide)));
	return wanted.map(each => (each <= fair ? each : share));
}
