// What the screen itself remembers, beside the run: overlays, scrolling, what is typed. Plain data.
import type {LoginQuestion, LoginSecret} from '../../../core/run/login-question.ts';
import type {Confirmation, Intent} from '../../../core/run/told.ts';
import type {Row} from '../../../core/text/row.ts';
import type {LoginWait} from '../../../runtime/engine/session.ts';
import type {TextLine} from '../parts/text-line.ts';

export type UiState = {
	overlay: Overlay | undefined;
	/** First line of the step that is shown; undefined follows the walk. */
	top: number | undefined;
	/** Section that the cursor is on; undefined follows the walk. */
	cursor: string | undefined;
	/** The pane that is shown where there is room for one only. */
	pane: PaneName;
	/** When what is asked now was drawn, milliseconds. */
	since: number;
	/** Why the last key did nothing, until the next one. */
	message: string | undefined;
};

export const panes = ['step', 'sections', 'output', 'health'] as const;
export type PaneName = (typeof panes)[number];

export type Overlay = Dialog | Field | LoginField | LoginWaiting | Menu | Help | OutputView | InteractionView;

/** Asks for `y` or for the host's name; a page that is only read asks for nothing. */
export type Dialog = {
	kind: 'dialog';
	title: string;
	/** What is about to happen, shown in full: what does not fit must have been scrolled through. */
	lines: Row[];
	needs: Exclude<Confirmation, 'enter'> | 'nothing';
	/** What has to be typed where it needs the name. */
	name: string;
	typed: string;
	top: number;
	/** Lines that have been on the screen. */
	seen: number;
	/** When it was drawn, milliseconds: keys count half a second later. */
	since: number;
	next: Next;
	/** What closing it leads to, where that is an answer, too. */
	otherwise?: Next;
};

/** A line of text. What is typed into a secret field is never here. */
export type Field = {
	kind: 'field';
	title: string;
	line: TextLine;
	isSecret: boolean;
	next: Purpose;
	hint: string;
};

/** What a login asks to be typed. A secret is never here; `line` is only for what the server shows. */
export type LoginField = {
	kind: 'login';
	question: LoginQuestion & LoginSecret;
	isSecret: boolean;
	line: TextLine;
	/** The login waits no longer. It stays until it is closed: what is typed on must not be taken for keys, or be shown. */
	isOver?: true;
	/** Enter came with nothing typed: once more, it is meant. */
	isEmpty: boolean;
	/** When it was drawn, milliseconds: keys count half a second later, whatever they were meant for. */
	since: number;
};

/** A login waits for somebody to act elsewhere. It closes by itself. */
export type LoginWaiting = {kind: 'waiting'; wait: LoginWait; since: number};

/** `isWays`: the ways back, whose answers come while it is open. */
export type Menu = {
	kind: 'menu';
	title: string;
	options: MenuItem[];
	index: number;
	since: number;
	isWays?: boolean;
};
export type MenuItem = {words: string; next: Next; isDisabled?: string};
export type Help = {kind: 'help'; top: number};
export type OutputView = {
	kind: 'output';
	task: string;
	/** First line shown; undefined follows the end. */
	top: number | undefined;
	search: string;
	/** Only lines that have this, and those around them. */
	filter: string;
};

/** The terminal of a running task, and all keys for it. */
export type InteractionView = {kind: 'interaction'; task: string};

/** What a confirmed dialog or a chosen line leads to. */
export type Next =
	| {do: 'tell'; intent: Intent}
	/** `asks`: the program is to find out what is shown there. */
	| {do: 'open'; overlay: Overlay; asks?: Intent}
	| {do: 'edit'; block: string}
	/** Sends a line to the input of a task. */
	| {do: 'send'; task: string; line: string}
	/** Takes or declines a host key, or declines to give a secret. */
	| {do: 'answer-login'; question: LoginQuestion; isTaken: boolean}
	/** Gives up a login that waits. */
	| {do: 'leave-login'; wait: LoginWait}
	/** Puts text into the terminal's clipboard (OSC 52). */
	| {do: 'copy'; lines: string[]}
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
	| {for: 'answer'; task: string}
	| {for: 'search'; view: OutputView}
	| {for: 'filter'; view: OutputView};

export const initialUi: UiState = {
	overlay: undefined,
	top: undefined,
	cursor: undefined,
	pane: 'step',
	since: 0,
	message: undefined,
};

/** Milliseconds for which what was just drawn takes no confirmation: tired hands answer what they have not read. */
export const deaf = 500;

export const emptyField = (title: string, next: Purpose, hint = ''): Field => ({
	kind: 'field',
	title,
	line: {value: '', at: 0},
	isSecret: false,
	next,
	hint,
});
