import {decide} from '../../core/run/decide.ts';
import type {Beginning, Event, NewEvent, Person} from '../../core/run/events.ts';
import {fold} from '../../core/run/evolve.ts';
import type {HostName} from '../../core/run/host.ts';
import {currentHost, initialState, type RunState} from '../../core/run/state.ts';
import type {Intent} from '../../core/run/told.ts';
import {isRunnable} from '../../core/runbook/is-runnable.ts';
import type {Runbook} from '../../core/runbook/model.ts';
import {readDocument} from '../../core/runbook/read-document.ts';
import {Failure, UsageError} from '../../core/text/failure.ts';
import {refusalWords} from '../../core/text/words.ts';
import {openJournal} from '../journal/journal.ts';
import {noBeginning, readJournal} from '../journal/read-journal.ts';
import {createRunFolder, findRunFolder, type RunFolder, readRunbookCopy} from '../journal/run-folder.ts';
import {takeOver} from '../journal/take-over.ts';
import {takeLock} from '../journal/writer-lock.ts';
import type {LoadedRunbook} from '../settings/load-runbook.ts';
import {Session} from './session.ts';
import type {World} from './world.ts';

export type NewRun = {
	loaded: LoadedRunbook;
	hosts: HostName[];
	trusted: boolean;
	rollback?: Beginning['rollback'];
	/** Values of inputs that are known already. */
	inputs?: Record<string, string>;
	/** What was departed from before it began. */
	deviations?: NewEvent[];
	/** What was wanted from the start: values, a jump. Recorded with the beginning, so that no kill comes between. */
	first?: Intent[];
};

/** A session, and how to begin with it: apart, so that a view can listen first. */
export type Opened = {session: Session; begin(): Promise<void>};

/** The world without the run's folder, which opening a run finds or makes. */
export type Surroundings = Omit<World, 'folder'> & {stateFolder: string; version: string};

/** Begins a run: its folder, its journal, its first events. Throws `UsageError` where `first` is not possible. */
export async function startRun(surroundings: Surroundings, run: NewRun): Promise<Opened> {
	const {clock, by, version} = surroundings;
	const {loaded, hosts} = run;
	const {bytes, form, sha256, file, bundled, document} = loaded;
	const {title} = document.runbook;
	const name = {now: clock.now(), host: hosts[0]!, runbook: file};
	const started = (id: string): NewEvent => ({
		host: null,
		by,
		type: 'run.started',
		journal: 1,
		handrail: version,
		run: id,
		runbook: {title, file, sha256, form, bundled},
		hosts,
		trusted: run.trusted,
		...(run.rollback && {rollback: run.rollback}),
	});
	const inputs = Object.entries(run.inputs ?? {}).map(
		([name, value]): NewEvent => ({host: null, type: 'input.given', name, value}),
	);
	const events = (id: string) => [started(id), ...inputs, ...(run.deviations ?? [])];
	const wanted = decided(document.runbook, events(''), run.first ?? [], by);
	const folder = await createRunFolder(surroundings.stateFolder, name, {form, bytes});
	const session = await openSession(surroundings, folder, document.runbook);
	return {session, begin: () => session.begin([...events(folder.id), ...wanted])};
}

/** The events of what is wanted right after a beginning. */
function decided(runbook: Runbook, beginning: NewEvent[], intents: Intent[], by: Person): NewEvent[] {
	const wanted: NewEvent[] = [];
	for (const what of intents) {
		const state = fold(runbook, [...beginning, ...wanted]);
		const decision = decide(state, {host: currentHost(state)?.name ?? null, by, what});
		if ('refused' in decision) {
			throw new UsageError(`Not possible: ${refusalWords(decision.refused)}`, 'Nothing was begun.');
		}
		wanted.push(...decision.events);
	}
	return wanted;
}

/** Goes on with a run. Throws `Driven` (5) where another program drives it, and `Failure` where it has ended. */
export async function resumeRun(surroundings: Surroundings, id: string, takesOver = false): Promise<Opened> {
	const {by, version} = surroundings;
	const {folder, runbook} = await readRun(surroundings.stateFolder, id);
	const session = await openSession(surroundings, folder, runbook, takesOver);
	if (session.state.ended) {
		await session.close();
		throw new Failure(`The run ${folder.id} has ended`, `See it: handrail report ${folder.id}`, 2);
	}
	const resumed: NewEvent = {host: null, by, type: 'run.resumed', handrail: version, pid: process.pid};
	return {session, begin: () => session.begin([resumed])};
}

/** What a run's folder holds: for views that only read. */
export async function readRun(stateFolder: string | undefined, id: string) {
	const folder = await findRunFolder(stateFolder, id);
	const reading = await readJournal(folder.journal);
	const first = reading.events[0];
	if (first?.type !== 'run.started') throw noBeginning(folder.id, reading);
	const bytes = await readRunbookCopy(folder, first.runbook.form, first.runbook.sha256);
	const document = readDocument(bytes, first.runbook.file);
	if (!isRunnable(document)) {
		throw new Failure(
			`The runbook of ${folder.id} cannot be read by this version`,
			'Go on with the version that began the run.',
			2,
		);
	}
	const {runbook} = document;
	return {folder, reading, bytes, document, runbook, state: recordedState(folder, runbook, reading.events)};
}

/** The runbook of a run, for another run of the very same bytes. */
export async function loadedFrom(stateFolder: string, id: string): Promise<LoadedRunbook> {
	const {bytes, document, state} = await readRun(stateFolder, id);
	return {bytes, document, ...state.beginning!.runbook};
}

async function openSession(
	surroundings: Surroundings,
	folder: RunFolder,
	runbook: Runbook,
	takesOver = false,
): Promise<Session> {
	const lock = await (takesOver ? takeOver : takeLock)(folder.path, surroundings.clock.now());
	try {
		const journal = await openJournal(folder.journal, {clock: surroundings.clock});
		const state = recordedState(folder, runbook, journal.events);
		return new Session({...surroundings, folder}, journal, lock, state);
	} catch (error) {
		await lock.release();
		throw error;
	}
}

/** A chain that is valid in itself may have been written by hand, and tell what cannot have happened. */
function recordedState(folder: RunFolder, runbook: Runbook, events: Event[]): RunState {
	try {
		return events.length > 0 ? fold(runbook, events) : initialState(runbook);
	} catch (cause) {
		throw new Failure(
			`The events in the journal of ${folder.id} do not fit together, though its chain is whole: it was rewritten`,
			'Nothing is appended to it. Put back an unchanged copy of its folder.',
			1,
			{cause},
		);
	}
}
