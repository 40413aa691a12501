import type {KeyModes} from '../../../core/text/output-screen.ts';

/** Leaves what is typed into a task: telnet's key for the same. */
export const leaveKey = '\x1d';

/**
 * What a key of this terminal sends to a program that has asked its own terminal for these modes: cursor keys are sent as
 * it wants them, all else as it came. '' for what is no key: reports of focus, of the mouse, answers of this terminal.
 */
export function keyBytes(sequence: string, {isCursorApplication}: KeyModes): string {
	const cursor = /^\x1b[[O]([A-DFH])$/.exec(sequence);
	if (cursor) return `\x1b${isCursorApplication ? 'O' : '['}${cursor[1]}`;
	return reports.test(sequence) ? '' : sequence;
}

/** A pasted text as a terminal sends it: what ends a paste cannot stand in it, and line ends are those of Enter. */
export function pasteBytes(text: string, {marksPastes}: KeyModes): string {
	const clean = text.replaceAll(/\x1b\[20[01]~/g, '').replaceAll(/\r\n|\n/g, '\r');
	return marksPastes ? `\x1b[200~${clean}\x1b[201~` : clean;
}

/** xterm's control sequences: focus, mouse, cursor position, attributes, modes; strings of any kind. */
const reports = /^\x1b(?:\[(?:[IO]|M.*|<[\d;]+[Mm]|\d+;\d+R|[?>][\d;]*\$?[cuyn]|\d+n)|[\]P_^X].*)$/s;
