import type {AskLogin} from '../hosts/ask-login.ts';
import {LinkLost, NotConnected} from '../hosts/host.ts';
import type {LinkListener, Shell, Transport} from '../hosts/shell.ts';
import {agentTypes} from './authentication/agent-types.ts';
import {loginMeans} from './authentication/login-means.ts';
import {type Choice, chooseTransport, type Machine} from './choose-transport.ts';
import type {Address} from './configuration/address.ts';
import type {Configuration} from './configuration/configuration.ts';
import {readConfiguration} from './configuration/read-configuration.ts';
import type {LinkShell} from './link-shell.ts';
import {once} from './once.ts';
import {opensshShell} from './openssh/openssh-shell.ts';
import {ssh2Shell} from './ssh2/ssh2-shell.ts';

export type SshOptions = {
	env: NodeJS.ProcessEnv;
	/** An unknown host key is accepted and remembered. */
	acceptsNew: boolean;
	/** Who answers what the login asks; nobody by default. */
	asks?: AskLogin;
	/** Milliseconds that a server may be silent while somebody confirms the login elsewhere; two minutes by default. */
	confirmLimit?: number | undefined;
	/** Chosen by the operator; by the host's configuration where it is not. */
	transport?: Transport['name'];
};

/** Commands on a host over SSH. `name` is what was asked for, `address` what it means. */
export function sshShell(name: string, address: Address, options: SshOptions): Shell {
	const listeners = new Set<LinkListener>();
	let configuration: Configuration | undefined;
	let current: {choice: Choice; shell: LinkShell} | undefined;

	function take(choice: Choice, configuration: Configuration): Shell {
		const shell =
			choice.name === 'ssh2'
				? ssh2Shell(name, configuration, options)
				: opensshShell(name, address, configuration, options);
		shell.onLink((isUp, why) => {
			for (const listener of listeners) listener(isUp, why);
		});
		current = {choice, shell};
		return shell;
	}

	return {
		kind: 'ssh',
		async connect(signal) {
			configuration ??= await readConfiguration(address, options.env, signal);
			const shell = current?.shell ?? take(await choose(name, configuration, options), configuration);
			try {
				return await shell.connect(signal);
			} catch (error) {
				if (options.transport || !isNothingInCommon(error)) throw error;
				await shell.close();
				const why = 'the server shares no algorithm with ssh2';
				return await take({name: 'openssh', why}, configuration).connect(signal);
			}
		},
		async open(words, stdin, yields) {
			if (!current) throw new LinkLost(`There is no connection to ${name}`);
			return await current.shell.open(words, stdin, yields);
		},
		transport: () => current && {...current.choice, notes: current.shell.notes()},
		onLink(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		async close() {
			await current?.shell.close();
		},
	};
}

/** Throws `NotConnected` where ssh2 was asked for and cannot reach the host as its configuration says. */
async function choose(host: string, configuration: Configuration, {env, transport}: SshOptions): Promise<Choice> {
	if (transport === 'openssh') return {name: transport, why: 'it was asked for (--transport)'};
	const list = once(agentTypes);
	const machine = async (name: string, configuration: Configuration): Promise<Machine> => ({
		name,
		configuration,
		means: await loginMeans(configuration, env, list),
	});
	const jumps = await Promise.all(configuration.jumps.map(jump => machine(jump.name, jump.configuration)));
	const choice = chooseTransport(await machine(host, configuration), jumps, transport);
	if (choice.name) return choice;
	const hint = 'Leave out --transport ssh2: the ssh program of this machine can.';
	throw new NotConnected(`${host}: ssh2 cannot connect to it: ${choice.why}`, hint);
}

/** As ssh2 says it of a handshake. */
const isNothingInCommon = (error: unknown): boolean =>
	error instanceof NotConnected && error.cause instanceof Error && /no matching/i.test(error.cause.message);
