import type {Answer} from '../../core/run/events.ts';
import type {HostName} from '../../core/run/host.ts';
import {whyNotAsked} from '../../core/run/options.ts';
import type {HostState, RunState} from '../../core/run/state.ts';
import {lackOfSudo, needsPassword, sudoSecret} from '../../core/run/sudo.ts';
import {blockFor} from '../../core/run/walk.ts';
import type {Command} from '../../core/runbook/model.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {plainText} from '../../core/text/plain-text.ts';
import type {Host} from '../hosts/host.ts';
import type {Session} from './session.ts';
import {interpreterOf, knownValues} from './task-spec.ts';

/** Milliseconds that what the document runs by itself may take. */
const limit = 10_000;

/** Asks a `ready` or `available` of the document, and tells the answer. */
export async function probe(session: Session, {host: name, block}: {host: HostName; block: string}): Promise<void> {
	const host = session.state.hosts[name]!;
	const command = blockFor(session.state, host, block)?.block;
	if (command?.kind !== 'command') return;
	const remote = command.on === 'control' ? session.hosts.control() : session.hosts.get(name);
	const {signal} = session.closing;
	const {[sudoSecret]: password} = session.secrets.of(name, [sudoSecret]);
	const answer = await askProbe(session.state, host, command, remote, signal, {
		masked: text => session.secrets.masked(text),
		...(password && {password}),
	});
	// An answer from before a change says nothing of what is after it.
	const isStale = session.state.hosts[name]!.changes !== host.changes;
	if (!signal.aborted && !isStale) await session.observe(name, {type: 'probed', block, ...answer});
}

/** Exit 0 is yes; what cannot be asked is unknown; only yes is yes. The first line of output is the evidence. */
export async function askProbe(
	state: RunState,
	host: HostState,
	command: Command,
	remote: Host,
	signal: AbortSignal,
	{masked = text => text, password}: {masked?: (text: string) => string; password?: Uint8Array} = {},
): Promise<{answer: Answer; evidence: string}> {
	if (command.placeholders.length > 0) return {answer: 'unknown', evidence: whyNotAsked(command)};
	if (lackOfSudo(host, command, command.script) === 'ask') return {answer: 'unknown', evidence: noPassword};
	const {stdout, output, exit} = await remote.read({
		script: command.script,
		interpreter: interpreterOf(command),
		sudo: command.sudo,
		...(password && needsPassword(host, command, command.script) && {password}),
		values: knownValues(state, host),
		timeout: Math.min(command.timeout ?? limit, limit),
		signal,
	});
	const answer = isLetIn(output) ? answerOf(exit, command.expect) : 'unknown';
	const said = (firstLine(stdout, masked) || firstLine(output, masked)).slice(0, 300);
	return {answer, evidence: said || (answer === 'unknown' ? unasked(exit) : '')};
}

/** sudo(8) says so, in this language, of whom it would have had to ask. */
const isLetIn = (output: Uint8Array): boolean =>
	!/^sudo: (a password is required|a terminal is required)/m.test(new TextDecoder().decode(output.subarray(0, 65_536)));

const noPassword = 'sudo asks for a password there, and none was given yet';

function answerOf(exit: number, expect: number[]): Answer {
	if (expect.includes(exit)) return 'yes';
	return exit === 124 || exit === 126 || exit === 127 || exit > 128 ? 'unknown' : 'no';
}

/** Masked as a whole: a secret may be wrapped, or have colours in it. */
const firstLine = (bytes: Uint8Array, masked: (text: string) => string): string =>
	visibleLine(
		masked(plainText(bytes.subarray(0, 4096)))
			.split('\n')[0]!
			.trim(),
	);

const unasked = (exit: number): string =>
	exit === 124 ? `no answer within ${limit / 1000} s` : `could not be asked (exit ${exit})`;
