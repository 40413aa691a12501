import {type FileHandle, open} from 'node:fs/promises';
import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';
import {Failure} from '../../core/text/failure.ts';
import {type HostRule, type Site, siteOf} from './site.ts';

/**
 * What the machine's configuration (/etc/handrail/config.yaml) and the user's say of hosts; neither has to be there.
 * Throws `Failure` (2) for one that cannot be read or is wrong.
 */
export async function readSite(env: NodeJS.ProcessEnv, etc = '/etc/handrail/config.yaml'): Promise<Site> {
	const home = env['XDG_CONFIG_HOME'];
	const folder = home && isAbsolute(home) ? home : join(env['HOME'] || homedir(), '.config');
	const [theirs, own] = await Promise.all([etc, join(folder, 'handrail', 'config.yaml')].map(rulesOf));
	return siteOf(theirs, own ?? []);
}

async function rulesOf(file: string): Promise<HostRule[] | undefined> {
	const text = await textOf(file);
	if (text === undefined) return undefined;
	// What reads YAML takes a while to load, and most have no such file.
	const {parseSite} = await import('./parse-site.ts');
	return parseSite(text, file);
}

/** Bytes. */
const largest = 1 << 20;

/** Undefined where there is none. Who may write to it decides what counts as production, so that is looked at. */
async function textOf(file: string): Promise<string | undefined> {
	let handle: FileHandle | undefined;
	try {
		handle = await open(file);
		const {size, mode, uid} = await handle.stat();
		if (mode & 0o022 || ![0, process.getuid?.()].includes(uid))
			throw new Failure(
				`${file} may be written by others than you and root`,
				`Look at it, then: chmod go-w ${file}`,
				2,
			);
		if (size > largest) throw new Failure(`${file} is larger than 1 MiB`, 'It lists hosts: make it smaller.', 2);
		return await handle.readFile('utf8');
	} catch (error) {
		if (error instanceof Failure) throw error;
		const {code, message} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
		throw new Failure(`The configuration cannot be read: ${message}`, 'Make it readable, or move it away.', 2, {
			cause: error,
		});
	} finally {
		await handle?.close();
	}
}
