import {readFile, stat} from 'node:fs/promises';
import type {ParsedKey} from 'ssh2';

/** A file of `IdentityFile`: a key to sign with, or only its public half, or why it cannot be used. */
export type KeyFile = {path: string} & (
	| {is: 'private'; key: ParsedKey; text: Buffer}
	/** Of a key that the agent may hold; `why` it cannot be used without. */
	| {is: 'public'; key: ParsedKey; why?: string}
	| {is: 'unusable'; why: string}
	| {is: 'missing'}
);

type Parse = (text: Buffer | string) => ParsedKey | Error;

/** Reads a key file as far as it can be read without a passphrase; `parse` is that of ssh2. */
export async function readKeyFile(path: string, parse: Parse): Promise<KeyFile> {
	const read = await textOf(path);
	if (read === undefined) return await publicHalf(path, parse, undefined);
	if (typeof read === 'string') return {path, is: 'unusable', why: read};
	const key = parsed(read, parse);
	if (key instanceof Error) return await publicHalf(path, parse, reasonOf(key, path));
	if (!key.isPrivateKey()) return {path, is: 'public', key};
	return {path, is: 'private', key, text: read};
}

/** The text, why it cannot be read, or undefined where there is none. */
async function textOf(path: string): Promise<Buffer | string | undefined> {
	try {
		const {mode, size, uid} = await stat(path);
		if (size > largest) return 'is no key';
		// As ssh has it: a key that others may read is nobody's.
		if (uid === process.getuid?.() && mode & 0o077 && !path.endsWith('.pub')) {
			return `may be read by others (chmod 600 ${path})`;
		}
		return await readFile(path);
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : `cannot be read (${code})`;
	}
}

async function publicHalf(path: string, parse: Parse, why: string | undefined): Promise<KeyFile> {
	const text = await readFile(`${path}.pub`).catch(() => undefined);
	const key = text && text.length < largest ? parsed(text, parse) : undefined;
	if (key && !(key instanceof Error)) return {path, is: 'public', key, ...(why && {why})};
	return why === undefined ? {path, is: 'missing'} : {path, is: 'unusable', why};
}

/** Of several keys in a file the first counts. */
function parsed(text: Buffer, parse: Parse): ParsedKey | Error {
	try {
		const key: unknown = parse(text);
		return (Array.isArray(key) ? key[0] : key) as ParsedKey | Error;
	} catch (error) {
		return error as Error;
	}
}

function reasonOf({message}: Error, path: string): string {
	if (/encrypted/i.test(message)) return `is encrypted, and this version asks for no passphrase (ssh-add ${path})`;
	return 'is no key that this version can use';
}

const largest = 64 * 1024;
