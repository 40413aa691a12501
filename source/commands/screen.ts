import type {Screen} from '../views/ui/open-screen.tsx';
import type {Io} from './command.ts';

/** The screen is for a person at a terminal who did not ask for lines. `ACCESSIBLE=1` asks for them. */
export const wantsScreen = (io: Io, flags: {plain: boolean; json: boolean} = {plain: false, json: false}): boolean =>
	io.isTerminal && !flags.plain && !flags.json && !io.env['ACCESSIBLE'] && io.env['TERM'] !== 'dumb';

/** The terminal, and what it can show. */
export const screenOf = ({env}: Io): Screen => ({
	stdout: process.stdout,
	stdin: process.stdin,
	stderr: process.stderr,
	isPlain: Boolean(env['NO_COLOR']),
	isAscii: !/utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || ''),
});
