// What can be seen on a host after a task of which nobody knows how it ended: facts with names, no verdict.

/**
 * Times of `booted` are UTC; those of `apt` and `dnf` are as these programs write them, in the host's own time. `unread`
 * is what the host did not show.
 */
export type Finding =
	/** `rebooted`: since the task was started; null where that cannot be told. */
	| {is: 'booted'; since: string; rebooted: boolean | null}
	/** A process of the task; its command line is shortened. */
	| {is: 'at-work'; pid: number; user: string; text: string}
	| {is: 'none-at-work'}
	/** A package manager is at work, whoever started it. */
	| {is: 'package-tool'; pid: number; name: string}
	/** Updates of dpkg's database were left half done, and no dpkg is at work on them. */
	| {is: 'dpkg-interrupted'}
	/** The first lines of `dpkg --audit`. */
	| {is: 'dpkg-audit'; lines: string[]}
	/** Where the audit is for root alone: packages that dpkg has not finished, and how it left them. */
	| {is: 'dpkg-unfinished'; lines: string[]}
	| {is: 'dpkg-clean'}
	/** The last entry of apt's history: without an end it was cut short, or is at work. */
	| {is: 'apt'; started: string; ended: string | null}
	/** The last transaction; its marks as in dnf(8): `#` other output, `*` aborted, `E` errors, `<` `>` rpmdb changed outside. */
	| {is: 'dnf'; transaction: number; at: string; marks: string}
	/** `why` is what rpm said; null where it can be read. */
	| {is: 'rpm-database'; why: string | null}
	/** The last lines of its output, masked. */
	| {is: 'output'; lines: string[]}
	| {is: 'unread'; what: Probe; why: string};

/** The parts of the look, in their order. */
export const probes = ['boot', 'processes', 'tools', 'dpkg', 'apt', 'rpm', 'dnf'] as const;
export type Probe = (typeof probes)[number];
