import {visibleLine} from '../../../core/text/filter.ts';
import {isNamed} from '../parts/key-of.ts';
import {editLine, insert} from '../parts/text-line.ts';
import {dialogView} from './dialog-view.ts';
import {follow, type Pressed} from './follow.ts';
import {bodyHeight} from './frame-rows.ts';
import type {Context} from './keys.ts';
import {withAnswers} from './menus.ts';
import {type Dialog, deaf, type Field, type Help, type Menu} from './ui-state.ts';

/** A dialog takes no key at first, and no confirmation before all of it was on the screen. */
export function pressDialog(context: Context, dialog: Dialog, key: string): Pressed {
	const {ui, size, now} = context;
	const close: Pressed = dialog.otherwise ? follow(ui, dialog.otherwise) : {ui: {...ui, overlay: undefined}};
	const refuse = (message: string): Pressed => ({ui: {...ui, message}});
	const isDeaf = now - dialog.since < deaf;
	// A lone escape may be the rest of a key of before: where it is an answer, it has to wait, too.
	if (key === 'escape' && !(isDeaf && dialog.otherwise)) return close;
	if (isDeaf) return {ui};
	const {shown, all} = dialogView(dialog, size.columns, bodyHeight(context), now);
	const seen = Math.max(dialog.seen, dialog.top + shown);
	const scrolled = (top: number): Pressed => {
		const at = Math.min(Math.max(0, top), Math.max(0, all - shown));
		return {ui: {...ui, overlay: {...dialog, top: at, seen: Math.max(seen, at + shown)}}};
	};
	if (key === 'down') return scrolled(dialog.top + 1);
	if (key === 'up') return scrolled(dialog.top - 1);
	if (key === 'pageDown' || key === ' ') return scrolled(dialog.top + shown);
	if (key === 'pageUp') return scrolled(dialog.top - shown);
	const unread = 'scroll through all of it first: space';
	if (dialog.needs === 'nothing') return ['n', 'q', 'return'].includes(key) ? close : refuse('esc closes');
	if (dialog.needs === 'y') {
		if (key === 'y') return seen >= all ? follow(ui, dialog.next) : refuse(unread);
		if (key === 'n' || key === 'q') return close;
		return refuse('y confirms, esc closes');
	}
	if (key === 'return') {
		if (dialog.typed !== dialog.name)
			return {ui: {...ui, message: `that is not ${dialog.name}`, overlay: {...dialog, typed: ''}}};
		return seen >= all ? follow(ui, dialog.next) : refuse(unread);
	}
	if (key === 'backspace') return {ui: {...ui, overlay: {...dialog, typed: dialog.typed.slice(0, -1)}}};
	if (key === 'erase') return {ui: {...ui, overlay: {...dialog, typed: ''}}};
	return isNamed(key) ? {ui} : {ui: {...ui, overlay: {...dialog, typed: dialog.typed + visibleLine(key)}}};
}

/** What is typed into a secret field goes elsewhere: here only the end of it is seen. */
export function pressField({ui}: Context, field: Field, key: string): Pressed {
	const back = field.next.for === 'search' || field.next.for === 'filter' ? field.next.view : undefined;
	if (key === 'escape') return {ui: {...ui, overlay: back}};
	if (key === 'return') return {ui: {...ui, overlay: back}, submit: field.line.value};
	if (field.isSecret) return {ui};
	const line = editLine(field.line, key) ?? (isNamed(key) ? undefined : insert(field.line, visibleLine(key)));
	return line ? {ui: {...ui, overlay: {...field, line}}} : {ui};
}

export function pressMenu({ui, now, model}: Context, shown: Menu, key: string): Pressed {
	const menu = withAnswers(shown, model);
	if (key === 'escape' || key === 'q') return {ui: {...ui, overlay: undefined}};
	const move = (step: number): Pressed => {
		const index = Math.min(Math.max(0, menu.index + step), menu.options.length - 1);
		return {ui: {...ui, overlay: {...menu, index}}};
	};
	if (key === 'up' || key === 'k') return move(-1);
	if (key === 'down' || key === 'j') return move(1);
	const isDigit = /^[1-9]$/.test(key);
	const chosen = key === 'return' ? menu.options[menu.index] : isDigit ? menu.options[Number(key) - 1] : undefined;
	if (!chosen) return {ui};
	if (now - menu.since < deaf) return {ui};
	return chosen.isDisabled === undefined ? follow(ui, chosen.next) : {ui: {...ui, message: chosen.isDisabled}};
}

export function pressHelp(context: Context, help: Help, key: string): Pressed {
	const {ui} = context;
	const page = Math.max(1, bodyHeight(context) - 1);
	const at = (top: number): Pressed => ({ui: {...ui, overlay: {...help, top: Math.max(0, top)}}});
	if (key === 'down') return at(help.top + 1);
	if (key === 'up') return at(help.top - 1);
	if (key === 'pageDown' || key === ' ') return at(help.top + page);
	if (key === 'pageUp') return at(help.top - page);
	return {ui: {...ui, overlay: undefined}};
}
