import type {Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import {setTimeout as wait} from 'node:timers/promises';
import {visibleLine} from '../../../core/text/filter.ts';
import {NotConnected} from '../../hosts/host.ts';
import type {Configuration} from '../configuration/configuration.ts';
import type {Connection} from './connection.ts';

/** What a login runs over: a TCP connection, or a channel of the machine before it. */
export type Wire = {
	stream: Duplex;
	/** Resolves to why it is gone; never rejects. */
	closed: Promise<string>;
	destroy(): void;
	/** Waits a moment for the other side to end it. */
	close(): Promise<void>;
};

export function socketWire(socket: Socket): Wire {
	const closed = new Promise<string>(resolve => {
		if (socket.destroyed) resolve(plain);
		socket.once('close', () => resolve(plain));
	});
	return {
		stream: socket,
		closed,
		destroy: () => socket.destroy(),
		async close() {
			await Promise.race([closed, wait(farewell, undefined, {ref: false})]);
			socket.destroy();
		},
	};
}

/** Through a machine that a login stands on, which goes with it. Throws `NotConnected`. */
export async function jumpWire(
	{client, lost, destroy, close}: Connection,
	{label, before, configuration: {hostname, port}}: {label: string; before: string; configuration: Configuration},
	signal: AbortSignal,
): Promise<Wire> {
	const {promise, resolve, reject} = Promise.withResolvers<Duplex>();
	// Where nobody waits for it any more, its end is no news.
	promise.catch(() => {});
	const abort = () => reject(signal.reason);
	signal.addEventListener('abort', abort, {once: true});
	if (signal.aborted) abort();
	const no = (why: string, hint: string) =>
		reject(
			new NotConnected(
				`${label}: ${hostname}, port ${port} cannot be reached through ${before}: ${visibleLine(why.slice(0, 300))}`,
				hint,
			),
		);
	lost.then(why => no(why, 'Try it again.'));
	try {
		client.forwardOut('127.0.0.1', 0, hostname, port, (error, channel) => {
			if (!error) resolve(channel);
			else if ((error as {reason?: unknown}).reason === prohibited) {
				no('forwarding is not allowed there', 'Its sshd has to allow it (AllowTcpForwarding, PermitOpen, restrict).');
			} else {
				const why = error.message.replace('(SSH) Channel open failure: ', '');
				no(why, 'Check the name and the port, as seen from there.');
			}
		});
	} catch {
		no('the connection there has gone', 'Try it again.');
	}
	try {
		const stream = await promise;
		// A channel may stay half open, a connection that logins run over may not.
		stream.once('end', () => stream.destroy());
		const closed = Promise.race([
			new Promise<string>(resolve => stream.once('close', () => resolve(plain))),
			lost.then(why => `${before}: ${why}`),
		]);
		return {
			stream,
			closed,
			destroy() {
				stream.destroy();
				destroy('the connection through it was given up');
			},
			async close() {
				await Promise.race([closed, wait(farewell, undefined, {ref: false})]);
				await close();
			},
		};
	} finally {
		signal.removeEventListener('abort', abort);
	}
}

/** SSH_OPEN_ADMINISTRATIVELY_PROHIBITED: RFC 4254, 5.1. */
const prohibited = 1;

const plain = 'the connection was closed';

/** Milliseconds that a peer may take to hear that the connection ends. */
const farewell = 500;
