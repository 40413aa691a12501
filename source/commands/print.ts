import type {Io} from './command.ts';

/** A value as JSON on standard output. What a terminal would obey or the eye cannot see is escaped: nothing is lost. */
export function printJson(io: Io, value: unknown) {
	io.stdout.write(`${JSON.stringify(value, undefined, 2).replaceAll(hidden, escaped)}\n`);
}

/** What JSON itself leaves as it is: C1, DEL, marks of direction, zero width, separators of lines. */
const hidden = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const escaped = (character: string): string =>
	character
		.split('')
		.map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
		.join('');

/** Colours only where a person watches who did not refuse them (no-color.org). */
export const isColoured = (io: Io): boolean => io.isTerminal && !io.env['NO_COLOR'] && io.env['TERM'] !== 'dumb';
