import {closeSync, constants, openSync, writeSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {AskLogin} from '../../hosts/ask-login.ts';
import type {Configuration} from '../configuration/configuration.ts';
import {type AskpassQuestion, askpassQuestion} from './askpass-question.ts';

/** What a session remembers of its logins, so that connecting again asks for nothing twice. */
export type Kept = {
	/** Passwords and passphrases that were accepted, by their questions. */
	secrets: Map<string, Buffer>;
	/** Host keys that a person took, as name and fingerprint. */
	hostKeys: Set<string>;
	/** There was a connection: from now on an unknown key is that of another machine. */
	hasStood: boolean;
};

export const nothingKept = (): Kept => ({secrets: new Map(), hostKeys: new Set(), hasStood: false});

export function wipe({secrets}: Kept): void {
	for (const secret of secrets.values()) secret.fill(0);
	secrets.clear();
}

export type Questions = {
	/** Answers the question that the askpass process of this id has left in the folder. Never rejects. */
	answer(id: string, isServers: boolean): Promise<void>;
	/** The login was accepted: keeps what may be kept. */
	accept(): void;
	/** Wipes what was said and is not kept. */
	wipe(): void;
};

export type Asked = {
	/** The name of the host of the run. */
	host: string;
	configuration: Configuration;
	folder: string;
	asks: AskLogin;
	kept: Kept;
	/** The login cannot go on: `why` in words. */
	giveUp(why: string): void;
	/** A person is being waited for, or no longer. */
	waits(isWaiting: boolean): void;
	/** The server has got an answer. */
	sent(): void;
	/** Something has to be done by hand: the words of ssh. */
	touch(text: string): void;
	signal: AbortSignal;
};

/** Questions of one login, some of them of hosts on the way; more are a loop. */
const most = 30;

/** Passes what ssh asks to whoever answers, and the answers back through the FIFOs in the folder. */
export function loginQuestions({host, configuration, folder, asks, kept, signal, ...tells}: Asked): Questions {
	const {giveUp, waits, sent, touch} = tells;
	const said = new Map<string, {bytes: Buffer; isKept: boolean; canKeep: boolean; refused: number}>();
	let count = 0;

	async function tell(question: Exclude<AskpassQuestion, {is: 'notice' | 'other'}>): Promise<Uint8Array | undefined> {
		if (question.is === 'host-key') {
			const {name, type, fingerprint, takesFingerprint} = question;
			const machine = hop(configuration, '', name);
			const isTrusted = kept.hasStood
				? kept.hostKeys.has(`${name} ${fingerprint}`)
				: await asks.trusts({kind: 'host-key', host, ...machine, name, type, fingerprint}, signal);
			if (isTrusted) kept.hostKeys.add(`${name} ${fingerprint}`);
			return Buffer.from(!isTrusted ? 'no' : takesFingerprint ? fingerprint : 'yes');
		}
		const secret = secretOf(question, configuration);
		const key = JSON.stringify(secret);
		const before = said.get(key);
		const canKeep = question.is !== 'prompt' || question.isPassword;
		const again = before ? undefined : kept.secrets.get(key);
		// What was kept is said once; refused, it is not what it was any more.
		if (before?.isKept) forget(key);
		const refused = before ? before.refused + 1 : 0;
		const bytes = again ? Buffer.from(again) : await asks.tell({...secret, host, refused}, signal);
		if (!bytes) return undefined;
		before?.bytes.fill(0);
		said.set(key, {bytes: Buffer.from(bytes), isKept: again !== undefined, canKeep, refused});
		return bytes;
	}

	function forget(key: string): void {
		kept.secrets.get(key)?.fill(0);
		kept.secrets.delete(key);
	}

	return {
		async answer(id, isServers) {
			let answer: Uint8Array | undefined;
			try {
				const text = await readFile(join(folder, `question.${id}`), 'utf8');
				const at = text.indexOf('\n');
				const question = askpassQuestion(text.slice(0, at), text.slice(at + 1), isServers);
				if (question.is === 'notice') return touch(question.text);
				if (count++ > most) return giveUp('ssh asks again and again');
				waits(true);
				if (question.is !== 'other') answer = await tell(question);
				if (!answer && (question.is === 'password' || question.is === 'prompt')) {
					// ssh would take no answer for an empty one, and send it.
					return giveUp(question.is === 'password' ? 'no password was given' : 'its question was not answered');
				}
				waits(false);
				reply(join(folder, `answer.${id}`), answer);
				if (question.is === 'password' || question.is === 'prompt') sent();
			} catch (error) {
				if (!signal.aborted) giveUp(`what ssh asks could not be answered: ${(error as Error).message}`);
			} finally {
				answer?.fill(0);
			}
		},
		accept() {
			kept.hasStood = true;
			for (const [key, {bytes, isKept, canKeep}] of said) {
				if (isKept || !canKeep) continue;
				forget(key);
				kept.secrets.set(key, Buffer.from(bytes));
				asks.mask?.(bytes);
			}
		},
		wipe() {
			for (const {bytes} of said.values()) bytes.fill(0);
			said.clear();
		},
	};
}

type Secret = Exclude<AskpassQuestion, {is: 'notice' | 'other' | 'host-key'}>;

/** Without `refused`, so that the same question is the same value. */
function secretOf(question: Secret, configuration: Configuration) {
	if (question.is === 'passphrase') return {kind: 'passphrase', file: question.file} as const;
	const from = {user: question.user || configuration.user, ...hop(configuration, question.user, question.at)};
	if (question.is === 'password') return {kind: 'password', ...from} as const;
	return {kind: 'prompt', ...from, title: '', instruction: '', prompt: question.prompt, isShown: false} as const;
}

/** Who asks, where it is not the host itself but a machine on the way to it. */
function hop({hostname, port, hostKeyAlias, user}: Configuration, login: string, at: string): {machine?: string} {
	const own = [hostname, hostKeyAlias, `[${hostname}]:${port}`].map(name => name?.toLowerCase());
	if (at === '' || (own.includes(at.toLowerCase()) && (login === '' || login === user))) return {};
	return {machine: login === '' ? at : `${login}@${at}`};
}

/** The process has its FIFO open; where it has gone in the meantime, nobody is told. */
function reply(path: string, answer: Uint8Array | undefined): void {
	const line = Buffer.concat([Buffer.from(answer ? 'answer\n' : 'none\n'), answer ?? Buffer.alloc(0), newline]);
	let file: number | undefined;
	try {
		file = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
		writeSync(file, line);
	} catch (error) {
		if (!['ENXIO', 'ENOENT', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
	} finally {
		line.fill(0);
		if (file !== undefined) closeSync(file);
	}
}

const newline = Buffer.from('\n');
