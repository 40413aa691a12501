import {constants} from 'node:fs';
import {type FileHandle, open, rename} from 'node:fs/promises';
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

/** Opens a file to read and write it, creating it (0600) where it is missing; closed again where `prepare` rejects. */
export async function openPrivateFile<T>(path: string, prepare: (handle: FileHandle) => Promise<T>): Promise<T> {
	const handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
	try {
		return await prepare(handle);
	} catch (error) {
		await handle.close();
		throw error;
	}
}
