import {nobody} from '../../hosts/ask-login.ts';
import {LoginMemory} from '../authentication/login-memory.ts';
import type {Configuration} from '../configuration/configuration.ts';
import {type LinkShell, linkShell} from '../link-shell.ts';
import type {SshOptions} from '../ssh-shell.ts';
import {openChannel} from './channel.ts';
import {hasNativeAddon} from './inside-ssh2.ts';
import {openConnection} from './open-connection.ts';

/** Commands on a host over SSH, in this process. `name` is what was asked for, `configuration` how it is reached. */
export function ssh2Shell(
	name: string,
	configuration: Configuration,
	{acceptsNew, asks = nobody, confirmLimit}: SshOptions,
): LinkShell {
	const memory = new LoginMemory();
	const shell = linkShell(name, async signal => {
		const wanted = {host: name, configuration, acceptsNew, asks, memory, confirmLimit};
		const connection = await openConnection(wanted, signal);
		const {hostKey, agreed, lost, destroy, close} = connection;
		const open = (command: string, stdin: AsyncIterable<Uint8Array>) => openChannel(connection, command, stdin);
		return {hostKey, notes: [...agreed, await addon()], lost, open, destroy, close};
	});
	return {
		...shell,
		async close() {
			await shell.close();
			memory.forget();
		},
	};
}

/** Without it, or where it was built for another Node, ssh2 encrypts in JavaScript and says nothing of it. */
async function addon(): Promise<string> {
	return (await hasNativeAddon()) ? 'native addon in use' : 'no native addon';
}
