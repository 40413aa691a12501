import {hash} from 'node:crypto';
import type {NewEvent} from '../../core/run/events.ts';
import type {Runbook} from '../../core/runbook/model.ts';
import {indexOf} from '../../core/runbook/outline.ts';
import type {RunFolder} from '../journal/run-folder.ts';
import {createTaskFolder} from '../journal/task-folder.ts';

/** The exact text that runs is on the disk before the journal names it, by its SHA-256. Other events are as they were. */
export async function recordCommand(folder: RunFolder, runbook: Runbook, event: NewEvent): Promise<NewEvent> {
	if (event.type !== 'task.planned') return event;
	// By its place: values of the same decision, which the state has not yet, may have chosen the variant.
	const block = indexOf(runbook).items.get(event.block)?.variants[event.variant ?? 0];
	const script = Buffer.from(event.edited?.script ?? (block?.kind === 'command' ? block.script : ''));
	await createTaskFolder(folder, event.task, script);
	return {...event, sha256: hash('sha256', script)};
}
