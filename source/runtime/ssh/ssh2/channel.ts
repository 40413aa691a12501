import {constants} from 'node:os';
import type {ClientChannel, ExecOptions} from 'ssh2';
import {LinkLost} from '../../hosts/host.ts';
import type {Channel} from '../../hosts/shell.ts';
import {bytesOf} from './bytes-of.ts';
import type {Connection} from './connection.ts';

/** Milliseconds that a server may take to begin a command; it may be busy, but it still answers. */
const limit = 60_000;

/** The server has no room for one more command now (MaxSessions of sshd). */
export class NoRoom extends Error {
	override name = 'NoRoom';
}

/** Runs a command on a connection; `closed` resolves when the server has done with it. Throws `NoRoom` and `LinkLost`. */
export async function openChannel(
	connection: Connection,
	command: string,
	stdin: AsyncIterable<Uint8Array>,
): Promise<Channel & {closed: Promise<void>}> {
	const {promise, resolve, reject} = Promise.withResolvers<Channel & {closed: Promise<void>}>();
	// Where nobody waits for it any more, its end is no news.
	promise.catch(() => {});
	const gone = (why: string, cause?: Error) => reject(new LinkLost(`The connection was lost: ${why}`, {cause}));
	const timer = setTimeout(() => connection.destroy(`no command was begun within ${limit / 1000} s`), limit);
	connection.lost.then(gone);
	try {
		connection.client.exec(command, {agentForward: connection.forwardsAgent} as ExecOptions, (error, stream) => {
			// At once: its exit status may stand in the same packet.
			if (!error) resolve(channelOf(stream, stdin, connection));
			else if (connection.forwardsAgent && /agent forwarding/.test(error.message)) {
				// As ssh has it: where the server does not allow it, commands go without.
				connection.forwardsAgent = false;
				resolve(openChannel(connection, command, stdin));
			} else if ('reason' in error) reject(new NoRoom(error.message, {cause: error}));
			else gone(error.message, error);
		});
		return await promise;
	} catch (error) {
		throw error instanceof LinkLost || error instanceof NoRoom
			? error
			: new LinkLost('There is no connection', {cause: error});
	} finally {
		clearTimeout(timer);
	}
}

function channelOf(stream: ClientChannel, stdin: AsyncIterable<Uint8Array>, {lost}: Connection) {
	const killed = new AbortController();
	const {promise: ended, resolve: end} = Promise.withResolvers<{exit: number} | 'lost'>();
	const {promise: closed, resolve: close} = Promise.withResolvers<void>();
	stream.on('error', () => {});
	// The end of the channel says nothing of how the command ended.
	stream.once('exit', (code: number | null, signal?: string) => end(exitOf(code, signal)));
	stream.once('close', () => {
		end('lost');
		close();
	});
	lost.then(() => {
		end('lost');
		close();
	});
	const stdout = bytesOf(stream, killed.signal);
	const stderr = bytesOf(stream.stderr, killed.signal);
	feed(stream, stdin, Promise.race([closed, ended])).catch(() => stream.end());
	return {
		stdout,
		stderr,
		ended,
		closed,
		kill() {
			killed.abort();
			stream.close();
			// What still comes has to pass, or its end is never seen.
			stream.resume();
			stream.stderr.resume();
		},
	};
}

/** As a shell has it: 128 and the number of the signal. */
function exitOf(code: number | null, signal: string | undefined): {exit: number} | 'lost' {
	if (code !== null) return {exit: code};
	const number = constants.signals[signal as NodeJS.Signals];
	return number ? {exit: 128 + number} : 'lost';
}

/** It may end without having read everything. */
async function feed(stream: ClientChannel, stdin: AsyncIterable<Uint8Array>, over: Promise<unknown>): Promise<void> {
	let isOver = false;
	over.then(() => {
		isOver = true;
	});
	for await (const bytes of stdin) {
		if (isOver) return;
		if (stream.write(bytes)) continue;
		await Promise.race([over, new Promise(resolve => stream.once('drain', resolve))]);
	}
	if (!isOver) stream.end();
}
