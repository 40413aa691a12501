import type {Event} from '../core/run/events.ts';
import type {Runbook} from '../core/runbook/model.ts';
import {followJournal} from '../runtime/journal/follow-journal.ts';
import {listRuns} from '../runtime/journal/list-runs.ts';
import {currentHolder} from '../runtime/journal/lock-holder.ts';
import {findRunFolder, type RunFolder, readRunbookCopy} from '../runtime/journal/run-folder.ts';
import {findStateFolder} from '../runtime/journal/state-folder.ts';
import {journalLine} from '../views/plain/journal-line.ts';
import {runList} from '../views/plain/run-list.ts';
import {defineCommand, Failure, type Io, UsageError} from './command.ts';
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
async function watch(folder: RunFolder, isJson: boolean, io: Io): Promise<number> {
	const leaving = new AbortController();
	const leave = () => leaving.abort();
	process.once('SIGINT', leave);
	try {
		const isDriven = (await currentHolder(folder.path)) !== undefined;
		let runbook: Runbook | undefined;
		for await (const events of followJournal(folder.journal, leaving.signal)) {
			runbook ??= await runbookOf(folder, events);
			if (!isDriven && events[0]?.seq === 1 && !events.some(({type}) => type === 'run.ended'))
				io.stderr.write(`No program drives ${folder.id} now; ctrl-c ends the watching.\n`);
			for (const event of events) io.stdout.write(isJson ? `${JSON.stringify(event)}\n` : journalLine(event, runbook));
			// Nobody reads any more (`| head`).
			if (io.stdout.destroyed) break;
		}
		return 0;
	} finally {
		process.off('SIGINT', leave);
	}
}

/** For the titles of its sections; a copy that was changed is no reason not to look at the run. */
async function runbookOf(folder: RunFolder, [first]: Event[]): Promise<Runbook | undefined> {
	if (first?.type !== 'run.started') return undefined;
	try {
		const {form, sha256, file} = first.runbook;
		// Only here: the list of the runs needs no parser.
		const {readDocument} = await import('../core/runbook/read-document.ts');
		return readDocument(await readRunbookCopy(folder, form, sha256), file).runbook;
	} catch (error) {
		if (error instanceof Failure) return undefined;
		throw error;
	}
}
