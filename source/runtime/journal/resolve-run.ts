import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {UsageError} from '../../core/text/failure.ts';
import {DiskFailure} from './disk-failure.ts';

/** The id that RUN stands for: an id, or a unique beginning of one. Throws `UsageError` for none and for several. */
export async function resolveRun(state: string | undefined, text: string): Promise<string> {
	const ids = state ? await runIds(state) : [];
	if (ids.includes(text)) return text;
	const found = text === '' ? [] : ids.filter(id => id.startsWith(text));
	if (found.length === 1) return found[0]!;
	if (found.length === 0)
		throw new UsageError(
			`No run is called "${text}" or begins so`,
			ids.length === 0 ? 'There are no runs yet.' : 'handrail runs lists them.',
		);
	const some = found.slice(0, 5).join(', ');
	throw new UsageError(
		`"${text}" is the beginning of ${found.length} runs: ${some}${found.length > 5 ? ' ...' : ''}`,
		'Give more of the id.',
	);
}

/** The ids of all runs, newest first; none where the folder is not there yet. */
export async function runIds(state: string): Promise<string[]> {
	const path = join(state, 'runs');
	try {
		const entries = await readdir(path, {withFileTypes: true});
		const folders = entries.filter(entry => entry.isDirectory() && !entry.name.startsWith('.'));
		return folders.map(folder => folder.name).sort((a, b) => (a < b ? 1 : -1));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw new DiskFailure('The runs cannot be listed', path, error, 2);
	}
}
