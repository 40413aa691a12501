import {readFile} from 'node:fs/promises';
import {NotConnected} from '../../hosts/host.ts';
import {type KnownHost, parseKnownHosts} from './known-hosts.ts';

/** What was last read of the same files: they are read twice for each host, and may have thousands of lines. */
const known = new Map<string, {texts: string[]; entries: readonly KnownHost[]}>();

/**
 * The entries of several files, the same array as long as the texts are the same; a file that does not exist has none.
 * Throws `NotConnected` for one that cannot be read.
 */
export async function readKnownHosts(files: string[]): Promise<readonly KnownHost[]> {
	const texts: string[] = [];
	for (const file of files) texts.push(await textOf(file));
	const name = files.join('\n');
	const before = known.get(name);
	if (before?.texts.every((text, at) => text === texts[at])) return before.entries;
	const entries = files.flatMap((file, at) => parseKnownHosts(texts[at]!, file));
	known.set(name, {texts, entries});
	return entries;
}

async function textOf(file: string): Promise<string> {
	try {
		return await readFile(file, 'latin1');
	} catch (cause) {
		const {code, message} = cause as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') return '';
		// A revoked key may stand there.
		const hint = 'Host keys are compared with it: make it readable, or name another one in ssh_config.';
		const why = code === 'EISDIR' ? 'it is a folder' : message;
		throw new NotConnected(`The known host keys in ${file} cannot be read: ${why}`, hint, {cause});
	}
}
