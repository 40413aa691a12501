import {type AskLogin, nobody} from '../../hosts/ask-login.ts';
import {NotConnected} from '../../hosts/host.ts';
import {Confirmation, confirmLimit} from '../authentication/confirmation.ts';
import {patience} from '../authentication/patience.ts';
import {serverWords} from '../authentication/server-words.ts';
import type {Address} from '../configuration/address.ts';
import type {Configuration} from '../configuration/configuration.ts';
import {opensshFailure} from './openssh-failure.ts';
import {makeFolder} from './openssh-folder.ts';
import {beginMaster, type Master} from './openssh-process.ts';
import {type Kept, loginQuestions} from './openssh-questions.ts';
import {loginSign} from './openssh-signs.ts';

export type MasterWanted = {
	/** The name that was asked for. */
	host: string;
	address: Address;
	configuration: Configuration;
	env: NodeJS.ProcessEnv;
	acceptsNew: boolean;
	asks: AskLogin;
	kept: Kept;
	hostKeyAlgorithms: string[] | undefined;
	/** Commands at a time. */
	commands: number;
	/** Milliseconds that the server may be silent while somebody confirms the login elsewhere. */
	confirmLimit?: number | undefined;
};

/** Seconds for connecting and logging in where the configuration has no `ConnectTimeout`. */
const usual = 12;

/** Milliseconds that ssh has for what is answered, however long everything before it took. */
const least = 2000;

/** Logs in. Throws `NotConnected`, and `Failure` for a host key that will not become right. */
export async function openMaster(wanted: MasterWanted, signal: AbortSignal): Promise<Master> {
	const {host, address, configuration, env, asks, acceptsNew, hostKeyAlgorithms} = wanted;
	const folder = await makeFolder(host, env, wanted.commands);
	const isAttended = asks !== nobody && !configuration.batchMode;
	const connectTimeout = configuration.connectTimeout ?? usual;
	const file = env['HANDRAIL_SSH_CONFIG'];
	const words = {address, configuration, folder, file, isAttended, acceptsNew, hostKeyAlgorithms, connectTimeout};
	const limit = patience(connectTimeout * 1000 + 500);
	let left: string | undefined;
	const stop = new AbortController();
	const giveUp = (why: string) => {
		left = why;
		stop.abort();
	};
	const teller = isAttended ? asks : nobody;
	const leave = () => giveUp('it was not confirmed');
	const confirmation = new Confirmation(teller, {host}, limit, leave, wanted.confirmLimit);
	const life = beginMaster(words, env, wanted.commands, {
		line(line, log) {
			const sign = loginSign(line, log);
			if (sign === 'sent') confirmation.begin();
			else if (sign === 'heard') confirmation.pause();
			else if (sign === 'says') confirmation.says(line);
		},
		said: text => confirmation.says(text),
	});
	const {log} = life;
	const questions = loginQuestions({
		...{host, configuration, folder, asks, kept: wanted.kept, giveUp},
		waits(isWaiting) {
			if (isWaiting) confirmation.pause();
			limit.wait(isWaiting, least);
		},
		sent: () => confirmation.begin(),
		touch: text => confirmation.begin(`touch the security key: ${serverWords([text]).join(' ')}`, 0),
		signal: AbortSignal.any([signal, stop.signal]),
	});
	life.questions.listen(async id => {
		// What was logged before the question has been read then.
		await life.logs.flush();
		if (/^\d+$/.test(id)) await questions.answer(id, log.method === 'keyboard-interactive');
	});
	try {
		const over = AbortSignal.any([signal, limit.signal, stop.signal]);
		if (await Promise.race([life.up.then(() => true), life.lost.then(() => false), aborted(over)])) {
			questions.accept();
			return life.master;
		}
		if (signal.aborted) throw new NotConnected(`${host}: left before it was connected`, 'Try it again.');
		await life.logs.flush();
		const timeout = limit.isGranted ? 'unconfirmed' : 'timeout';
		const reason = left ?? (limit.signal.aborted ? timeout : undefined);
		const {isWaiting} = confirmation;
		const seconds = {connectTimeout, confirmLimit: (wanted.confirmLimit ?? confirmLimit) / 1000};
		throw opensshFailure({
			host,
			configuration,
			log,
			said: life.said(),
			isAttended,
			isWaiting,
			...seconds,
			left: reason,
		});
	} catch (error) {
		stop.abort();
		await life.master.close();
		throw error;
	} finally {
		confirmation.end();
		limit.end();
		questions.wipe();
	}
}

async function aborted(signal: AbortSignal): Promise<false> {
	if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve, {once: true}));
	return false;
}
