import type {HostName, SudoAnswer} from '../../core/run/host.ts';
import {sudoSecret} from '../../core/run/sudo.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {type Host, LinkLost} from '../hosts/host.ts';
import type {Session} from './session.ts';

type Of = {host: HostName};

/** Asks a host whether sudo wants a password. */
export async function askSudo(session: Session, {host: name}: Of): Promise<void> {
	await session.observe(name, {type: 'sudo', ...(await sudoAnswer(session.hosts.get(name)))});
}

/** The same without a session. Throws `LinkLost`. */
export const sudoAnswer = async (host: Host): Promise<SudoAnswer> =>
	(await host.askSudo?.().catch(unusable)) ?? {is: 'free', user: ''};

/** Sends the password that was given, once: where no answer comes back it is asked for anew, and never sent again by itself. */
export async function trySudo(session: Session, {host: name}: Of): Promise<void> {
	const {user} = session.state.hosts[name]!.sudo!;
	const password = session.secrets.of(name, [sudoSecret])[sudoSecret];
	const heard = () => session.observe(name, {type: 'sudo', is: 'unheard', user});
	try {
		const answer = password && (await session.hosts.get(name).trySudo!(password));
		if (answer?.is !== 'accepted') session.secrets.drop(name, sudoSecret);
		await (answer ? session.observe(name, {type: 'sudo', ...answer}) : heard());
	} catch (error) {
		session.secrets.drop(name, sudoSecret);
		if (session.closing.signal.aborted) return;
		await heard();
		throw error;
	}
}

function unusable(error: Error): SudoAnswer {
	if (error instanceof LinkLost) throw error;
	return {is: 'none', user: '', why: visibleLine(error.message)};
}
