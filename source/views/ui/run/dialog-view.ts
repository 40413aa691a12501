import {breakRow, type Row, wrap} from '../../../core/text/row.ts';
import {type Dialog, deaf} from './ui-state.ts';

/** A dialog in a place of so many cells and lines: its rows, and which of its lines are among them. */
export type DialogView = {rows: Row[]; shown: number; all: number};

/** What does not fit is scrolled; the line that asks is always there. */
export function dialogView(dialog: Dialog, width: number, height: number, now: number): DialogView {
	const title = wrap(dialog.title, width).map((text): Row => [{text, bold: true}]);
	const lines = dialog.lines.flatMap(line => broken(line, width - 2));
	const room = Math.max(1, height - title.length - 3);
	const shown = lines.length > room ? Math.max(1, room - 1) : lines.length;
	const body = lines.slice(dialog.top, dialog.top + shown).map((line): Row => [{text: '  '}, ...line]);
	const last = Math.min(dialog.top + shown, lines.length);
	const more: Row[] =
		lines.length > shown
			? [
					[
						{
							text: `  lines ${dialog.top + 1} to ${last} of ${lines.length}${last < lines.length ? ': space scrolls' : ''}`,
							bold: true,
						},
					],
				]
			: [];
	const rows = [...title, [], ...body, ...more, [], askRow(dialog, now, Math.max(dialog.seen, last) >= lines.length)];
	return {rows, shown, all: lines.length};
}

/** Code at the very cell, words at blanks. */
const broken = (line: Row, width: number): Row[] => {
	const [span] = line;
	if (!span || line.length > 1 || span.colour === 'cyan') return breakRow(line, width);
	return wrap(span.text, width).map((text): Row => [{...span, text}]);
};

function askRow({needs, name, typed, since}: Dialog, now: number, isRead: boolean): Row {
	const leave = needs === 'nothing' ? 'esc  close' : 'esc  no';
	if (!isRead) return [{text: `space  read on      ${leave}`, bold: true, colour: 'yellow'}];
	if (needs === 'nothing') return [{text: leave, bold: true, colour: 'yellow'}];
	if (needs === 'y') {
		const text = now - since < deaf ? '...' : 'y  yes      esc  no';
		return [{text, bold: true, colour: 'yellow'}];
	}
	return [
		{text: `Type ${name} and Enter: `, bold: true, colour: 'yellow'},
		{text: typed},
		{text: ' ', inverse: true},
		{text: '  esc  no'},
	];
}
