import type {Surroundings} from '../runtime/engine/open-run.ts';
import {localHost} from '../runtime/hosts/local.ts';
import {systemClock} from '../runtime/journal/clock.ts';
import {openStateFolder} from '../runtime/journal/state-folder.ts';
import {thisMachine, thisPerson} from '../runtime/settings/person.ts';
import {type Io, UsageError} from './command.ts';
import {version} from './version.ts';

/** Milliseconds for which an unattended run tries to get a lost connection back. */
const patience = 10 * 60_000;

/** The world that a run is driven in: the one place where its parts are put together. */
export async function surroundings(io: Io, environment: (host: string) => string): Promise<Surroundings> {
	return {
		stateFolder: await openStateFolder(io.env),
		version: version(),
		host: makeHost,
		control: () => localHost('local'),
		clock: systemClock(),
		by: thisPerson(io.env),
		jumpBox: thisMachine(),
		facts: name => ({env: environment(name)}),
		patience,
	};
}

/** Refuses names that no host can be made of, before anything is begun. */
export function checkHosts(names: string[]): void {
	const seen = new Set<string>();
	for (const name of names) {
		if (seen.has(name)) throw new UsageError(`The host ${name} is named twice`, 'Name each host once.');
		seen.add(name);
		makeHost(name);
	}
}

/** The host of a name. Throws `UsageError` where none can be made of it. */
export function makeHost(name: string) {
	if (name === 'local') return localHost(name);
	throw new UsageError(
		`This version runs on the machine that it is on: -H local; "${name}" cannot be reached yet`,
		'Hosts over SSH and the practice server come in a later version.',
	);
}
