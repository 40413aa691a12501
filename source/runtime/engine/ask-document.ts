import type {HostState, RunState} from '../../core/run/state.ts';
import {needsPassword} from '../../core/run/sudo.ts';
import type {Command} from '../../core/runbook/model.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {plainText} from '../../core/text/plain-text.ts';
import type {Host} from '../hosts/host.ts';
import {interpreterOf, knownValues} from './task-spec.ts';

/** Milliseconds that what the document runs by itself may take. */
export const askingLimit = 10_000;

/** Whose secrets no line shows, and the password for sudo where there is one. */
export type Asking = {masked?: (text: string) => string; password?: Uint8Array};

/** What a command said that the document runs by itself; `line` is the first one, fit to be shown. */
export type Said = {exit: number; line: string; isLetIn: boolean};

/** Runs a `ready`, `available` or gauge of the document: without a terminal, within 10 s, attached to the connection. */
export async function askDocument(
	state: RunState,
	host: HostState,
	command: Command,
	remote: Host,
	signal: AbortSignal,
	{masked = text => text, password}: Asking = {},
): Promise<Said> {
	const {stdout, output, exit} = await remote.read({
		script: command.script,
		interpreter: interpreterOf(command),
		sudo: command.sudo,
		...(password && needsPassword(host, command, command.script) && {password}),
		values: knownValues(state, host),
		timeout: Math.min(command.timeout ?? askingLimit, askingLimit),
		signal,
	});
	const line = (firstLine(stdout, masked) || firstLine(output, masked)).slice(0, 300);
	return {exit, line, isLetIn: isLetIn(output)};
}

/** sudo(8) says so, in this language, of whom it would have had to ask. */
const isLetIn = (output: Uint8Array): boolean =>
	!/^sudo: (a password is required|a terminal is required)/m.test(new TextDecoder().decode(output.subarray(0, 65_536)));

/** Masked as a whole: a secret may be wrapped, or have colours in it. */
const firstLine = (bytes: Uint8Array, masked: (text: string) => string): string =>
	visibleLine(
		masked(plainText(bytes.subarray(0, 4096)))
			.split('\n')[0]!
			.trim(),
	);
