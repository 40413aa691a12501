import type {OutputScreen} from '../../../core/text/output-screen.ts';
import {fitRow, type Row} from '../../../core/text/row.ts';

/** The lines of a window over the output; the last ones where it follows the end. */
export function outputRows(
	output: OutputScreen | undefined,
	top: number | undefined,
	rows: number,
	width: number,
	hide: (text: string) => string,
): Row[] {
	if (!output || rows <= 0) return [];
	const first = top ?? Math.max(0, output.length - rows);
	const shown: Row[] = [];
	for (let at = first; at < Math.min(output.length, first + rows); at++) {
		const text = output.text(at);
		const hidden = hide(text);
		shown.push(fitRow(hidden === text ? output.row(at) : [{text: hidden}], width));
	}
	return shown;
}

/** The next line that has a text, from a line on, up or down; case is ignored where the text has no capitals. */
export function searchOutput(
	output: OutputScreen | undefined,
	text: string,
	from: number,
	step: 1 | -1,
): number | undefined {
	if (!output || text === '') return undefined;
	const isExact = text !== text.toLowerCase();
	for (let at = from + step; at >= 0 && at < output.length; at += step) {
		const line = output.text(at);
		if ((isExact ? line : line.toLowerCase()).includes(text)) return at;
	}
	return undefined;
}
