import type {Io} from './command.ts';

/** A value as JSON on standard output; control characters are escaped by JSON itself. */
export function printJson(io: Io, value: unknown) {
	io.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** Colours only where a person watches who did not refuse them (no-color.org). */
export const isColoured = (io: Io): boolean => io.isTerminal && !io.env['NO_COLOR'] && io.env['TERM'] !== 'dumb';
