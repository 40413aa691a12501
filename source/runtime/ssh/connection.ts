import type {Socket} from 'node:net';
import {setTimeout as wait} from 'node:timers/promises';
import type {Client, ConnectConfig} from 'ssh2';
import {Failure} from '../../core/text/failure.ts';
import {NotConnected} from '../hosts/host.ts';
import {offer} from './algorithms.ts';
import {authentication} from './authentication.ts';
import type {Configuration} from './configuration.ts';
import {handshakeFailure} from './handshake-failure.ts';
import {hostKeyCheck} from './host-key-check.ts';
import {openSocket} from './open-socket.ts';

/** A login on a host that commands are opened on. */
export type Connection = {
	client: Client;
	/** SHA-256 fingerprint of the key that the host has proven to hold. */
	hostKey: string;
	/** Resolves to why it is gone; never rejects. */
	lost: Promise<string>;
	/** Ends it at once, for this reason. */
	destroy(why: string): void;
	/** Says goodbye, and waits a moment for it to arrive. */
	close(): Promise<void>;
};

export type Wanted = {
	/** The name that was asked for: for the lines that say what happened. */
	host: string;
	configuration: Configuration;
	/** An unknown host key is accepted and remembered. */
	acceptsNew: boolean;
};

/** Milliseconds for connecting, the handshake and the login together, where the configuration has no `ConnectTimeout`. */
const patience = 12_000;

/** Seconds between questions whether the peer is there, and how many may go without an answer: noticed within 12 s. */
const alive = {interval: 3, count: 3};

/** Connects and logs in. Throws `NotConnected`, and `Failure` for a host key that will not become right. */
export async function openConnection(wanted: Wanted, signal: AbortSignal): Promise<Connection> {
	const {host, configuration} = wanted;
	const limit = configuration.connectTimeout ? configuration.connectTimeout * 1000 : patience;
	const tooLate = AbortSignal.timeout(limit);
	const either = AbortSignal.any([signal, tooLate]);
	try {
		return await connect(wanted, either);
	} catch (cause) {
		if (cause instanceof NotConnected || cause instanceof Failure) throw cause;
		if (signal.aborted) throw new NotConnected(`${host}: left before it was connected`, 'Try it again.', {cause});
		if (!tooLate.aborted) throw cause;
		const {hostname, port} = configuration;
		throw new NotConnected(
			`${host}: ${hostname}, port ${port} did not answer within ${limit / 1000} s`,
			'Check the network, the name and the port; ConnectTimeout in the SSH configuration gives it longer.',
			{cause},
		);
	}
}

async function connect({host, configuration, acceptsNew}: Wanted, signal: AbortSignal): Promise<Connection> {
	const {strictHostKeyChecking, allowed} = configuration;
	const {default: library} = await import('ssh2');
	const check = await hostKeyCheck(host, configuration, acceptsNew || strictHostKeyChecking === 'accept-new');
	const algorithms = offered(host, () => offer(allowed, check.types));
	const login = await authentication(library, configuration);
	const socket = await openSocket(host, configuration, signal);
	try {
		let refusal: Error | undefined;
		const client = await logIn(new library.Client(), signal, {
			username: configuration.user,
			sock: socket,
			algorithms,
			readyTimeout: 0,
			...keepalive(configuration),
			authHandler: login.handler,
			hostVerifier: (key: Buffer) => {
				refusal = check.refusal(key);
				return refusal === undefined;
			},
		}).catch(cause => {
			throw signal.aborted ? cause : (refusal ?? handshakeFailure(host, configuration, login.account(), cause));
		});
		return connectionOf(client, socket, await check.settle());
	} catch (error) {
		socket.destroy();
		throw error;
	}
}

/** Resolves when the server lets in who asks. */
async function logIn(client: Client, signal: AbortSignal, settings: ConnectConfig): Promise<Client> {
	const {promise, resolve, reject} = Promise.withResolvers<Client>();
	// Where nobody waits for it any more, its end is no news.
	promise.catch(() => {});
	const abort = () => reject(signal.reason);
	client.once('ready', () => resolve(client));
	client.on('error', error => {
		// An agent that does not sign is no end: the next key is tried.
		if (error.level !== 'agent') reject(error);
	});
	client.once('close', () => reject(new Error('The server ended the connection')));
	signal.addEventListener('abort', abort, {once: true});
	if (signal.aborted) abort();
	try {
		client.connect(settings);
		return await promise;
	} finally {
		signal.removeEventListener('abort', abort);
	}
}

function offered<T>(host: string, make: () => T): T {
	try {
		return make();
	} catch (cause) {
		const hint = 'Allow one more for this host in the SSH configuration; other transports come in a later version.';
		throw new NotConnected(`${host}: ${(cause as Error).message}`, hint, {cause});
	}
}

/** The configuration may ask more often, never so seldom that a dead peer stays unnoticed. */
function keepalive({serverAliveInterval, serverAliveCountMax}: Configuration) {
	const own = serverAliveInterval * (serverAliveCountMax + 1);
	const isSooner = own > 0 && own < alive.interval * (alive.count + 1);
	return {
		keepaliveInterval: (isSooner ? serverAliveInterval : alive.interval) * 1000,
		keepaliveCountMax: isSooner ? serverAliveCountMax : alive.count,
	};
}

function connectionOf(client: Client, socket: Socket, hostKey: string): Connection {
	const {promise: lost, resolve} = Promise.withResolvers<string>();
	client.on('error', error => {
		resolve(error.level === 'client-timeout' ? 'nothing was heard of the host any more' : error.message);
		socket.destroy();
	});
	client.once('close', () => resolve('the connection was closed'));
	socket.once('close', () => resolve('the connection was closed'));
	if (socket.destroyed) resolve('the connection was closed');
	const destroy = (why: string) => {
		resolve(why);
		socket.destroy();
	};
	return {
		client,
		hostKey,
		lost,
		destroy,
		async close() {
			resolve('it was closed here');
			client.end();
			if (!socket.destroyed) await Promise.race([new Promise(done => socket.once('close', done)), wait(farewell)]);
			socket.destroy();
		},
	};
}

/** Milliseconds that a peer may take to hear that the connection ends. */
const farewell = 500;
