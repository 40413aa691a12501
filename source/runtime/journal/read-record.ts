import {hash} from 'node:crypto';
import {readFile, stat} from 'node:fs/promises';
import type {Event} from '../../core/run/events.ts';
import {isKnownEvent} from '../../core/run/known-event.ts';
import type {Material, TaskFiles} from '../../core/run/run-report.ts';
import {isRunnable} from '../../core/runbook/is-runnable.ts';
import {readDocument} from '../../core/runbook/read-document.ts';
import {Failure} from '../../core/text/failure.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {plainText} from '../../core/text/plain-text.ts';
import {currentHolder} from './lock-holder.ts';
import {noBeginning, readJournal} from './read-journal.ts';
import {readTail} from './read-output.ts';
import {readReceipt} from './receipt-file.ts';
import {type RunFolder, readRunbookCopy} from './run-folder.ts';
import {taskFolder} from './task-folder.ts';
import {verifyReading} from './verify-run.ts';

/** Lines that are read of the end of each output. */
const lines = 200;

/**
 * What a run's folder holds, tolerant of what is missing or was changed: `problems` says so. Throws `Failure` (1) only
 * where not even the first event can be read.
 */
export async function readRecord(folder: RunFolder): Promise<Material> {
	const reading = await readJournal(folder.journal);
	const {events, isNewer} = reading;
	const [first] = events;
	if (first?.type !== 'run.started' || !isKnownEvent(first)) throw noBeginning(folder.id, reading);
	const problems: string[] = [];
	const runbook = await runbookOf(folder, first).catch((error: Error) => {
		problems.push(`${visibleLine(error.message)}. Titles and steps that were not reached are missing here.`);
		return undefined;
	});
	const tasks: Record<string, TaskFiles> = {};
	const secret = new Set(
		events.flatMap(event => (event.type === 'task.reported' && event.seen?.holdsSecret ? [event.task] : [])),
	);
	for (const event of events) {
		if (event.type !== 'task.planned' || !isKnownEvent(event)) continue;
		const files = await filesOf(folder, event.task, secret.has(event.task));
		if (!files) continue;
		tasks[event.task] = files;
		const found = files.command === undefined ? undefined : hash('sha256', files.command);
		if (event.sha256 !== undefined && found !== undefined && found !== event.sha256) {
			problems.push(`The recorded command of ${event.task} was changed: its SHA-256 is not the journal's.`);
		}
	}
	const driven = await currentHolder(folder.path).catch(() => undefined);
	return {
		run: folder.id,
		events,
		verdict: await verifyReading(folder, reading),
		isNewer,
		runbook,
		problems,
		tasks,
		receipt: await readReceipt(folder),
		driven: driven ? {pid: driven.pid, login: driven.login, host: driven.host, since: driven.since} : null,
	};
}

async function runbookOf(folder: RunFolder, {runbook}: Extract<Event, {type: 'run.started'}>) {
	const bytes = await readRunbookCopy(folder, runbook.form, runbook.sha256);
	const document = readDocument(bytes, runbook.file);
	if (isRunnable(document)) return document.runbook;
	throw new Failure('The copy of the runbook is not understood by this version', '', 1);
}

/** Undefined for an id that no task can have. Of output that is not exported nothing is read. */
async function filesOf(folder: RunFolder, task: string, isSecret: boolean): Promise<TaskFiles | undefined> {
	try {
		const files = taskFolder(folder, task);
		const command = await readFile(files.command, 'utf8').catch(() => undefined);
		const bytes = await stat(files.output).then(
			({size}) => size,
			() => undefined,
		);
		return {command, bytes, tail: bytes === undefined || isSecret ? [] : await tailOf(files.output)};
	} catch {
		return undefined;
	}
}

async function tailOf(file: string): Promise<string[]> {
	const pieces = await readTail(file, lines);
	const text = plainText(Buffer.concat(pieces.flatMap(({bytes}) => [bytes, Buffer.from('\n')])));
	return text.split('\n').slice(0, -1).slice(-lines);
}
