import {confirmLimit} from '../authentication/confirmation.ts';
import type {Configuration} from '../configuration/configuration.ts';
import {keepalive} from '../ssh2/keepalive.ts';

/**
 * Options by which ssh asks the server for a sign of life. Their product is also what it waits for a word of the server
 * while it logs in, and that may take as long as somebody takes to confirm the login: ssh itself notices a dead peer only
 * after that. `silentPeer` notices it sooner, by the same questions.
 */
export function aliveOptions(configuration: Configuration): {ServerAliveInterval: string; ServerAliveCountMax: string} {
	const interval = keepalive(configuration).keepaliveInterval / 1000;
	const count = Math.ceil(confirmLimit / 1000 / interval) + 1;
	return {ServerAliveInterval: String(interval), ServerAliveCountMax: String(count)};
}

/** What makes ssh log each packet but those of data; clients before OpenSSH 8.5 have to log everything for it. */
export function packetLog(knowsLogVerbose: boolean): Record<string, string> {
	return knowsLogVerbose
		? {LogLevel: 'DEBUG1', LogVerbose: 'mux.c:mux_exit_message():*,packet.c:*'}
		: {LogLevel: 'DEBUG3'};
}

/** A line of the log without the place in ssh's own source that LogVerbose adds to those that `packetLog` asks for. */
export const withoutPlace = (line: string): string => line.replace(/^(debug\d: )?packet\.c:\S+ \(pid=\d+\): /, '$1');

/**
 * Reads the log of an ssh that commands go through: true with a line that says that the server has left too many questions
 * in a row without an answer. They are asked only when nothing came for the interval, data included.
 */
export function silentPeer(configuration: Configuration): (line: string) => boolean {
	const most = keepalive(configuration).keepaliveCountMax;
	let asked = 0;
	return line => {
		const [, way, type] = packet.exec(line) ?? [];
		if (way === 'receive') asked = 0;
		else if (way === 'send' && type === globalRequest) asked++;
		return asked > most;
	};
}

const packet = /^debug3: (send|receive) packet: type (\d+)$/;

/** SSH_MSG_GLOBAL_REQUEST: RFC 4254, 4. */
const globalRequest = '80';
