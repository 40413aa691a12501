import type {AskLogin} from '../hosts/ask-login.ts';
import {LinkLost, NotConnected} from '../hosts/host.ts';
import type {Shell, Transport} from '../hosts/shell.ts';
import type {Address} from './address.ts';
import {readConfiguration} from './read-configuration.ts';
import {ssh2Shell} from './ssh2-shell.ts';

export type SshOptions = {
	env: NodeJS.ProcessEnv;
	/** An unknown host key is accepted and remembered. */
	acceptsNew: boolean;
	/** Who answers what the login asks; nobody by default. */
	asks?: AskLogin;
	/** Chosen by the operator; by the host's configuration where it is not. */
	transport?: Transport['name'];
};

/** Commands on a host over SSH. `name` is what was asked for, `address` what it means. */
export function sshShell(name: string, address: Address, options: SshOptions): Shell {
	const listeners = new Set<(isUp: boolean) => void>();
	let shell: Shell | undefined;

	async function chosen(signal: AbortSignal): Promise<Shell> {
		const configuration = await readConfiguration(address, options.env, signal);
		const [first] = configuration.beyond;
		if (first !== undefined) {
			throw new NotConnected(
				`${address.host}: its SSH configuration sets ${first}, which this version cannot follow`,
				'It comes in a later version. Until then, a host that needs none of it: see `ssh -G HOST`.',
			);
		}
		const next = ssh2Shell(name, configuration, options);
		next.onLink(isUp => {
			for (const listener of listeners) listener(isUp);
		});
		return next;
	}

	return {
		kind: 'ssh',
		async connect(signal) {
			shell ??= await chosen(signal);
			return await shell.connect(signal);
		},
		async open(words, stdin) {
			if (!shell) throw new LinkLost(`There is no connection to ${name}`);
			return await shell.open(words, stdin);
		},
		onLink(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		async close() {
			await shell?.close();
		},
	};
}
