import type {OutputScreen} from '../../../core/text/output-screen.ts';
import {breakRow, fitRow, type Row, row, rowText} from '../../../core/text/row.ts';

/** The last lines of the output in so many cells; longer ones are broken, since the end of a line may be what matters. */
export function lastRows(output: OutputScreen | undefined, height: number, width: number): Row[] {
	const shown: Row[] = [];
	let at = (output?.length ?? 0) - 1;
	while (at >= 0 && shown.length < height) {
		const parts = [output!.row(at)];
		while (at > 0 && output!.isWrapped(at) && parts.length < height) parts.unshift(output!.row(--at));
		shown.unshift(...breakRow(parts.flat(), width));
		at--;
	}
	return shown.slice(Math.max(0, shown.length - height));
}

export type View = {top: number | undefined; search: string; filter: string};

/** The lines of a window over the output, the last ones where it follows the end; what is searched for is inverse. */
export function windowRows(output: OutputScreen | undefined, view: View, height: number, width: number): Row[] {
	if (!output || height <= 0) return [];
	const lines = linesShown(output, view.filter);
	const first = view.top ?? Math.max(0, lines.length - height);
	return Array.from({length: Math.max(0, Math.min(lines.length - first, height))}, (_, at) => {
		const index = lines.at(first + at);
		if (index === undefined) return row('--');
		return fitRow(marked(output.row(index), view.search || view.filter), width);
	});
}

export type Lines = {length: number; at(position: number): number | undefined};

/** Which lines of the output are shown at which position; undefined stands for what is left out between two of them. */
export function linesShown(output: OutputScreen, filter: string): Lines {
	if (filter === '') return {length: output.length, at: position => position};
	const kept = filtered(output, filter);
	return {length: kept.length, at: position => kept[position]};
}

const context = 2;
const known = new WeakMap<OutputScreen, {version: number; filter: string; kept: (number | undefined)[]}>();

function filtered(output: OutputScreen, filter: string): (number | undefined)[] {
	const before = known.get(output);
	if (before?.version === output.version && before.filter === filter) return before.kept;
	const kept: (number | undefined)[] = [];
	let last = -1;
	for (let at = 0; at < output.length; at++) {
		if (!has(output.text(at), filter)) continue;
		const from = Math.max(last + 1, at - context);
		if (from > last + 1 && last >= 0) kept.push(undefined);
		const to = Math.min(output.length - 1, at + context);
		for (let line = from; line <= to; line++) kept.push(line);
		last = Math.max(last, to);
	}
	known.set(output, {version: output.version, filter, kept});
	return kept;
}

/** The position of the next line that has a text, from one on, up or down. */
export function searchOutput(
	output: OutputScreen | undefined,
	{search, filter}: View,
	from: number,
	step: 1 | -1,
): number | undefined {
	if (!output || search === '') return undefined;
	const lines = linesShown(output, filter);
	for (let at = from + step; at >= 0 && at < lines.length; at += step) {
		const index = lines.at(at);
		if (index !== undefined && has(output.text(index), search)) return at;
	}
	return undefined;
}

/** Case is ignored where the text that is looked for has no capitals. */
const folded = (text: string, wanted: string): string => (wanted === wanted.toLowerCase() ? text.toLowerCase() : text);
const has = (text: string, wanted: string): boolean => folded(text, wanted).includes(wanted);

/** The row with every occurrence of a text inverse. */
export function marked(spans: Row, wanted: string): Row {
	if (wanted === '') return spans;
	const text = folded(rowText(spans), wanted);
	const begins: number[] = [];
	for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) begins.push(at);
	if (begins.length === 0) return spans;
	const isMarked = (at: number) => begins.some(begin => at >= begin && at < begin + wanted.length);
	const parts: Row = [];
	let at = 0;
	for (const {text: piece, ...look} of spans) {
		let from = 0;
		for (let to = 1; to <= piece.length; to++) {
			if (to < piece.length && isMarked(at + to) === isMarked(at + from)) continue;
			const isHit = isMarked(at + from);
			parts.push({...look, text: piece.slice(from, to), ...(isHit && {inverse: true, bold: true})});
			from = to;
		}
		at += piece.length;
	}
	return parts;
}
