import {mkdir} from 'node:fs/promises';
import {dirname} from 'node:path';

/**
 * Creates a folder (0700), and those above it that are missing; one that is there is left as it is. Not by `recursive`,
 * which says ENOENT where the file system is read-only.
 */
export async function makePrivateFolder(path: string): Promise<void> {
	try {
		await mkdir(path, {mode: 0o700});
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'EEXIST') return;
		if (code !== 'ENOENT' || dirname(path) === path) throw error;
		await makePrivateFolder(dirname(path));
		await mkdir(path, {mode: 0o700});
	}
}
