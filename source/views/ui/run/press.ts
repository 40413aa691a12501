// One key, pressed: the screen's next state, and what it asks of the program. Pure.

import {bindings, type Context} from './keys.ts';
import {pressDialog, pressField, pressHelp, pressMenu, pressOutput} from './press-overlay.ts';
import {sectionsShown} from './sections-shown.ts';
import type {Next, UiState} from './ui-state.ts';

export type Pressed = {ui: UiState; next?: Next; submit?: string};

/** `key` is a character, or return, escape, backspace, up, down, pageUp, pageDown, home, end. */
export function press(context: Context, key: string): Pressed {
	const {ui} = context;
	const quiet = {...ui, message: undefined};
	if (ui.overlay) return pressOverlay({...context, ui: quiet}, key);
	const moved = move(context, key);
	if (moved) return {ui: {...quiet, ...moved}};
	const binding = bindings.find(each => each.key === key);
	if (!binding) return {ui: {...quiet, message: `${nameOfKey(key)} does nothing here; ? shows all keys`}};
	const can = binding.can(context);
	if (can !== true) return {ui: {...quiet, message: `${nameOfKey(key)} (${binding.label}): ${can}`}};
	return follow(quiet, binding.next(context));
}

/** What a choice leads to: another overlay, or a request of the program. */
export function follow(ui: UiState, next: Next): Pressed {
	if (next.do === 'open') return {ui: {...ui, overlay: next.overlay}};
	const closed = {...ui, overlay: undefined, top: undefined, cursor: undefined};
	return next.do === 'none' ? {ui} : {ui: closed, next};
}

export const nameOfKey = (key: string): string => names[key] ?? key;

const names: Record<string, string> = {return: 'enter', pageUp: 'page up', pageDown: 'page down', ' ': 'space'};

function pressOverlay(context: Context, key: string): Pressed {
	const {overlay} = context.ui;
	switch (overlay!.kind) {
		case 'dialog':
			return pressDialog(context, overlay as never, key);
		case 'field':
			return pressField(context, overlay as never, key);
		case 'menu':
			return pressMenu(context, overlay as never, key);
		case 'help':
			return pressHelp(context, overlay as never, key);
		case 'output':
			return pressOutput(context, overlay as never, key);
	}
}

/** The cursor through the sections, the text of the step by half pages, digits for the options of a choice. */
function move({ui, model, size}: Context, key: string): Partial<UiState> | undefined {
	const half = Math.max(1, Math.floor(size.rows / 3));
	if (key === 'pageDown' || key === ' ') return {top: (ui.top ?? 0) + half};
	if (key === 'pageUp') return {top: Math.max(0, (ui.top ?? 0) - half)};
	if (key === 'escape') return {top: undefined, cursor: undefined};
	if (key !== 'up' && key !== 'down') return undefined;
	const shown = sectionsShown(model, ui.cursor);
	const at = shown.findIndex(({section}) => section.id === (ui.cursor ?? model.host.at));
	const next = shown[Math.min(Math.max(0, at + (key === 'up' ? -1 : 1)), shown.length - 1)];
	return {cursor: next?.section.id, top: undefined};
}
