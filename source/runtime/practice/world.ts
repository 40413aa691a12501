/** Everything that is known of the simulated server: one JSON value. Times are milliseconds since 1970 of its own clock. */
export type World = {
	scenario: string;
	seed: number;
	name: string;
	machineId: string;
	boot: {id: string; at: number};
	/** Boots so far; gives the next boot its id. */
	boots: number;
	/** It goes down, and comes up again (never, where it is switched off). */
	power?: {downAt: number; upAt: number | null};
	/** Release of the kernel that runs. */
	kernel: string;
	/** What the boot loader was told to start next, once. */
	nextEntry?: string;
	packages: Record<string, PackageState>;
	/** The package lists know what the repositories had last night; false where they know only what was there before. */
	isUpdated: boolean;
	/** dpkg was stopped in the middle of its work. */
	isInterrupted: boolean;
	/** The process that holds the locks of apt and dpkg. */
	packaging?: {pid: number; program: string};
	/** Units that still run with libraries that were replaced. */
	outdated: string[];
	units: Record<string, UnitState>;
	files: Record<string, FileState>;
	/** What belongs to the administrator beside the home folder. */
	given?: string[];
	/** What root has made below that. */
	kept?: string[];
	/** Sizes in bytes of files that stand for more than they hold. */
	sizes: Record<string, number>;
	journal: JournalEntry[];
	/** Averages of the processes at work over 1, 5 and 15 minutes. */
	load: [number, number, number];
	/** Time that the processors spent since the boot, in milliseconds. */
	spent: {user: number; system: number; waiting: number; idle: number};
	/** What goes on now. */
	activity: Activity;
	nextPid: number;
};

export type PackageState = {
	version: string;
	/** As dpkg abbreviates it: wanted and present state. */
	status: 'ii' | 'iU' | 'iF' | 'rc';
	isAutomatic?: boolean;
	isHeld?: boolean;
};

export type UnitState = {
	active: 'active' | 'inactive' | 'failed' | 'activating';
	/** Since when it is so. */
	since: number;
	pid: number;
	isEnabled: boolean;
	/** `active` of a service that stands for work done once. */
	sub?: 'exited' | 'waiting' | 'running' | 'dead' | 'failed';
};

/** A file, a folder or a symbolic link; `content` has a character for each byte. */
export type FileState = {kind: 'file' | 'folder' | 'link'; content: string; mode: number; at: number};

export type JournalEntry = {at: number; boot: string; unit: string; pid: number; text: string};

/** What a command adds to the work of the server: shares of its processors from 0 to 1, memory in MB. */
export type Activity = {user: number; system: number; waiting: number; memory: number};

export const atRest: Activity = {user: 0, system: 0, waiting: 0, memory: 0};

export const cpus = 2;
