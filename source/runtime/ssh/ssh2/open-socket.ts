import {lookup} from 'node:dns/promises';
import {connect, type Socket} from 'node:net';
import {networkInterfaces} from 'node:os';
import {NotConnected} from '../../hosts/host.ts';
import type {Configuration} from '../configuration/configuration.ts';

/** A TCP connection to a host, without Nagle's delay: ssh2 writes a packet in pieces, and each would wait for an answer. */
export async function openSocket(
	host: string,
	{hostname, port, family, bindAddress, bindInterface}: Configuration,
	signal: AbortSignal,
): Promise<Socket> {
	const way = bindInterface ? await wayOver(host, bindInterface, hostname, family) : {host: hostname, family};
	const socket = connect({
		host: way.host,
		port,
		noDelay: true,
		keepAlive: true,
		// Also a login that waits for somebody ends within a quarter of a minute where the peer is gone (libuv asks 10 times).
		keepAliveInitialDelay: 3000,
		...(way.family && {family: way.family}),
		...(bindAddress && {localAddress: bindAddress}),
		...('from' in way && !bindAddress && {localAddress: way.from}),
	});
	const {promise, resolve, reject} = Promise.withResolvers<Socket>();
	const abort = () => reject(signal.reason);
	socket.once('connect', () => resolve(socket));
	// Stays: a socket without one ends the program.
	socket.on('error', cause => reject(failure(host, `${hostname}, port ${port}`, cause)));
	signal.addEventListener('abort', abort, {once: true});
	if (signal.aborted) abort();
	try {
		return await promise;
	} catch (error) {
		socket.destroy();
		throw error;
	} finally {
		signal.removeEventListener('abort', abort);
	}
}

/** As ssh does it: from an address of that interface, to one of the host's of the same family. */
async function wayOver(host: string, name: string, hostname: string, family: 4 | 6 | undefined) {
	const all = networkInterfaces()[name] ?? [];
	const own = all.filter(({address}) => !address.startsWith('fe80'));
	const found = await lookup(hostname, {all: true, ...(family && {family})}).catch(cause => {
		throw failure(host, hostname, cause);
	});
	for (const {address, family} of found) {
		const from = own.find(each => each.family === `IPv${family}`)?.address;
		if (from !== undefined) return {host: address, family, from};
	}
	const what = all.length === 0 ? 'there is none here' : `it has no address to reach ${hostname} from`;
	throw new NotConnected(`${host}: BindInterface ${name}: ${what}`, 'Check BindInterface in the SSH configuration.');
}

function failure(host: string, place: string, cause: NodeJS.ErrnoException): NotConnected {
	const [what, hint] = reasons[cause.code ?? ''] ?? [`cannot be reached (${cause.code ?? cause.message})`, network];
	return new NotConnected(`${host}: ${place} ${what}`, hint, {cause});
}

const network = 'Check the network, the name and the port.';

const reasons: Record<string, [what: string, hint: string]> = {
	ENOTFOUND: ['has no address: no such host', 'Check the name; an alias needs an entry in ~/.ssh/config.'],
	EAI_AGAIN: ['has no address: the name service does not answer', 'Check the network and /etc/resolv.conf.'],
	ECONNREFUSED: ['refused the connection', 'Check that sshd runs there and listens on that port.'],
	EHOSTUNREACH: ['cannot be reached: no route to the host', network],
	ENETUNREACH: ['cannot be reached: no route to its network', network],
	ETIMEDOUT: ['did not answer', network],
	ECONNRESET: ['ended the connection at once', 'Check what listens there: a firewall or a full sshd may.'],
	EACCES: ['may not be connected to from here', 'A firewall on this machine forbids it.'],
	EADDRNOTAVAIL: ['cannot be reached from that address', 'Check BindAddress in the SSH configuration.'],
};
