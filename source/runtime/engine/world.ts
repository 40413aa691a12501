import type {Person} from '../../core/run/events.ts';
import type {HostName} from '../../core/run/host.ts';
import type {Host} from '../hosts/host.ts';
import type {Clock} from '../journal/clock.ts';
import type {RunFolder} from '../journal/run-folder.ts';

/** What a session is given of the world. */
export type World = {
	folder: RunFolder;
	/** The host of a name; asked for once each. `folder` is where the practice server keeps its state. */
	host(name: HostName, folder?: string): Host;
	/** The machine that Handrail runs on, for `on=control`. */
	control(): Host;
	clock: Clock;
	by: Person;
	/** Name of the machine that Handrail runs on, for the lock's owner. */
	jumpBox: string;
	/** Facts that are not read from a host: `env`. */
	facts(name: HostName): Record<string, string>;
	/** How long a lost connection is tried again, in milliseconds. */
	patience: number;
};
