import {dirname, join} from 'node:path';
import {onDisk} from './disk-failure.ts';
import {writePrivateFile} from './private-file.ts';
import {makePrivateFolder} from './private-folder.ts';
import type {RunFolder} from './run-folder.ts';
import {syncFolder} from './sync-folder.ts';

/** The files of one task: the exact text that ran, its bytes of output, and when they came. */
export type TaskFolder = {path: string; command: string; output: string; times: string};

export function taskFolder(folder: RunFolder, task: string): TaskFolder {
	if (!/^\w[\w.-]{0,199}$/.test(task)) throw new TypeError(`no id of a task: ${task}`);
	const path = join(folder.path, 'tasks', task);
	return {path, command: join(path, 'command'), output: join(path, 'output'), times: join(path, 'times')};
}

/**
 * Creates the folder of a task with the exact text that is going to run; on the disk when it resolves, so that the
 * journal may name it. The same again does no harm.
 */
export async function createTaskFolder(folder: RunFolder, task: string, command: Uint8Array): Promise<TaskFolder> {
	const files = taskFolder(folder, task);
	await onDisk('The command cannot be recorded', files.path, async () => {
		await makePrivateFolder(files.path);
		await writePrivateFile(files.command, command);
		await syncFolder(dirname(files.path));
	});
	return files;
}
