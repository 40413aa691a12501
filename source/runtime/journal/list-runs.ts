import {type RunSummary, summaryOf} from '../../core/run/run-summary.ts';
import {Failure} from '../../core/text/failure.ts';
import {currentHolder} from './lock-holder.ts';
import {readJournal} from './read-journal.ts';
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
		const {events, torn, isNewer, problem} = await readJournal(journal);
		const wrong = problem
			? `damaged: ${problem.what}`
			: isNewer
				? 'written by a newer Handrail'
				: events.length === 0
					? 'never began: no event was recorded'
					: torn.length > 0 && !driven
						? `the last line is torn (${torn.length} bytes); resuming sets it aside`
						: null;
		return summaryOf(id, events, {driven, problem: wrong});
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		return summaryOf(id, [], {driven, problem: error.message});
	}
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
