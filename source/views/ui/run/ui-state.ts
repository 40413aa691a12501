// What the screen itself remembers, beside the run: overlays, scrolling, what is typed. Plain data.
import type {Confirmation, Intent} from '../../../core/run/told.ts';

export type UiState = {
	overlay: Overlay | undefined;
	/** First line of the step that is shown; undefined follows the walk. */
	top: number | undefined;
	/** Section that the cursor is on; undefined follows the walk. */
	cursor: string | undefined;
	/** Why the last key did nothing, until the next one. */
	message: string | undefined;
};

export type Overlay = Dialog | Field | Menu | Help | OutputView;

/** Asks for `y` or for the host's name. */
export type Dialog = {
	kind: 'dialog';
	title: string;
	/** What is about to happen, shown in full: what does not fit must have been scrolled through. */
	lines: string[];
	needs: Exclude<Confirmation, 'enter'>;
	/** What has to be typed where it needs the name. */
	name: string;
	typed: string;
	top: number;
	/** Lines that have been on the screen. */
	seen: number;
	/** When it was drawn, milliseconds: keys count half a second later. */
	since: number;
	next: Next;
};

/** A line of text. What is typed into a secret field is never here. */
export type Field = {kind: 'field'; title: string; value: string; isSecret: boolean; next: Purpose; hint: string};

export type Menu = {kind: 'menu'; title: string; options: MenuItem[]; index: number};
export type MenuItem = {words: string; next: Next; isDisabled?: string};
export type Help = {kind: 'help'; top: number};
export type OutputView = {
	kind: 'output';
	task: string;
	/** First line shown; undefined follows the end. */
	top: number | undefined;
	search: string;
};

/** What a confirmed dialog or a chosen line leads to. */
export type Next =
	| {do: 'tell'; intent: Intent}
	| {do: 'open'; overlay: Overlay}
	| {do: 'edit'; block: string}
	| {do: 'leave'}
	| {do: 'none'};

/** What a field's text is for. */
export type Purpose =
	| {for: 'skip'; block: string}
	| {for: 'note'}
	| {for: 'abort'}
	| {for: 'settle'; block: string; end: 'done' | 'failed'}
	| {for: 'jump'; section: string}
	| {for: 'override'; guard: string}
	| {for: 'break-lock'}
	| {for: 'edited'; block: string; script: string; confirmed: Confirmation}
	| {for: 'input'; name: string}
	| {for: 'secret'; name: string}
	| {for: 'fact'; key: string}
	| {for: 'search'; view: OutputView};

export const initialUi: UiState = {overlay: undefined, top: undefined, cursor: undefined, message: undefined};

/** Milliseconds for which a new dialog takes no key: tired hands answer what they have not read. */
export const deaf = 500;
