// One key, pressed: the screen's next state, and what it asks of the program. Pure.
import {follow, type Pressed} from './follow.ts';
import {scrollOf} from './frame-rows.ts';
import {nameOfKey} from './key-names.ts';
import {bindingOf, type Context, canNow} from './keys.ts';
import {isSinglePane} from './layout.ts';
import {pressLogin, pressWaiting} from './press-login.ts';
import {pressOutput} from './press-output.ts';
import {pressDialog, pressField, pressHelp, pressMenu} from './press-overlay.ts';
import {sectionsShown} from './sections-shown.ts';
import {deaf, panes, type UiState} from './ui-state.ts';

/** `key` is a character, or a name as `keyOf` gives it. */
export function press(context: Context, key: string): Pressed {
	const quiet = {...context.ui, message: undefined};
	if (context.ui.overlay) return pressOverlay({...context, ui: quiet}, key === 'interrupt' ? 'escape' : key);
	const moved = move(context, key);
	if (moved) return {ui: {...quiet, ...moved}};
	const binding = bindingOf(key === 'interrupt' ? 'q' : key);
	const refuse = (message: string): Pressed => ({ui: {...quiet, message}});
	if (!binding) return refuse(`${nameOfKey(key)} does nothing here; ? shows all keys`);
	const can = canNow(binding, context);
	if (can !== true) return refuse(`${nameOfKey(key)} (${binding.label}): ${can}`);
	if (binding.isConfirmation && context.now - context.ui.since < deaf)
		return refuse('it was only just drawn: read it first');
	const next = binding.next(context, key);
	return typeof next === 'string' ? refuse(next) : follow(quiet, next);
}

function pressOverlay(context: Context, key: string): Pressed {
	const overlay = context.ui.overlay!;
	switch (overlay.kind) {
		case 'dialog':
			return pressDialog(context, overlay, key);
		case 'field':
			return pressField(context, overlay, key);
		case 'login':
			return pressLogin(context, overlay, key);
		case 'waiting':
			return pressWaiting(context, overlay, key);
		case 'menu':
			return pressMenu(context, overlay, key);
		case 'help':
			return pressHelp(context, overlay, key);
		case 'output':
			return pressOutput(context, overlay, key);
		case 'interaction':
			return {ui: context.ui};
	}
}

/** The cursor through the sections, the text of the step by half pages, the panes of a small screen. */
function move(context: Context, key: string): Partial<UiState> | undefined {
	const {ui, model, size} = context;
	switch (key) {
		case 'pageDown':
		case ' ':
			return scrolled(context, 1);
		case 'pageUp':
			return scrolled(context, -1);
		case 'escape':
			return {top: undefined, cursor: undefined, pane: 'step'};
		case 'tab':
			return isSinglePane(size) ? {pane: panes[(panes.indexOf(ui.pane) + 1) % panes.length]!} : undefined;
		case 'up':
		case 'down': {
			const shown = sectionsShown(model, ui.cursor);
			const at = shown.findIndex(({section}) => section.id === (ui.cursor ?? model.host.at));
			const next = shown[Math.min(Math.max(0, at + (key === 'up' ? -1 : 1)), shown.length - 1)];
			return {cursor: next?.section.id, top: undefined};
		}
		default:
			return undefined;
	}
}

/** By all but a line of what is shown, so that nothing is passed over. */
function scrolled(context: Context, step: 1 | -1): Partial<UiState> {
	const {top, room, last} = scrollOf(context);
	if (last === 0) return {message: 'all of it is shown'};
	return {top: Math.min(last, Math.max(0, top + step * Math.max(1, room - 1)))};
}
