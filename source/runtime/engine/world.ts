import type {Person} from '../../core/run/events.ts';
import type {HostName} from '../../core/run/host.ts';
import type {AskLogin} from '../hosts/ask-login.ts';
import type {Host} from '../hosts/host.ts';
import type {Clock} from '../journal/clock.ts';
import type {RunFolder} from '../journal/run-folder.ts';
import type {Site} from '../settings/site.ts';

export type HostOptions = {
	/** Where the practice server keeps its state; without one it is gone with the program. */
	folder?: string | undefined;
	/** Who answers what a login asks; nobody by default. */
	asks?: AskLogin;
};

/** What a session is given of the world. */
export type World = {
	folder: RunFolder;
	/** The host of a name; asked for once each. */
	host(name: HostName, options?: HostOptions): Host;
	/** The machine that Handrail runs on, for `on=control`. */
	control(): Host;
	clock: Clock;
	by: Person;
	/** Name of the machine that Handrail runs on, for the lock's owner. */
	jumpBox: string;
	/** What is configured of hosts: how long a reboot may take, where the console is. */
	site: Site;
	/** Facts that are not read from a host: `env`. */
	facts(name: HostName): Record<string, string>;
	/** A person is at the terminal, who can be asked what a login asks, and can wait for a lost connection or leave. */
	isAttended?: boolean;
	/** How long a lost connection is tried again where nobody is there, in milliseconds. */
	patience: number;
};
