import {LinkLost} from '../hosts/host.ts';
import type {Channel, Shell} from '../hosts/shell.ts';
import {NoRoom, openChannel} from './channel.ts';
import type {Configuration} from './configuration.ts';
import {type Connection, openConnection} from './connection.ts';
import {quoteWords} from './quote-words.ts';
import {Rooms} from './rooms.ts';
import type {SshOptions} from './ssh-shell.ts';

/** Commands at a time on a connection; sshd allows 10 by default (MaxSessions). */
const most = 8;

/** Milliseconds for which a server may refuse every single command before its connection is given up. */
const patience = 15_000;

/** Commands on a host over SSH, in this process. `name` is what was asked for, `configuration` how it is reached. */
export function ssh2Shell(name: string, configuration: Configuration, {acceptsNew}: SshOptions): Shell {
	const rooms = new Rooms(most);
	const listeners = new Set<(isUp: boolean) => void>();
	let connection: Connection | undefined;
	let open = 0;

	function stand(next: Connection): void {
		connection = next;
		for (const listener of listeners) listener(true);
		next.lost.then(() => {
			if (connection !== next) return;
			connection = undefined;
			for (const listener of listeners) listener(false);
		});
	}

	async function attempt(command: string, stdin: AsyncIterable<Uint8Array>): Promise<Channel> {
		await rooms.enter();
		try {
			if (!connection) throw new LinkLost(`There is no connection to ${name}`);
			const channel = await openChannel(connection, command, stdin);
			open++;
			channel.closed.then(() => {
				open--;
				rooms.leave();
			});
			return channel;
		} catch (error) {
			rooms.leave();
			throw error;
		}
	}

	return {
		kind: 'ssh',
		async connect(signal) {
			if (!connection) {
				stand(await openConnection({host: name, configuration, acceptsNew}, signal));
			}
			return {hostKey: connection!.hostKey};
		},
		async open(words, stdin) {
			const command = quoteWords(words);
			let alone = performance.now();
			for (let pause = 20; ; pause = Math.min(pause * 2, 1000)) {
				try {
					return await attempt(command, stdin);
				} catch (error) {
					if (!(error instanceof NoRoom)) throw error;
					if (open > 0) alone = performance.now();
					if (performance.now() - alone > patience) {
						connection?.destroy('the server begins no command');
						throw new LinkLost(`${name} begins no command: ${error.message}`, {cause: error});
					}
				}
				await new Promise(resolve => setTimeout(resolve, pause));
			}
		},
		onLink(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		async close() {
			await connection?.close();
		},
	};
}
