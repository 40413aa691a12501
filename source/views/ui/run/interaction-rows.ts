import {visibleLine} from '../../../core/text/filter.ts';
import {fit, fitRow, type Row} from '../../../core/text/row.ts';
import {headerRow} from './header-row.ts';
import type {Context} from './keys.ts';
import {terminalSize} from './layout.ts';
import {bannerRow} from './notice-row.ts';

/** The terminal of a task between two lines: what nobody may overlook, and how it is left. */
export function interactionRows({model, size}: Context): Row[] {
	const {columns, rows} = terminalSize(size);
	const screen = model.viewed?.screen() ?? [];
	const words = ` INTERACTION: keys go to ${visibleLine(model.host.name)}; ctrl-] leaves`;
	return [
		bannerRow(model, columns) ?? headerRow(model, columns),
		...Array.from({length: rows}, (_, at) => fitRow(screen[at] ?? [], columns)),
		[{text: fit(words, columns), bold: true, inverse: true}],
	];
}
