// sudo that asks for a password: what has still to be found out before a command runs that calls it.
import type {Command, Input} from '../runbook/model.ts';
import type {HostState, RunState} from './state.ts';
import {blockFor} from './walk.ts';

/** The name of the password among the secrets of a host; no input can be called so. */
export const sudoSecret = 'sudo';

/** `ask`: a person is asked for the password; the others are for the host to say. Undefined where nothing is lacking. */
export type SudoLack = 'look' | 'ask' | 'try';

/** What is lacking for a command that calls sudo. Undefined where it does not, or where all is known. */
export function lackOfSudo(host: HostState, command: Command, script: string): SudoLack | undefined {
	if (!callsSudo(command, script)) return undefined;
	if (!host.sudo) return 'look';
	if (host.sudo.is !== 'password') return undefined;
	return host.secrets.includes(sudoSecret) ? 'try' : 'ask';
}

/** The same for the command with an id that is for this host, in another text where it was edited. */
export function lackOfBlock(state: RunState, host: HostState, id: string, edited?: string): SudoLack | undefined {
	const block = blockFor(state, host, id)?.block;
	return block?.kind === 'command' ? lackOfSudo(host, block, edited ?? block.script) : undefined;
}

/** Whether a person is asked for the password now. */
export const isAskedForSudo = (host: HostState): boolean =>
	host.sudo?.is === 'password' && !host.secrets.includes(sudoSecret);

export const isTryingSudo = (host: HostState): boolean =>
	host.sudo?.is === 'password' && host.secrets.includes(sudoSecret);

/** The password as an input that is asked for. */
export const sudoInput = (host: HostState): Input => ({
	prompt: `sudo on ${host.name}: the password of ${host.sudo?.user ?? ''}`,
	secret: true,
});

/** Whether sudo asks for a password in a command, and is to be given it. */
export const needsPassword = (host: HostState, command: Command, script: string): boolean =>
	host.sudo?.is === 'accepted' && callsSudo(command, script);

/** On the machine that Handrail runs on nobody is asked. */
const callsSudo = (command: Command, script: string): boolean =>
	command.on !== 'control' && (command.sudo || /(?<![\w.-])sudo(?![\w.-])/.test(script));
