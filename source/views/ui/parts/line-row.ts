import {type Row, widthOf} from '../../../core/text/row.ts';
import {characters, type TextLine} from './text-line.ts';

/** A line being written, with its cursor, in so many cells: what is around the cursor where not all of it fits. */
export function lineRow({value, at}: TextLine, width: number, isPassive = false): Row {
	const all = characters(value);
	const under = all[at] ?? ' ';
	let from = at;
	let to = at + 1;
	let used = widthOf(under);
	while (from > 0 && used + widthOf(all[from - 1]!) <= width) used += widthOf(all[--from]!);
	while (to < all.length && used + widthOf(all[to]!) <= width) used += widthOf(all[to++]!);
	return [
		{text: all.slice(from, at).join('')},
		{text: under, ...(!isPassive && {inverse: true})},
		{text: all.slice(at + 1, to).join('')},
	];
}
