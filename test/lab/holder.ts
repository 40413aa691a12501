import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFile, writeFile} from 'node:fs/promises';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import type {Disk} from './lab-options.ts';
import {groupOf, isTaken, locked, places, sweep} from './places.ts';

/** A place for one host, which no other host has: disk, network and control group, held by a process that ends with this one. */
export type Holder = {
	number: number;
	/** The process whose namespaces they are. */
	pid: number;
	/** The control group, as named below the root of the unified hierarchy. */
	group: string;
	/** The control group's folder, and the host's file tree, as seen from here. */
	groupFolder: string;
	root: string;
	/** Ends every process of the host, and the host's disk and network with it. */
	release(): Promise<void>;
};

/** Where the host's file tree is mounted, in the holder's mount namespace alone. */
export const rootInside = `${places}/host/root`;

/** `size` is the disk's, in MiB. */
export async function takeHolder(base: string, size: number, disks: Disk[]): Promise<Holder> {
	swept ??= sweep().then(allowWatches);
	await swept;
	for (let number = 1; number <= most; number++) {
		const holder = await hold(number, base, size, disks);
		if (holder) return holder;
	}
	throw new Error(`All ${most} places for hosts of the lab are taken: see ${places}`);
}

const most = 99;
/** Each systemd takes half a dozen instances of inotify; the kernel's 128 for one user are used up by twenty hosts. */
async function allowWatches(): Promise<void> {
	const limit = '/proc/sys/fs/inotify/max_user_instances';
	if (Number(await readFile(limit, 'utf8')) < 1024) await writeFile(limit, '1024');
}

const script = fileURLToPath(new URL('hold.sh', import.meta.url));
let swept: Promise<void> | undefined;

async function hold(number: number, base: string, size: number, disks: Disk[]): Promise<Holder | undefined> {
	const group = groupOf(number);
	const words = ['unshare', '--mount', '--net', 'sh', script, base, `${places}/host`, group, `${size}m`];
	const further = disks.map(disk => `${disk.layout} ${disk.size} ${disk.path}`);
	const child = spawn('flock', [...locked(number), ...words, ...further]);
	const problems = collect(child);
	const ended = once(child, 'close').then(([code]) => code as number | null);
	const held = once(createInterface(child.stdout!), 'line').then(() => 'held');
	const first = await Promise.race([held, ended]);
	if (first === isTaken) return undefined;
	if (first !== 'held') throw new Error(`No place for a host of the lab: ${problems.text}`);
	const inside = `/proc/${child.pid}/root`;
	return {
		number,
		pid: child.pid!,
		group,
		groupFolder: `${inside}/sys/fs/cgroup/${group}`,
		root: inside + rootInside,
		async release() {
			child.stdin!.end();
			await ended;
		},
	};
}

function collect(child: ChildProcess): {text: string} {
	const collected = {text: ''};
	child.stderr!.setEncoding('utf8').on('data', text => {
		collected.text += text;
	});
	return collected;
}
