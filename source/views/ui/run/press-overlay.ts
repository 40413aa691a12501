import {visible} from '../../../core/text/filter.ts';
import type {Context} from './keys.ts';
import {searchOutput} from './output-rows.ts';
import {follow, type Pressed} from './press.ts';
import {type Dialog, deaf, type Field, type Help, type Menu, type OutputView} from './ui-state.ts';

/** Lines of a dialog's text that fit on the screen. */
export const dialogLines = (rows: number): number => Math.max(3, rows - 12);

/** A dialog takes no key at first, and no confirmation before all of it was on the screen. */
export function pressDialog({ui, size, now}: Context, dialog: Dialog, key: string): Pressed {
	if (key === 'escape') return {ui: {...ui, overlay: undefined}};
	if (now - dialog.since < deaf) return {ui};
	const shown = dialogLines(size.rows);
	const last = Math.max(0, dialog.lines.length - shown);
	const scrolled = (top: number): Pressed => {
		const at = Math.min(Math.max(0, top), last);
		return {ui: {...ui, overlay: {...dialog, top: at, seen: Math.max(dialog.seen, at + shown)}}};
	};
	if (key === 'down') return scrolled(dialog.top + 1);
	if (key === 'up') return scrolled(dialog.top - 1);
	if (key === 'pageDown' || key === ' ') return scrolled(dialog.top + shown);
	if (key === 'pageUp') return scrolled(dialog.top - shown);
	const isRead = Math.max(dialog.seen, shown) >= dialog.lines.length;
	if (dialog.needs === 'y') {
		if (key === 'y') return isRead ? follow(ui, dialog.next) : {ui: {...ui, message: 'scroll through all of it first'}};
		if (key === 'n' || key === 'q') return {ui: {...ui, overlay: undefined}};
		return {ui: {...ui, message: 'y confirms, esc closes'}};
	}
	if (key === 'return') {
		if (dialog.typed !== dialog.name)
			return {ui: {...ui, message: `that is not ${dialog.name}`, overlay: {...dialog, typed: ''}}};
		return isRead ? follow(ui, dialog.next) : {ui: {...ui, message: 'scroll through all of it first'}};
	}
	if (key === 'backspace') return {ui: {...ui, overlay: {...dialog, typed: dialog.typed.slice(0, -1)}}};
	return key.length === 1 ? {ui: {...ui, overlay: {...dialog, typed: dialog.typed + key}}} : {ui};
}

/** What is typed into a secret field goes elsewhere: here only the end of it is seen. */
export function pressField({ui}: Context, field: Field, key: string): Pressed {
	if (key === 'escape') return {ui: {...ui, overlay: undefined}, ...(field.isSecret && {submit: ''})};
	if (key === 'return') return {ui: {...ui, overlay: undefined, cursor: undefined}, submit: field.value};
	if (field.isSecret) return {ui};
	if (key === 'backspace') return {ui: {...ui, overlay: {...field, value: [...field.value].slice(0, -1).join('')}}};
	return isText(key)
		? {ui: {...ui, overlay: {...field, value: field.value + visible(key).replaceAll('\n', ' ')}}}
		: {ui};
}

export function pressMenu({ui}: Context, menu: Menu, key: string): Pressed {
	if (key === 'escape' || key === 'q') return {ui: {...ui, overlay: undefined}};
	const move = (step: number): Pressed => {
		const index = Math.min(Math.max(0, menu.index + step), menu.options.length - 1);
		return {ui: {...ui, overlay: {...menu, index}}};
	};
	if (key === 'up' || key === 'k') return move(-1);
	if (key === 'down' || key === 'j') return move(1);
	const chosen =
		key === 'return' ? menu.options[menu.index] : /^[1-9]$/.test(key) ? menu.options[Number(key) - 1] : undefined;
	if (!chosen) return {ui};
	return chosen.isDisabled === undefined ? follow(ui, chosen.next) : {ui: {...ui, message: chosen.isDisabled}};
}

export function pressHelp({ui, size}: Context, help: Help, key: string): Pressed {
	const page = Math.max(1, size.rows - 6);
	if (key === 'down' || key === 'pageDown' || key === ' ') {
		return {ui: {...ui, overlay: {...help, top: help.top + (key === 'down' ? 1 : page)}}};
	}
	if (key === 'up' || key === 'pageUp') {
		return {ui: {...ui, overlay: {...help, top: Math.max(0, help.top - (key === 'up' ? 1 : page))}}};
	}
	return {ui: {...ui, overlay: undefined}};
}

/** Jumps by half a page; follows the end again with G. */
export function pressOutput({ui, model, size}: Context, view: OutputView, key: string): Pressed {
	const length = model.output?.length ?? 0;
	const page = Math.max(1, size.rows - 2);
	const last = Math.max(0, length - page);
	const top = view.top ?? last;
	const at = (line: number): Pressed => {
		const next = Math.max(0, line);
		return {ui: {...ui, overlay: {...view, top: next >= last ? undefined : next}}};
	};
	const half = Math.max(1, Math.floor(page / 2));
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
		case '/':
			return {
				ui: {
					...ui,
					overlay: {kind: 'field', title: 'Search', value: '', isSecret: false, next: {for: 'search', view}, hint: ''},
				},
			};
		case 'n':
		case 'N': {
			const found = searchOutput(model.output, view.search, top, key === 'n' ? 1 : -1);
			if (found !== undefined) return {ui: {...ui, overlay: {...view, top: Math.min(found, last)}}};
			return {ui: {...ui, message: view.search ? `nothing more has "${view.search}"` : '/ searches first'}};
		}
		default:
			return {ui};
	}
}

const isText = (key: string): boolean =>
	key.length > 0 && !/^(?:up|down|left|right|pageUp|pageDown|home|end|tab|delete)$/.test(key);
