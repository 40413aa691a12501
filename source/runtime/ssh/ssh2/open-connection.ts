import type {HostName} from '../../../core/run/host.ts';
import {Failure} from '../../../core/text/failure.ts';
import type {AskLogin} from '../../hosts/ask-login.ts';
import {nobody} from '../../hosts/ask-login.ts';
import {NotConnected} from '../../hosts/host.ts';
import {askedOnce} from '../authentication/agent-keys.ts';
import {confirmLimit} from '../authentication/confirmation.ts';
import {Interview} from '../authentication/interview.ts';
import type {LoginMemory} from '../authentication/login-memory.ts';
import {patience} from '../authentication/patience.ts';
import type {Configuration} from '../configuration/configuration.ts';
import type {Connection} from './connection.ts';
import {logIn, type Machine, Outlasted} from './log-in.ts';
import {openSocket} from './open-socket.ts';
import {jumpWire, socketWire} from './wire.ts';

export type Wanted = {
	/** The name that was asked for: for the lines that say what happened. */
	host: HostName;
	configuration: Configuration;
	/** An unknown host key is accepted and remembered. */
	acceptsNew: boolean;
	asks: AskLogin;
	memory: LoginMemory;
	/** Milliseconds that a server may be silent while somebody confirms the login elsewhere. */
	confirmLimit?: number | undefined;
};

/** Milliseconds for connecting, the handshakes and the logins together, where the configuration has no `ConnectTimeout`. */
const usual = 12_000;

/** How often a server may end the login while somebody is still answering. */
const most = 4;

/** Connects and logs in. Throws `NotConnected`, and `Failure` for a host key that will not become right. */
export async function openConnection(wanted: Wanted, signal: AbortSignal): Promise<Connection> {
	for (let tries = 1; ; tries++) {
		try {
			return await connect(wanted, signal);
		} catch (error) {
			if (!(error instanceof Outlasted) || tries === most) throw error;
		}
	}
}

/** Over all jumps, each through the one before it. */
async function connect(wanted: Wanted, leaving: AbortSignal): Promise<Connection> {
	const {configuration, asks, memory} = wanted;
	const limit = configuration.connectTimeout ? configuration.connectTimeout * 1000 : usual;
	const time = patience(limit);
	const left = new AbortController();
	const signal = AbortSignal.any([leaving, time.signal, left.signal]);
	const keysOf = askedOnce();
	let connection: Connection | undefined;
	let before = '';
	try {
		for (const machine of machines(wanted)) {
			const {hostname, port, user, batchMode} = machine.configuration;
			try {
				const wire = connection
					? await jumpWire(connection, {...machine, before}, signal)
					: socketWire(await openSocket(machine.label, machine.configuration, signal));
				const isJump = machine.place < configuration.jumps.length;
				const subject = {host: wanted.host, ...(isJump && {machine: `${user}@${hostname}:${port}`})};
				const confirms = {leave: () => left.abort(), limit: wanted.confirmLimit};
				const interview = new Interview(batchMode ? nobody : asks, subject, time, signal, confirms);
				connection = await logIn(machine, wire, interview, memory, keysOf, signal);
				before = `jump host ${machine.name}`;
			} catch (cause) {
				connection?.destroy('the connection through it was not made');
				if (cause instanceof NotConnected || cause instanceof Failure) throw cause;
				if (leaving.aborted)
					throw new NotConnected(`${wanted.host}: left before it was connected`, 'Try it again.', {cause});
				const place = `${machine.label}: ${hostname}, port ${port}`;
				if (left.signal.aborted)
					throw new NotConnected(`${place} was left before its login was confirmed`, 'Try it again.', {cause});
				if (!time.signal.aborted) throw cause;
				if (time.isGranted)
					throw new NotConnected(
						`${place}: the login was not confirmed within ${(wanted.confirmLimit ?? confirmLimit) / 1000} s`,
						'Try it again, and confirm it sooner.',
						{cause},
					);
				throw new NotConnected(
					`${place} did not answer within ${limit / 1000} s`,
					'Check the network, the name and the port; ConnectTimeout in the SSH configuration gives it longer.',
					{cause},
				);
			}
		}
		return connection!;
	} finally {
		time.end();
	}
}

function machines({host, configuration, acceptsNew}: Wanted): Machine[] {
	const jumps = configuration.jumps.map(({name, configuration}, place) => {
		const [beyond] = configuration.beyond;
		const label = `${host}: jump host ${name}`;
		if (beyond === undefined) return {label, name, place, configuration, acceptsNew};
		const hint = "Take another way there, or let the system's ssh do it: --transport openssh.";
		throw new NotConnected(`${label}: its SSH configuration sets ${beyond}, which ssh2 cannot follow`, hint);
	});
	return [...jumps, {label: host, name: host, place: jumps.length, configuration, acceptsNew}];
}
