import {open, rename} from 'node:fs/promises';
import {dirname} from 'node:path';
import {syncFolder} from './sync-folder.ts';

/** Writes a file (0600) as a whole: after a crash it has either these bytes or what it had before. */
export async function writePrivateFile(path: string, bytes: Uint8Array): Promise<void> {
	const unfinished = `${path}.new`;
	const handle = await open(unfinished, 'w', 0o600);
	try {
		await handle.writeFile(bytes);
		await handle.sync();
	} finally {
		await handle.close();
	}
	await rename(unfinished, path);
	await syncFolder(dirname(path));
}
