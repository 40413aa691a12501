import type {Family} from './lab-base.ts';

/** A disk of its own, in memory, there again after a reboot. */
export type Disk = {
	/** Where it is mounted. That of `/` comes first; without one, `/` is an overlay. */
	path: string;
	/** MiB. */
	size: number;
	/** As in make-disk.sh: the last two for `/` alone. */
	layout: 'ext4' | 'btrfs' | 'btrfs-fixed' | 'btrfs-default';
};

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
	/** Further disks; with them come the programs that copies and snapshots need. Debian only. */
	disks?: Disk[];
	/** KillUserProcesses=yes in logind.conf(5). */
	killsUserProcesses?: boolean;
	/** Seconds by which its clock is ahead, for all that runs in sessions over SSH: no namespace has a clock of its own. */
	clock?: number;
	/** Files to write before the first boot, by their path. */
	files?: Record<string, string>;
};
