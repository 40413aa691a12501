import type {Next, UiState} from './ui-state.ts';

/** The screen after a key, what it asks of the program, and the text of a field that was taken. */
export type Pressed = {ui: UiState; next?: Next; submit?: string};

/** What a choice leads to: another overlay, or a request of the program. */
export function follow(ui: UiState, next: Next): Pressed {
	if (next.do === 'open') {
		return {ui: {...ui, overlay: next.overlay}, ...(next.asks && {next: {do: 'tell', intent: next.asks}})};
	}
	if (next.do === 'none') return {ui};
	return {ui: {...ui, overlay: undefined, top: undefined, cursor: undefined}, next};
}
