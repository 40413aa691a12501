import {execFileSync} from 'node:child_process';
import type {Shell} from '../../../source/runtime/hosts/shell.ts';
import {sshShell} from '../../../source/runtime/ssh/ssh-shell.ts';
import {type SshServer, sshServer} from '../../helpers/ssh/ssh-server.ts';

/** Real servers on loopback, each with a control master of the system's client, gone with the benchmark. */
export class Lab {
	readonly servers: SshServer[] = [];
	readonly #cleaning: (() => void)[] = [];

	static async open(count: number): Promise<Lab> {
		const lab = new Lab();
		const context = {after: (clean: () => void) => lab.#cleaning.unshift(clean)};
		while (lab.servers.length < count) {
			lab.servers.push(await sshServer(context, ['MaxStartups 200', 'MaxSessions 100']));
		}
		for (const server of lab.servers) {
			execFileSync('ssh', [...controlled(server, 'yes'), '-N', '-f', 'web1'], {stdio: 'ignore'});
			context.after(() => execFileSync('ssh', [...controlled(server), '-O', 'exit', 'web1'], {stdio: 'ignore'}));
		}
		return lab;
	}

	get first(): SshServer {
		return this.servers[0]!;
	}

	close(): void {
		for (const clean of this.#cleaning) clean();
	}
}

export const never = new AbortController().signal;

/** Runs `true`, to its very end. */
export async function runTrue(shell: Shell): Promise<void> {
	const channel = await shell.open(['true'], nothing());
	for await (const _ of channel.stdout);
	for await (const _ of channel.stderr);
	if ((await channel.ended) === 'lost') throw new Error('The connection was lost');
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

export const shellOn = (server: SshServer, name = 'web1') =>
	sshShell(name, {host: name}, {env: server.env, acceptsNew: false});

/** The system's client with this configuration. */
export const client = (server: SshServer): string[] => ['-F', server.file('config')];

/** The same by way of its control master. */
export const controlled = (server: SshServer, master: 'yes' | 'no' = 'no'): string[] => [
	...client(server),
	...['-o', `ControlMaster=${master}`, '-o', `ControlPath=${server.file('master')}`],
];
