import {spawn} from 'node:child_process';
import {pipeline} from 'node:stream/promises';
import {setTimeout as wait} from 'node:timers/promises';
import {LinkLost} from '../../hosts/host.ts';
import type {Channel} from '../../hosts/shell.ts';
import {NoRoom} from '../ssh2/channel.ts';
import type {LinePipe} from './line-pipe.ts';
import type {Master} from './openssh-process.ts';
import {commandWords} from './openssh-words.ts';

/** Milliseconds that a server may take to begin a command; it may be busy, but it still answers. */
const limit = 60_000;

/** Milliseconds between the end of a command without a status and that of its master, if that is the cause. */
const grace = 300;

/**
 * Runs a command through a master; nobody else may use `pipe` until `closed` resolves. Throws `NoRoom` and `LinkLost`.
 * ssh itself ends with 255 for much: what it logs says whether that is the command's own status.
 */
export async function openSshChannel(
	master: Master,
	env: NodeJS.ProcessEnv,
	pipe: LinePipe,
	command: string,
	stdin: AsyncIterable<Uint8Array>,
): Promise<Channel & {closed: Promise<void>}> {
	const {promise: begun, resolve: begin, reject: refuse} = Promise.withResolvers<void>();
	begun.catch(() => {});
	const {promise: ended, resolve: end} = Promise.withResolvers<{exit: number} | 'lost'>();
	const {promise: closed, resolve: close} = Promise.withResolvers<void>();
	let [channel, refusal]: (string | undefined)[] = [];
	let status: number | undefined;
	pipe.listen(line => {
		const [, id] = /^debug\d: .*master session id: (\d+)/.exec(line) ?? [];
		const [, exit] = /^debug\d: Received exit status from master (\d+)/.exec(line) ?? [];
		if (id !== undefined) {
			channel = id;
			master.exits.claim(id, exit => end({exit}));
			begin();
		} else if (exit !== undefined) status = Number(exit);
		else refusal ??= /session request failed: (.*)/.exec(line)?.[1];
	});
	const lose = (why: string) => {
		refuse(new LinkLost(`The connection was lost: ${why}`));
		end('lost');
	};
	master.channels.add(lose);
	// A session of its own: the interrupt key of this terminal does not reach it.
	const child = spawn('ssh', commandWords(master.words, pipe.path, command), {stdio: 'pipe', detached: true, env});
	let isKilled = false;
	const over = async (code: number | null) => {
		await pipe.flush();
		if (channel !== undefined) master.exits.drop(channel);
		if (refusal !== undefined) refuse(new NoRoom(refusal));
		else if (channel !== undefined && code !== null && (code !== 255 || status === 255)) end({exit: code});
		else if (!isKilled) {
			// Where the master goes too, that is known first: who hears of a lost connection may make the next at once.
			await Promise.race([master.lost, wait(grace, undefined, {ref: false})]);
			// One that lives and begins no command is of no use.
			if (channel === undefined) master.destroy('ssh began no command');
		}
		lose('ssh has ended');
		pipe.listen(() => {});
		master.channels.delete(lose);
		close();
	};
	child.once('exit', over);
	child.once('error', cause => {
		isKilled = true;
		refuse(new LinkLost('ssh cannot be started on this machine', {cause}));
		over(null);
	});
	for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => {});
	const kill = () => {
		isKilled = true;
		for (const stream of [child.stdout, child.stderr, child.stdin]) stream.destroy();
		child.kill('SIGTERM');
	};
	const timer = setTimeout(() => master.destroy(`no command was begun within ${limit / 1000} s`), limit);
	try {
		await begun;
	} catch (error) {
		kill();
		await closed;
		throw error;
	} finally {
		clearTimeout(timer);
	}
	// It may end without having read everything.
	pipeline(stdin, child.stdin).catch(() => {});
	return {stdout: readable(child.stdout), stderr: readable(child.stderr), ended, closed, kill};
}

/** A stream that was destroyed simply ends. */
async function* readable(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	try {
		yield* stream;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
	}
}
