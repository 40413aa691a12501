import {hash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {Failure} from '../../core/text/failure.ts';
import {onDisk} from './disk-failure.ts';
import {writePrivateFile} from './private-file.ts';
import {makePrivateFolder} from './private-folder.ts';
import {resolveRun} from './resolve-run.ts';
import {claimRunId, type RunName} from './run-id.ts';
import {syncFolder} from './sync-folder.ts';

/** Where a run is recorded. Everything in it is this user's alone (0700, 0600). */
export type RunFolder = {id: string; path: string; journal: string};

export type RunbookForm = 'markdown' | 'yaml';

/** Creates the folder of a new run with the exact bytes of its runbook; on the disk when it resolves. */
export async function createRunFolder(
	state: string,
	name: RunName,
	runbook: {form: RunbookForm; bytes: Uint8Array},
): Promise<RunFolder> {
	const runs = join(state, 'runs');
	return await onDisk('The run cannot be recorded', runs, async () => {
		await makePrivateFolder(runs);
		const folder = folderOf(state, await claimRunId(runs, name));
		await makePrivateFolder(join(folder.path, 'tasks'));
		await writePrivateFile(runbookFile(folder, runbook.form), runbook.bytes);
		await syncFolder(runs);
		await syncFolder(state);
		return folder;
	});
}

/** The folder that RUN, an id or a unique beginning, stands for. */
export async function findRunFolder(state: string | undefined, run: string): Promise<RunFolder> {
	const id = await resolveRun(state, run);
	return folderOf(state!, id);
}

export const folderOf = (state: string, id: string): RunFolder => {
	const path = join(state, 'runs', id);
	return {id, path, journal: join(path, 'journal.jsonl')};
};

export const runbookFile = (folder: RunFolder, form: RunbookForm): string =>
	join(folder.path, form === 'yaml' ? 'runbook.yaml' : 'runbook.md');

/** The bytes of the run's runbook. Throws `Failure` where they are not those that the journal names by `sha256`. */
export async function readRunbookCopy(folder: RunFolder, form: RunbookForm, sha256: string): Promise<Buffer> {
	const path = runbookFile(folder, form);
	const bytes = await onDisk('The copy of the runbook cannot be read', path, () => readFile(path));
	const found = hash('sha256', bytes);
	if (found === sha256) return bytes;
	throw new Failure(
		`The copy of the runbook was changed: its SHA-256 is ${found}, the journal says ${sha256} (${path})`,
		'Put the unchanged document back there; a changed one needs a run of its own.',
		1,
	);
}
