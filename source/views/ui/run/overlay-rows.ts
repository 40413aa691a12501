import {cut, fit, type Row, widthOf, wrap} from '../../../core/text/row.ts';
import {bindings, type Context} from './keys.ts';
import {nameOfKey} from './press.ts';
import {dialogLines} from './press-overlay.ts';
import {type Dialog, deaf, type Field, type Menu} from './ui-state.ts';

/** A dialog, field or menu as rows; what is above and below it stays as it is. */
export function dialogRows(dialog: Dialog, width: number, rows: number, now: number): Row[] {
	const shown = dialogLines(rows);
	const lines = dialog.lines
		.slice(dialog.top, dialog.top + shown)
		.map((line): Row => [{text: fit(`  ${line}`, width), colour: 'cyan'}]);
	const more =
		dialog.lines.length > shown
			? `lines ${dialog.top + 1}-${Math.min(dialog.top + shown, dialog.lines.length)} of ${dialog.lines.length}: space scrolls`
			: '';
	const isDeaf = now - dialog.since < deaf;
	const ask: Row =
		dialog.needs === 'y'
			? [{text: isDeaf ? '...' : 'y  yes     esc  no', bold: true, colour: 'yellow'}]
			: [
					{text: `Type ${dialog.name} and Enter: `, bold: true, colour: 'yellow'},
					{text: dialog.typed},
					{text: ' ', inverse: true},
				];
	return [[{text: cut(dialog.title, width), bold: true}], [], ...lines, ...(more ? [[{text: more}]] : []), [], ask];
}

export function fieldRows(field: Field, width: number): Row[] {
	const room = Math.max(1, width - 3);
	const tail = field.value.slice(-room);
	return [
		...wrap(field.title, width).map((text): Row => [{text, bold: true, colour: 'yellow'}]),
		[{text: '> '}, {text: field.isSecret ? '' : tail}, {text: ' ', inverse: true}],
		...wrap(field.hint, width).map((text): Row => [{text}]),
	];
}

export function menuRows(menu: Menu, width: number, height: number): Row[] {
	const room = Math.max(1, height - 2);
	const first = Math.max(0, Math.min(menu.index - Math.floor(room / 2), menu.options.length - room));
	return [
		[{text: menu.title, bold: true, colour: 'yellow'}],
		...menu.options.slice(first, first + room).map(({words, isDisabled}, at): Row => {
			const index = first + at;
			const text = `${index === menu.index ? '>' : ' '} ${index < 9 ? index + 1 : ' '}  ${words}${isDisabled === undefined ? '' : ' (not possible)'}`;
			return [{text: fit(text, width), inverse: index === menu.index}];
		}),
	];
}

/** Every key, what it does, and why not now. */
export function helpRows(context: Context, width: number): Row[] {
	return bindings.flatMap((binding): Row[] => {
		const can = binding.can(context);
		const name = fit(nameOfKey(binding.key), 10);
		const text = can === true ? binding.help : `${binding.help} (now: ${can})`;
		return wrap(text, Math.max(10, width - widthOf(name) - 2)).map(
			(line, at): Row => [{text: at === 0 ? ` ${name} ` : ' '.repeat(12), bold: true}, {text: line}],
		);
	});
}
