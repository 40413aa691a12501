import {type RunSummary, summaryOf} from '../../core/run/run-summary.ts';
import {Failure} from '../../core/text/failure.ts';
import {currentHolder} from './lock-holder.ts';
import {type JournalReading, readJournal} from './read-journal.ts';
import {runIds} from './resolve-run.ts';
import {folderOf, type RunFolder} from './run-folder.ts';

/** Every run of a state folder, newest first; also those whose record is damaged, with what is wrong. */
export async function listRuns(state: string | undefined): Promise<RunSummary[]> {
	const ids = state ? await runIds(state) : [];
	const runs: RunSummary[] = [];
	for (const id of ids) runs.push(await summarise(folderOf(state!, id)));
	// By the wall clock, which is all that runs of different journals have in common; ids begin with the minute.
	return runs.sort((a, b) => compare(b.started ?? '', a.started ?? '') || compare(b.id, a.id));
}

async function summarise({id, path, journal}: RunFolder): Promise<RunSummary> {
	const holder = await currentHolder(path).catch(() => undefined);
	const driven = holder ? {pid: holder.pid, login: holder.login, host: holder.host, since: holder.since} : null;
	try {
		const reading = await readJournal(journal);
		const isEmpty = reading.events.length === 0 && !driven;
		const isDamaged = reading.problem !== undefined || isEmpty;
		return summaryOf(id, reading.events, {driven, isDamaged, problem: problemOf(reading, driven !== null)});
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		return summaryOf(id, [], {driven, isDamaged: true, problem: error.message});
	}
}

/** While a run is driven, a line may be half-written at the moment. */
function problemOf({events, torn, isNewer, problem}: JournalReading, isDriven: boolean): string | null {
	if (isNewer) return 'written by a newer Handrail';
	if (problem) return `damaged: ${problem.what}`;
	if (isDriven) return null;
	if (events.length === 0) return 'never began: no event was recorded';
	return torn.length > 0 ? `the end is torn (${torn.length} bytes); resuming sets it aside` : null;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
