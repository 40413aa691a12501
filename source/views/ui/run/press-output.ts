import {visibleLine} from '../../../core/text/filter.ts';
import {rowText} from '../../../core/text/row.ts';
import {lineOf} from '../parts/text-line.ts';
import type {Pressed} from './follow.ts';
import {bodyHeight} from './frame-rows.ts';
import type {Context} from './keys.ts';
import {linesShown, searchOutput, windowRows} from './output-rows.ts';
import type {OutputView} from './ui-state.ts';

/** Jumps by half a page; stands still once it was scrolled, and follows again at the end. */
export function pressOutput(context: Context, view: OutputView, key: string): Pressed {
	const {ui, model, size} = context;
	const output = model.viewed;
	const page = Math.max(1, bodyHeight(context) - 1);
	const last = Math.max(0, (output ? linesShown(output, view.filter).length : 0) - page);
	const top = Math.min(view.top ?? last, last);
	const half = Math.max(1, page >> 1);
	const show = (change: Partial<OutputView>): Pressed => ({ui: {...ui, overlay: {...view, ...change}}});
	const at = (line: number): Pressed => show({top: line >= last ? undefined : Math.max(0, line)});
	const say = (message: string): Pressed => ({ui: {...ui, message}});
	switch (key) {
		case 'escape':
		case 'q':
		case 'o':
			return {ui: {...ui, overlay: undefined}};
		case 'up':
			return at(top - 1);
		case 'down':
			return at(top + 1);
		case 'pageUp':
			return at(top - half);
		case 'pageDown':
		case ' ':
			return at(top + half);
		case 'home':
			return at(0);
		case 'end':
		case 'G':
			return at(last);
		case 'left':
			return another(context, view, -1);
		case 'right':
			return another(context, view, 1);
		case '/':
			return {ui: {...ui, overlay: textField('Search', view.search, {for: 'search', view})}};
		case '&':
			return {ui: {...ui, overlay: textField('Only lines that have', view.filter, {for: 'filter', view})}};
		case 'n':
		case 'N': {
			const found = searchOutput(output, view, top, key === 'n' ? 1 : -1);
			if (found !== undefined) return show({top: Math.min(found, last)});
			return say(view.search ? `nothing more has "${visibleLine(view.search)}"` : '/ searches first');
		}
		case 'c': {
			const lines = windowRows(output, {...view, search: '', filter: view.filter, top}, page, size.columns);
			return {ui, next: {do: 'copy', lines: lines.map(line => rowText(line).trimEnd())}};
		}
		case 's':
			return say(`every byte is in ${model.run.path}/tasks/${view.task}/output`);
		default:
			return {ui};
	}
}

const textField = (title: string, value: string, next: {for: 'search' | 'filter'; view: OutputView}) =>
	({kind: 'field', title, line: lineOf(value), isSecret: false, next, hint: ''}) as const;

/** The output of the command that ran before this one, or after it. */
function another({ui, model}: Context, view: OutputView, step: 1 | -1): Pressed {
	const tasks = Object.keys(model.host.tasks);
	const next = tasks[tasks.indexOf(view.task) + step];
	if (next === undefined) return {ui: {...ui, message: step < 0 ? 'nothing ran before it' : 'nothing ran after it'}};
	return {ui: {...ui, overlay: {...view, task: next, top: undefined}}};
}
