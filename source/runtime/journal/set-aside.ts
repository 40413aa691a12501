import {readFile} from 'node:fs/promises';
import {basename} from 'node:path';
import {onDisk} from './disk-failure.ts';
import {writePrivateFile} from './private-file.ts';

/** Keeps bytes that are about to be cut off a file in one beside it (`journal.jsonl.torn-17`); answers its name. */
export async function setAside(path: string, seq: number, bytes: Uint8Array): Promise<string> {
	return await onDisk('The torn end of the journal cannot be kept', path, async () => {
		for (let copy = 1; ; copy++) {
			const kept = `${path}.torn-${seq}${copy === 1 ? '' : `-${copy}`}`;
			const found = await readFile(kept).catch(nothing);
			if (!found) await writePrivateFile(kept, bytes);
			// The same bytes: the program was killed between this and the cut.
			if (!found || found.equals(bytes)) return basename(kept);
		}
	});
}

function nothing(error: NodeJS.ErrnoException): undefined {
	if (error.code !== 'ENOENT') throw error;
}
