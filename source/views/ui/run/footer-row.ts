import {cut, type Row, widthOf} from '../../../core/text/row.ts';
import {nameOfKey} from './key-names.ts';
import {type Binding, bindings, type Context, canNow} from './keys.ts';

/** The keys that do something now, as many as fit; help and leave always. */
export function footerRow(context: Context, width: number): Row {
	const {overlay} = context.ui;
	if (overlay) return overlayFooter(overlay.kind === 'dialog' ? `dialog-${overlay.needs}` : overlay.kind, width);
	const offered = bindings
		.filter(binding => binding.footer !== undefined && canNow(binding, context) === true)
		.sort((a, b) => a.footer! - b.footer!)
		.map(binding => ({name: nameOfKey(binding.key), label: labelOf(binding, context)}));
	const kept = new Set(offered.filter(({name}) => name === '?' || name === 'q'));
	let used = [...kept].reduce((sum, each) => sum + cells(each), 0);
	for (const each of offered) {
		if (kept.has(each) || used + cells(each) > width) continue;
		kept.add(each);
		used += cells(each);
	}
	return offered
		.filter(each => kept.has(each))
		.flatMap(({name, label}): Row => [{text: name, bold: true}, {text: ` ${label}  `}]);
}

const labelOf = (binding: Binding, context: Context): string => binding.labelNow?.(context) ?? binding.label;
const cells = ({name, label}: {name: string; label: string}): number => widthOf(name) + widthOf(label) + 3;

function overlayFooter(kind: keyof typeof overlays, width: number): Row {
	const row: Row = [];
	let left = width;
	for (const [name, label] of overlays[kind]) {
		const text = ` ${label}  `;
		if (widthOf(name) + widthOf(text) > left) break;
		row.push({text: name, bold: true}, {text});
		left -= widthOf(name) + widthOf(text);
	}
	return row.length > 0 ? row : [{text: cut('esc close', width)}];
}

/** The way out first: it is never the one that does not fit. */
const overlays = {
	'dialog-y': [
		['esc', 'no'],
		['y', 'yes'],
		['space', 'scroll'],
	],
	'dialog-name': [
		['esc', 'no'],
		['enter', 'confirm the typed name'],
		['down', 'scroll'],
	],
	'dialog-nothing': [
		['esc', 'close'],
		['space', 'scroll'],
	],
	field: [
		['esc', 'close'],
		['enter', 'take it'],
	],
	waiting: [['esc', 'wait no longer']],
	login: [
		['esc', 'no answer'],
		['enter', 'give it'],
	],
	menu: [
		['esc', 'close'],
		['enter', 'take it'],
		['1-9', 'take'],
		['up, down', 'choose'],
	],
	help: [
		['space', 'scroll'],
		['any key', 'close'],
	],
	interaction: [['ctrl-]', 'leave']],
	output: [
		['q', 'close'],
		['/', 'search'],
		['n N', 'next'],
		['&', 'filter'],
		['G', 'end'],
		['left right', 'commands'],
		['c', 'copy'],
		['s', 'saved where'],
	],
} as const;
