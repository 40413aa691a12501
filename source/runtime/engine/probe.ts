import type {Answer} from '../../core/run/events.ts';
import type {HostName} from '../../core/run/host.ts';
import {whyNotAsked} from '../../core/run/options.ts';
import type {HostState, RunState} from '../../core/run/state.ts';
import {lackOfSudo, sudoSecret} from '../../core/run/sudo.ts';
import {blockFor} from '../../core/run/walk.ts';
import type {Command} from '../../core/runbook/model.ts';
import type {Host} from '../hosts/host.ts';
import {type Asking, askDocument, askingLimit} from './ask-document.ts';
import type {Session} from './session.ts';

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
	asking: Asking = {},
): Promise<{answer: Answer; evidence: string}> {
	if (command.placeholders.length > 0) return {answer: 'unknown', evidence: whyNotAsked(command)};
	if (lackOfSudo(host, command, command.script) === 'ask') return {answer: 'unknown', evidence: noPassword};
	const {exit, line, isLetIn} = await askDocument(state, host, command, remote, signal, asking);
	const answer = isLetIn ? answerOf(exit, command.expect) : 'unknown';
	return {answer, evidence: line || (answer === 'unknown' ? unasked(exit) : '')};
}

const noPassword = 'sudo asks for a password there, and none was given yet';

function answerOf(exit: number, expect: number[]): Answer {
	if (expect.includes(exit)) return 'yes';
	return exit === 124 || exit === 126 || exit === 127 || exit > 128 ? 'unknown' : 'no';
}

const unasked = (exit: number): string =>
	exit === 124 ? `no answer within ${askingLimit / 1000} s` : `could not be asked (exit ${exit})`;
