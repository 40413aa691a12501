import type {Family} from './lab-base.ts';

export type LabOptions = {
	/** What it says it is; Debian where it is not told. */
	family?: Family;
	/** The host's own name, and its alias in the client's configuration. */
	name?: string;
	/** Who logs in: `root`, `admin` (sudo without a password) or `operator` (sudo with `operatorPassword`). */
	user?: 'root' | 'admin' | 'operator';
	/** Milliseconds for which it is away when it reboots, or `never` where it does not come back. */
	rebootAfter?: number | 'never';
	/** What the host may write, in MiB. */
	disk?: number;
	/** KillUserProcesses=yes in logind.conf(5). */
	killsUserProcesses?: boolean;
	/** Seconds by which its clock is ahead, for all that runs in sessions over SSH: no namespace has a clock of its own. */
	clock?: number;
	/** Files to write before the first boot, by their path. */
	files?: Record<string, string>;
};
