import {readFile, stat} from 'node:fs/promises';
import type {ParsedKey} from 'ssh2';
import {publicHalf} from './public-half.ts';

/** A file of `IdentityFile`: a key to sign with, or only its public half, or why it cannot be used. */
export type KeyFile = {path: string} & (
	| {is: 'private'; key: ParsedKey}
	/** `key` is its public half, where that is known. */
	| {is: 'encrypted'; text: Buffer; key?: ParsedKey}
	/** Of a key that the agent may hold; `why` it cannot be used without. */
	| {is: 'public'; key: ParsedKey; why?: string}
	| {is: 'unusable'; why: string}
	| {is: 'missing'}
);

export type Parse = (text: Buffer | string, passphrase?: Buffer) => ParsedKey | Error;

/** Reads a key file as far as it can be read without a passphrase; `parse` is that of ssh2. */
export async function readKeyFile(path: string, parse: Parse): Promise<KeyFile> {
	const read = await textOf(path);
	if (read === undefined) return await besideIt(path, parse, undefined);
	if (typeof read === 'string') return {path, is: 'unusable', why: read};
	const key = parseKey(read, parse);
	if (key instanceof Error) {
		if (!/encrypted/i.test(key.message)) return await besideIt(path, parse, 'is no key that this version can use');
		const half = publicHalf(read.toString('latin1'));
		const known = half === undefined ? await besideIt(path, parse, undefined) : {key: parseKey(half, parse)};
		return {
			path,
			is: 'encrypted',
			text: read,
			...('key' in known && !(known.key instanceof Error) && {key: known.key}),
		};
	}
	return {path, is: key.isPrivateKey() ? 'private' : 'public', key};
}

/** Of several keys in a file the first counts. */
export function parseKey(text: Buffer | string, parse: Parse, passphrase?: Buffer): ParsedKey | Error {
	try {
		const key: unknown = parse(text, passphrase);
		return (Array.isArray(key) ? key[0] : key) as ParsedKey | Error;
	} catch (error) {
		return error as Error;
	}
}

/** The text, why it cannot be read, or undefined where there is none. */
async function textOf(path: string): Promise<Buffer | string | undefined> {
	try {
		const found = await stat(path);
		const {mode, size, uid} = found;
		if (!found.isFile()) return found.isDirectory() ? 'is a folder' : 'is no file';
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

/** The public half in a file of its own. */
async function besideIt(path: string, parse: Parse, why: string | undefined): Promise<KeyFile> {
	const text = await readFile(`${path}.pub`).catch(() => undefined);
	const key = text && text.length < largest ? parseKey(text, parse) : undefined;
	if (key && !(key instanceof Error)) return {path, is: 'public', key, ...(why && {why})};
	return why === undefined ? {path, is: 'missing'} : {path, is: 'unusable', why};
}

const largest = 64 * 1024;
