import {createHash, hash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import type {Event} from '../../core/run/events.ts';
import type {Change, Verdict} from '../../core/run/verdict.ts';
import {DiskFailure} from './disk-failure.ts';
import type {Head} from './parse-lines.ts';
import {type JournalReading, readJournal} from './read-journal.ts';
import {type RunFolder, runbookFile} from './run-folder.ts';
import {taskFolder} from './task-folder.ts';

/**
 * Looks whether a journal's chain is whole, has an event with the head `asked`, and whether the files beside it (the
 * runbook, edited commands, output) are those that it names. Whoever can write the folder can forge all of it: only a head
 * that was kept elsewhere speaks for what stands before it. Throws `DiskFailure` where the journal cannot be read.
 */
export async function verifyRun(folder: RunFolder, asked?: string): Promise<Verdict> {
	return await verifyReading(folder, await readJournal(folder.journal), asked);
}

/** The same for a journal that was read already. */
export async function verifyReading(
	folder: RunFolder,
	{events, head, torn, problem}: JournalReading,
	asked?: string,
): Promise<Verdict> {
	const changes: Change[] = [];
	const file = folder.journal;
	if (problem) changes.push({file, line: problem.line, what: problem.what});
	else if (events.length === 0) changes.push({file, line: 1, what: 'it holds no complete event'});
	const upTo = asked === undefined ? null : eventWith(asked, events, head);
	if (asked !== undefined && upTo === null)
		changes.push({
			file,
			line: null,
			what: `no event has the head ${asked}: it, or one before it, was changed or removed`,
		});
	for (const recorded of filesOf(folder, events)) {
		const what = await changeOf(recorded);
		if (what) changes.push({file: recorded.file, line: null, what});
	}
	return {
		run: folder.id,
		isUnchanged: changes.length === 0,
		events: events.length,
		head: head.hash,
		upTo,
		torn: torn.length,
		changes,
	};
}

function eventWith(asked: string, events: Event[], head: Head): number | null {
	if (head.seq > 0 && head.hash === asked) return head.seq;
	// What continues it names it; the first event continues none.
	const after = events.findIndex(({prev}, index) => index > 0 && prev === asked);
	return after === -1 ? null : after;
}

type Recorded = {file: string; sha256: string};

/** The files whose bytes the journal names: other commands are in the runbook, and of sensitive ones no output is kept. */
function filesOf(folder: RunFolder, events: Event[]): Recorded[] {
	const files = new Map<string, string>();
	for (const event of events) {
		if (event.type === 'run.started') files.set(runbookFile(folder, event.runbook.form), event.runbook.sha256);
		if (event.type === 'task.planned' && event.edited)
			files.set(taskFolder(folder, event.task).command, hash('sha256', event.edited.script));
		if (event.type === 'earlier.reported' && event.sha256)
			files.set(taskFolder(folder, event.task).output, event.sha256);
		if (event.type === 'task.reported' && event.seen?.sha256)
			files.set(taskFolder(folder, event.task).output, event.seen.sha256);
	}
	return Array.from(files, ([file, sha256]) => ({file, sha256}));
}

async function changeOf({file, sha256}: Recorded): Promise<string | undefined> {
	const digest = createHash('sha256');
	try {
		for await (const chunk of createReadStream(file)) digest.update(chunk);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'it is missing';
		return new DiskFailure('it cannot be read', file, error).message;
	}
	const found = digest.digest('hex');
	return found === sha256 ? undefined : `its SHA-256 is ${found}, the journal says ${sha256}`;
}
