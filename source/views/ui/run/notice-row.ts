import {obligations} from '../../../core/run/walk.ts';
import {visibleLine} from '../../../core/text/filter.ts';
import {fit, type Row} from '../../../core/text/row.ts';
import type {Context} from './keys.ts';

/** The line above the footer: why a key did nothing, a banner, what is still to be undone. */
export function noticeRow({model, ui}: Context, width: number): Row {
	if (ui.message !== undefined)
		return [{text: fit(`! ${visibleLine(ui.message)}`, width), bold: true, colour: 'yellow'}];
	if (model.banner !== undefined)
		return [{text: fit(visibleLine(model.banner), width), bold: true, inverse: true, colour: 'red'}];
	const owed = obligations(model.state, model.host);
	if (owed.length === 0) return [{text: ' '.repeat(width)}];
	const names = owed.map(({item}) => item.id).join(', ');
	return [{text: fit(`${owed.length} open, to be undone before the end: ${names}`, width), colour: 'yellow'}];
}
