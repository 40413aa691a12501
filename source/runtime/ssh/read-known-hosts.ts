import {readFile} from 'node:fs/promises';
import {NotConnected} from '../hosts/host.ts';
import {type KnownHost, parseKnownHosts} from './known-hosts.ts';

/** The entries of several files; one that does not exist has none. Throws `NotConnected` for one that cannot be read. */
export async function readKnownHosts(files: string[]): Promise<KnownHost[]> {
	const entries: KnownHost[] = [];
	for (const file of files) entries.push(...parseKnownHosts(await textOf(file), file));
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
