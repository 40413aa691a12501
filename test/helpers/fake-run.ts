// A run on fake hosts with a real record, that can be killed at any event.
import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {NewEvent} from '../../source/core/run/events.ts';
import {fold} from '../../source/core/run/evolve.ts';
import type {Runbook} from '../../source/core/runbook/model.ts';
import {Session} from '../../source/runtime/engine/session.ts';
import type {World} from '../../source/runtime/engine/world.ts';
import {systemClock} from '../../source/runtime/journal/clock.ts';
import {type Journal, openJournal} from '../../source/runtime/journal/journal.ts';
import {createRunFolder, type RunFolder} from '../../source/runtime/journal/run-folder.ts';
import {siteOf} from '../../source/runtime/settings/site.ts';
import type {FakeHost} from './fake-host.ts';

/** The program was killed: nothing of it happens any more. */
export class Killed extends Error {
	override name = 'Killed';
}

export const newFolder = async (): Promise<RunFolder> =>
	await createRunFolder(
		mkdtempSync(join(tmpdir(), 'fake-run-')),
		{now: new Date(), host: 'fake', runbook: 'test'},
		{form: 'markdown', bytes: Buffer.from('')},
	);

export type FakeRun = {session: Session; begin(): Promise<void>; events: number};

/** Opens a session on a run's folder. Where `kill` events have been appended by it, the program dies. */
export async function openFakeRun(
	folder: RunFolder,
	runbook: Runbook,
	hosts: FakeHost[],
	{kill = Number.POSITIVE_INFINITY, trusted = true, wrapped = (journal: Journal): Journal => journal} = {},
): Promise<FakeRun> {
	const clock = systemClock();
	const journal = await openJournal(folder.journal, {clock});
	const isFirst = journal.events.length === 0;
	const world: World = {
		folder,
		host: (name, options) => hosts.find(host => host.name === name)!.connection(options?.asks),
		control: () => hosts.find(host => host.name === 'control')!.connection(),
		clock,
		by: {login: 'tester', uid: 1},
		jumpBox: 'jump',
		site: siteOf(undefined, []),
		facts: () => ({env: 'production'}),
		isAttended: true,
		patience: 5000,
	};
	const state = fold(runbook, journal.events);
	const lock = {isHeld: () => true, release: async () => undefined};
	const session = new Session(world, wrapped(mortal(journal, kill, () => session.closing.abort())), lock, state);
	const first: NewEvent = isFirst
		? {
				host: null,
				type: 'run.started',
				journal: 1,
				handrail: '0',
				run: folder.id,
				runbook: {title: 't', file: 't.md', sha256: '', form: 'markdown', bundled: false},
				hosts: hosts.filter(host => host.name !== 'control').map(host => host.name),
				trusted,
			}
		: {host: null, type: 'run.resumed', handrail: '0', pid: 1};
	return {session, begin: () => session.begin([first]), events: journal.events.length};
}

/** A journal that takes so many events, the last batch in part, and then dies with its program. */
function mortal(journal: Journal, kill: number, die: () => void): Journal {
	let left = kill;
	return {
		get head() {
			return journal.head;
		},
		events: journal.events,
		async append(events: NewEvent[]) {
			const isTorn = events.length > left;
			const taken = events.slice(0, left).map(event => (isTorn ? {...event, more: true} : event));
			left -= taken.length;
			const appended = await journal.append(taken);
			if (left > 0 || kill === Number.POSITIVE_INFINITY) return appended;
			left = 0;
			die();
			throw new Killed();
		},
		close: () => journal.close(),
	} as unknown as Journal;
}
