import {nobody} from '../../hosts/ask-login.ts';
import type {Address} from '../configuration/address.ts';
import type {Configuration} from '../configuration/configuration.ts';
import {hostKeyOrder} from '../host-keys/host-key-order.ts';
import {type LinkShell, linkShell, most} from '../link-shell.ts';
import type {SshOptions} from '../ssh-shell.ts';
import {openSshChannel} from './openssh-channel.ts';
import type {LoginLog} from './openssh-log.ts';
import {openMaster} from './openssh-master.ts';
import type {Master} from './openssh-process.ts';
import {nothingKept, wipe} from './openssh-questions.ts';

/** Commands on a host by the system's ssh. `name` is what was asked for, `address` what it means. */
export function opensshShell(
	name: string,
	address: Address,
	configuration: Configuration,
	{env, acceptsNew, asks = nobody, confirmLimit}: SshOptions,
): LinkShell {
	const kept = nothingKept();
	const shell = linkShell(name, async signal => {
		const hostKeyAlgorithms = await hostKeyOrder(configuration);
		const login = {acceptsNew, asks, kept, hostKeyAlgorithms, confirmLimit};
		const wanted = {host: name, address, configuration, env, commands: most, ...login};
		return linkOf(await openMaster(wanted, signal), env);
	});
	return {
		...shell,
		async close() {
			await shell.close();
			wipe(kept);
		},
	};
}

function linkOf(master: Master, env: NodeJS.ProcessEnv) {
	const {log, pipes, lost, destroy, close} = master;
	const free = [...pipes];
	return {
		hostKey: log.hostKey!.fingerprint,
		notes: notesOf(log),
		...{lost, destroy, close},
		async open(command: string, stdin: AsyncIterable<Uint8Array>) {
			const pipe = free.pop()!;
			const back = () => free.push(pipe);
			try {
				const channel = await openSshChannel(master, env, pipe, command, stdin);
				channel.closed.then(back);
				return channel;
			} catch (error) {
				back();
				throw error;
			}
		},
	};
}

const notesOf = ({version, kex, cipher, isCertified}: LoginLog): string[] =>
	[version, kex, cipher, isCertified ? 'host certificate' : ''].filter(Boolean);
