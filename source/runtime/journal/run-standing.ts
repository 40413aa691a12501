import type {EarlierTask} from '../../core/run/earlier.ts';
import {readJournal} from './read-journal.ts';
import {runIds} from './resolve-run.ts';
import {folderOf} from './run-folder.ts';

/** Whether the folder of a run is in this state folder, and whether it is still open. */
export async function runStanding(state: string | undefined, run: string): Promise<EarlierTask['here']> {
	if (state === undefined || !(await runIds(state).catch((): string[] => [])).includes(run)) return 'no';
	const reading = await readJournal(folderOf(state, run).journal).catch(() => undefined);
	if (!reading || reading.events.length === 0) return 'no';
	return reading.events.some(({type}) => type === 'run.ended') ? 'ended' : 'open';
}
