import {followJournal} from '../runtime/journal/follow-journal.ts';
import {listRuns} from '../runtime/journal/list-runs.ts';
import {currentHolder} from '../runtime/journal/lock-holder.ts';
import {findRunFolder} from '../runtime/journal/run-folder.ts';
import {findStateFolder} from '../runtime/journal/state-folder.ts';
import {journalLine} from '../views/plain/journal-line.ts';
import {runList} from '../views/plain/run-list.ts';
import {defineCommand, type Io, UsageError} from './command.ts';
import {printJson} from './print.ts';

export const command = defineCommand({
	name: 'runs',
	summary: 'Lists the runs, or follows one that another terminal drives',
	usage: 'runs [--json]\nruns watch RUN [--json]',
	flags: {json: {type: 'boolean', help: 'print the runs as JSON, or the events as journal lines'}},
	arguments: {minimum: 0, maximum: 2},
	async run({arguments: [what, run], flags, io}) {
		const state = await findStateFolder(io.env);
		if (what === undefined) {
			const runs = await listRuns(state);
			if (flags.json) printJson(io, runs);
			else io.stdout.write(runList(runs));
			return 0;
		}
		if (what !== 'watch')
			throw new UsageError(`handrail runs knows no "${what}"`, 'handrail runs lists, handrail runs watch RUN follows.');
		if (run === undefined) throw new UsageError('Which run?', 'handrail runs watch RUN; handrail runs lists them.');
		return await watch(await findRunFolder(state, run), flags.json, io);
	},
});

/** Reads only; the run goes on whatever happens here. */
async function watch({id, path, journal}: {id: string; path: string; journal: string}, isJson: boolean, io: Io) {
	const leaving = new AbortController();
	const leave = () => leaving.abort();
	process.once('SIGINT', leave);
	try {
		if (!(await currentHolder(path))) io.stderr.write(`No program drives ${id} now.\n`);
		for await (const events of followJournal(journal, leaving.signal)) {
			for (const event of events) io.stdout.write(isJson ? `${JSON.stringify(event)}\n` : journalLine(event));
			// Nobody reads any more (`| head`).
			if (io.stdout.destroyed) break;
		}
		return 0;
	} finally {
		process.off('SIGINT', leave);
	}
}
