import type {Surroundings} from '../runtime/engine/open-run.ts';
import type {HostOptions} from '../runtime/engine/world.ts';
import type {Host} from '../runtime/hosts/host.ts';
import {localHost} from '../runtime/hosts/local.ts';
import type {Transport} from '../runtime/hosts/shell.ts';
import {systemClock} from '../runtime/journal/clock.ts';
import {openStateFolder} from '../runtime/journal/state-folder.ts';
import {practiceHost} from '../runtime/practice/practice-host.ts';
import {practiceSettings} from '../runtime/practice/practice-settings.ts';
import {thisMachine, thisPerson} from '../runtime/settings/person.ts';
import type {Site} from '../runtime/settings/site.ts';
import {parseAddress} from '../runtime/ssh/configuration/address.ts';
import {sshHost} from '../runtime/ssh/ssh-host.ts';
import type {SshOptions} from '../runtime/ssh/ssh-shell.ts';
import {type Io, UsageError} from './command.ts';
import {version} from './version.ts';

/** Milliseconds for which an unattended run tries to get a lost connection back. */
const patience = 10 * 60_000;

/** The world that a run is driven in: the one place where its parts are put together. */
export async function surroundings(
	io: Io,
	site: Site,
	flags: {'accept-new'?: boolean; transport?: Transport['name'] | undefined; json?: boolean} = {},
	environment = (host: string): string => site.of(host).environment,
): Promise<Surroundings> {
	const {'accept-new': acceptsNew = false, transport} = flags;
	return {
		stateFolder: await openStateFolder(io.env),
		version: version(),
		host: (name, options) => makeHost(name, {env: io.env, acceptsNew, ...(transport && {transport}), ...options}),
		control: () => localHost('local'),
		clock: systemClock(),
		by: thisPerson(io.env),
		jumpBox: thisMachine(),
		site,
		facts: name => ({env: environment(name)}),
		isAttended: isAttended(io, flags.json),
		patience,
	};
}

/** Whether a person can be asked: at a terminal, unless a program reads what is printed there. */
export const isAttended = (io: Io, isJson = false): boolean => io.isTerminal && !isJson;

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
export function makeHost(
	name: string,
	options: HostOptions & SshOptions = {env: process.env, acceptsNew: false},
): Host {
	if (name === 'local') return localHost(name);
	if (name === 'practice') return practiceHost(name, {folder: options.folder, ...practiceSettings(options.env)});
	const address = parseAddress(name);
	if (address) return sshHost(name, address, options);
	throw new UsageError(
		`"${name}" is not the name of a host`,
		'local, an alias of ~/.ssh/config, or [user@]name[:port]; an IPv6 address with a port stands in brackets.',
	);
}
