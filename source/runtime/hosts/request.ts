import {randomBytes} from 'node:crypto';
import {ByteReader} from './byte-reader.ts';
import {LinkLost} from './host.ts';
import type {Channel, Shell} from './shell.ts';

/**
 * Says the marker, so that what a login shell prints before it can be told apart, takes that many bytes of
 * standard input as a program and leaves the rest to it: the program never stands on a command line.
 */
const loader =
	'echo $1; echo $1 >&2; n=$2; shift 2; supervisor=$(dd iflag=fullblock bs=$n count=1 2>/dev/null || dd bs=1 count=$n 2>/dev/null); eval "$supervisor"';

export type Request = {
	/** The shell program, and its arguments: plain words. */
	program: string;
	words: (string | number)[];
	/** What it finds on standard input. */
	payload?: Uint8Array[];
	/** Standard input goes on with these, as they come. */
	more?: AsyncIterable<Uint8Array>;
	/** Standard input stays open until this resolves; without it, it ends after the payload. */
	open?: Promise<void>;
	/** Called where the connection has no room for another command: it may end then. */
	yields?: () => void;
};

export type Answer = {
	/** Standard output after the marker. */
	stdout: ByteReader;
	/** Standard error after the marker; it has to be read. */
	stderr: ByteReader;
	ended: Channel['ended'];
	kill(): void;
};

/** Runs a program on the host. Throws `LinkLost` where it did not begin. */
export async function request(shell: Shell, asked: Request): Promise<Answer> {
	const {program, words, payload = [], more, open, yields} = asked;
	const text = Buffer.from(program);
	const marker = `handrail-${randomBytes(8).toString('hex')}`;
	const command = ['sh', '-c', loader, 'handrail', marker, String(text.length), ...words.map(plain)];
	const channel = await shell.open(command, standardInput([text, ...payload], more, open), yields);
	const stdout = new ByteReader(channel.stdout);
	const stderr = new ByteReader(channel.stderr);
	const [begun, heard] = await Promise.all([skipTo(stdout, marker), skipTo(stderr, marker)]);
	if (!begun || !heard) {
		channel.kill();
		throw new LinkLost('The host ended the connection before it answered');
	}
	return {stdout, stderr, ended: channel.ended, kill: () => channel.kill()};
}

/** A request whose answer is a single line. Throws `LinkLost` where none came. */
export async function requestLine(shell: Shell, asked: Request): Promise<string> {
	const answer = await request(shell, asked);
	drain(answer.stderr);
	const line = await answer.stdout.line();
	await answer.stdout.all(0);
	if (line === undefined) throw new LinkLost('The host ended the connection before it answered');
	return line;
}

/** Reads a stream that nobody wants, which would hold up the command otherwise. */
export function drain(stream: ByteReader): void {
	stream.all(0).catch(() => {});
}

async function* standardInput(
	parts: Uint8Array[],
	more?: AsyncIterable<Uint8Array>,
	open?: Promise<void>,
): AsyncGenerator<Uint8Array> {
	yield Buffer.concat(parts);
	if (more) yield* more;
	await open;
}

async function skipTo(stream: ByteReader, marker: string): Promise<boolean> {
	for (let line = await stream.line(); line !== undefined; line = await stream.line()) {
		if (line.endsWith(marker)) return true;
	}
	return false;
}

/** The word itself. Throws RangeError for one that would have to be quoted. */
export function plain(word: string | number): string {
	if (!/^[\w.:+-]+$/.test(String(word))) throw new RangeError(`Not a plain word: ${JSON.stringify(word)}`);
	return String(word);
}
