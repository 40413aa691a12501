import type {Client} from 'ssh2';
import {beforeData, beforeRequest, onChannel} from './inside-ssh2.ts';

/**
 * Ends a connection whose server sends more on a channel than it was allowed to: ssh2 1.17 would keep all of it (its issue
 * 1505), or drop some unsaid. To be called once `connect` was.
 */
export function guardChannels(client: Client, destroy: (why: string) => void): void {
	onChannel(client, channel => {
		// What comes after its end is an error of the stream, which would end the program.
		channel.on('error', () => {});
		channel.stderr?.on('error', () => {});
	});
	// Further host keys are no news here. Of each list ssh2 would ask for proof, and fail at a type that it does not know.
	beforeRequest(client, name => name !== 'hostkeys-00@openssh.com');
	beforeData(client, (window, length) => {
		if (window > 0 && length - window <= packet) return true;
		destroy('the host sent more than it was allowed to');
		return false;
	});
}

/** Bytes: the largest packet that ssh2 allows a server; so much more is forgiven. */
const packet = 32 * 1024;
