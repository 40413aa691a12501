import type {ConnectConfig} from 'ssh2';
import {Failure} from '../../../core/text/failure.ts';
import {NotConnected} from '../../hosts/host.ts';
import type {KeysOf} from '../authentication/agent-keys.ts';
import {authentication} from '../authentication/authentication.ts';
import type {Interview} from '../authentication/interview.ts';
import type {LoginMemory} from '../authentication/login-memory.ts';
import {PasswordSlot} from '../authentication/password-slot.ts';
import type {Configuration} from '../configuration/configuration.ts';
import {hostKeyCheck} from '../host-keys/host-key-check.ts';
import {offer} from './algorithms.ts';
import {type Connection, connectionOf} from './connection.ts';
import {guardChannels} from './guard-channels.ts';
import {handshakeFailure} from './handshake-failure.ts';
import {onRefusal, onRound} from './inside-ssh2.ts';
import {keepalive} from './keepalive.ts';
import {isEnd, readiness} from './readiness.ts';
import type {Wire} from './wire.ts';

/** A machine to log in on: the host, or one on the way to it. */
export type Machine = {
	/** Begins the lines that say what happened there. */
	label: string;
	/** As ssh would be told it. */
	name: string;
	/** Its place on the way. */
	place: number;
	configuration: Configuration;
	/** An unknown host key is accepted and remembered. */
	acceptsNew: boolean;
};

/** The server ended the login while something was asked that is known now: the next attempt does not ask for it. */
export class Outlasted extends NotConnected {}

/** Logs in over a wire, which is gone when that fails. Throws `NotConnected`, and `Failure` where trying again is no use. */
export async function logIn(
	machine: Machine,
	wire: Wire,
	interview: Interview,
	memory: LoginMemory,
	keysOf: KeysOf,
	signal: AbortSignal,
): Promise<Connection> {
	const {label, name, configuration, place} = machine;
	const {hostname, port, user, allowed, forwardedAgent} = configuration;
	const {confirmation} = interview;
	const passwords = new PasswordSlot(memory.of(place), secret => interview.mask(secret));
	const over = new AbortController();
	const exit = Promise.withResolvers<never>();
	let why: Error | undefined;
	const leave = (error: Error): void => {
		why ??= error;
		exit.reject(error);
	};
	exit.promise.catch(() => {});
	const no = (what: string, hint: string) => new NotConnected(`${label}: ${hostname}, port ${port} ${what}`, hint);
	let broken = (what: string): void => leave(no(`was left: ${what}`, `Try: ssh -v ${name}`));
	let isIn = false;
	try {
		const {default: library} = await import('ssh2');
		const check = await hostKeyCheck(machine, interview, memory.of(place));
		const algorithms = offered(label, () => offer(allowed, check.types));
		const left = () => no('asked something that was not answered', 'Try it again.');
		const login = await authentication({
			library,
			configuration,
			interview,
			memory,
			keysOf,
			passwords,
			over: over.signal,
			leave,
			left,
		});
		const client = new library.Client();
		let agreed: string[] = [];
		client.once('handshake', ({kex, cs}) => {
			agreed = [kex, cs.cipher];
		});
		client.on('banner', words => confirmation.says(words));
		client.once('change password', () =>
			leave(no(`wants a new password for ${user}`, `Change it there first: ssh ${name}`)),
		);
		const settings: ConnectConfig = {
			username: user,
			sock: wire.stream as never,
			algorithms,
			readyTimeout: 0,
			...keepalive(configuration),
			...(forwardedAgent && {agent: forwardedAgent}),
			authHandler: login.handler,
			hostVerifier: (key: Buffer, verify: (isFine: boolean) => void) => {
				check.refusal(key).then(refusal => {
					if (refusal) leave(refusal);
					if (!over.signal.aborted) verify(!refusal);
				}, leave);
			},
		};
		try {
			const ready = readiness(client, signal, () => {
				client.connect(settings);
				onRefusal(client, login.refused);
				onRound(client, (title, instruction, hasQuestions) => {
					if (hasQuestions) return;
					confirmation.says(title, instruction);
					confirmation.begin();
				});
				guardChannels(client, why => broken(why));
			});
			await Promise.race([exit.promise, ready]);
			isIn = true;
			const hostKey = await check.settle();
			const connection = connectionOf(client, wire, {hostKey, agreed, forwardsAgent: forwardedAgent !== undefined});
			broken = connection.destroy;
			return connection;
		} catch (cause) {
			const {isAsking} = interview;
			const {isWaiting} = confirmation;
			over.abort();
			wire.destroy();
			if (signal.aborted || cause instanceof NotConnected || cause instanceof Failure) throw cause;
			const isKnown = await interview.settled();
			if (signal.aborted) throw cause;
			if (why) throw why;
			if (isWaiting && !isAsking && isEnd(cause as Error)) {
				throw no('ended the login before it was confirmed', 'Try it again, and confirm it sooner.');
			}
			if (!isAsking) throw handshakeFailure(label, name, configuration, login.account(), cause as Error);
			const hint =
				'Try it again and answer sooner: a login may take what LoginGraceTime of sshd says, by default 2 minutes.';
			const {message} = no('ended the login while an answer was awaited', hint);
			throw isKnown ? new Outlasted(message, hint, {cause}) : new NotConnected(message, hint, {cause});
		}
	} catch (error) {
		wire.destroy();
		throw error;
	} finally {
		confirmation.end();
		passwords.end(isIn);
	}
}

function offered<T>(label: string, make: () => T): T {
	try {
		return make();
	} catch (cause) {
		const hint =
			'Allow one more for this host in the SSH configuration, or let the ssh program connect: --transport openssh';
		throw new NotConnected(`${label}: ${(cause as Error).message}`, hint, {cause});
	}
}
