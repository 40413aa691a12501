import {cut, fit, type Row, wrap} from '../../../core/text/row.ts';
import {lineRow} from '../parts/line-row.ts';
import {nameOfKey} from './key-names.ts';
import {bindings, type Context, canNow} from './keys.ts';
import {movingKeys, overlayKeys} from './more-keys.ts';
import type {Field, Menu} from './ui-state.ts';

/** What is typed into a secret field is not here; only that it is one. */
export function fieldRows(field: Field, width: number): Row[] {
	return [
		...wrap(field.title, width).map((text): Row => [{text, bold: true, colour: 'yellow'}]),
		[{text: '> '}, ...(field.isSecret ? [{text: ' ', inverse: true}] : lineRow(field.line, width - 3))],
		...(field.hint ? wrap(field.hint, width).map((text): Row => [{text}]) : []),
	];
}

/** The chosen line in full, the others in one line each. */
export function menuRows(menu: Menu, width: number, height: number): Row[] {
	const chosen = optionRows(menu, menu.index, width);
	const room = Math.max(0, height - 1 - chosen.length);
	const before = Math.min(menu.index, Math.max(Math.floor(room / 2), room - (menu.options.length - menu.index - 1)));
	const first = menu.index - before;
	const last = Math.min(menu.options.length, first + room + 1);
	const rows: Row[] = [[{text: cut(menu.title, width), bold: true, colour: 'yellow'}]];
	for (let at = first; at < last; at++) {
		if (at === menu.index) rows.push(...chosen);
		else rows.push([{text: fit(rowWords(menu, at), width)}]);
	}
	return rows.slice(0, Math.max(2, height));
}

const optionRows = (menu: Menu, at: number, width: number): Row[] =>
	wrap(rowWords(menu, at), width, '     ').map((text): Row => [{text: fit(text, width), inverse: true}]);

function rowWords({options, index}: Menu, at: number): string {
	const {words, isDisabled} = options[at]!;
	return `${at === index ? '>' : ' '} ${at < 9 ? at + 1 : ' '}  ${words}${isDisabled === undefined ? '' : ' (not possible)'}`;
}

/** Every key, what it does, and why not now. */
export function helpRows(context: Context, width: number): Row[] {
	const now = bindings.flatMap((binding): Row[] => {
		const can = canNow(binding, context);
		return line(nameOfKey(binding.key), binding.help, can === true ? undefined : can, width);
	});
	const groups = {
		'moving about': movingKeys,
		'in the output': overlayKeys.output,
		'in a command that is answered by hand': overlayKeys.interaction,
		'in a line of text': overlayKeys.field,
	};
	const others = Object.entries(groups).flatMap(([title, keys]): Row[] => [
		[],
		[{text: title, bold: true}],
		...keys.flatMap(({keys: name, help}) => line(name, help, undefined, width)),
	]);
	return [...now, ...others];
}

function line(name: string, help: string, why: string | undefined, width: number): Row[] {
	const lead = Math.max(name.length, 9);
	const room = Math.max(10, width - lead - 3);
	const rows = wrap(help, room).map(
		(text, at): Row => [{text: at === 0 ? ` ${fit(name, lead)} ` : ' '.repeat(lead + 2), bold: true}, {text}],
	);
	const reasons =
		why === undefined
			? []
			: wrap(`now: ${why}`, room).map((text): Row => [{text: ' '.repeat(lead + 2)}, {text, colour: 'yellow'}]);
	return [...rows, ...reasons];
}
