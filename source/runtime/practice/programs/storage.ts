import {mountTable} from '../data/mount-table.ts';
import {mountOf, type Space, spaces} from '../disks.ts';
import type {Call} from '../shell/program.ts';

export async function df(call: Call): Promise<number> {
	const {args, machine} = call;
	const flags = args
		.filter(word => /^-[a-zA-Z]+$/.test(word))
		.join('')
		.replaceAll('-', '');
	const paths = args.filter((word, at) => !word.startsWith('-') && !['-x', '-t'].includes(args[at - 1] ?? ''));
	const output = args
		.find(word => word.startsWith('--output='))
		?.slice('--output='.length)
		.split(',');
	const all = spaces(machine.world, await machine.files.sizes()).reverse();
	const rows: Space[] = [];
	for (const path of paths) {
		const full = machine.files.resolvePath(call.cwd, path);
		const mount =
			mountTable.find(each => each.device === path) ?? ((await machine.files.exists(full)) ? mountOf(full) : undefined);
		if (mount) rows.push(all.find(each => each.place === mount.place)!);
		else call.err(`df: ${path}: No such file or directory\n`);
	}
	const shown = paths.length > 0 ? rows : all;
	if (output) return columns(call, shown, output, flags);
	const isHuman = flags.includes('h') || flags.includes('H');
	const unit = flags.includes('m') || args.includes('-BM') ? 1024 : args.includes('-BG') ? 1_048_576 : 1;
	const number = (kibibytes: number) => (isHuman ? human(kibibytes) : String(Math.ceil(kibibytes / unit)));
	if (flags.includes('i')) {
		call.out(
			`${'Filesystem'.padEnd(14)} ${'Inodes'.padStart(9)} ${'IUsed'.padStart(9)} ${'IFree'.padStart(9)} IUse% Mounted on\n`,
		);
		for (const each of shown)
			line(
				call,
				each,
				[each.inodes, each.usedInodes, each.inodes - each.usedInodes].map(String),
				share(each.usedInodes, each.inodes - each.usedInodes),
			);
	} else if (shown.length > 0) {
		const title = isHuman
			? ['Size', 'Used', 'Avail', 'Use%']
			: flags.includes('P')
				? [unit === 1 ? '1024-blocks' : '1048576-blocks', 'Used', 'Available', 'Capacity']
				: ['1K-blocks', 'Used', 'Available', 'Use%'];
		call.out(
			`${'Filesystem'.padEnd(14)}${flags.includes('T') ? ' Type' : ''} ${title[0]!.padStart(9)} ${title[1]!.padStart(9)} ${title[2]!.padStart(9)} ${title[3]} Mounted on\n`,
		);
		for (const each of shown)
			line(
				call,
				each,
				[each.total, each.used, each.free].map(number),
				share(each.used, each.free),
				flags.includes('T') ? each.type : undefined,
			);
	}
	return paths.length > 0 && rows.length < paths.length ? 1 : 0;
}

function line(call: Call, {device, place}: Space, numbers: string[], percent: string, type?: string): void {
	call.out(
		`${device.padEnd(14)}${type ? ` ${type}` : ''} ${numbers.map(each => each.padStart(9)).join(' ')} ${percent.padStart(4)} ${place}\n`,
	);
}

function columns(call: Call, rows: Space[], names: string[], flags: string): number {
	const values: Record<string, [string, (space: Space) => string]> = {
		source: ['Filesystem', each => each.device],
		fstype: ['Type', each => each.type],
		size: ['1K-blocks', each => String(each.total)],
		used: ['Used', each => String(each.used)],
		avail: ['Avail', each => (flags.includes('h') ? human(each.free) : String(each.free))],
		pcent: ['Use%', each => share(each.used, each.free)],
		ipcent: ['IUse%', each => share(each.usedInodes, each.inodes - each.usedInodes)],
		target: ['Mounted on', each => each.place],
	};
	const known = names.filter(name => Object.hasOwn(values, name));
	call.out(`${known.map(name => values[name]![0]).join(' ')}\n`);
	for (const each of rows)
		call.out(`${known.map(name => values[name]![1](each).padStart(values[name]![0].length)).join(' ')}\n`);
	return 0;
}

const share = (used: number, free: number): string =>
	`${used + free > 0 ? Math.ceil((100 * used) / (used + free)) : 0}%`;

export function human(kibibytes: number): string {
	let [value, unit] = [kibibytes, 0];
	for (; value >= 1024 && unit < 3; unit++) value /= 1024;
	return `${value < 10 && value > 0 ? (Math.ceil(value * 10) / 10).toFixed(1) : Math.ceil(value)}${'KMGT'[unit]}`;
}

/** `findmnt [-n] [-r] [-o COLUMNS] [-t TYPES] [-T PATH | DEVICE | MOUNTPOINT]` */
export function findmnt(call: Call): number {
	const {args} = call;
	const value = (letter: string) => {
		const at = args.findIndex(word => new RegExp(`^-[a-zA-Z]*${letter}$`).test(word));
		return at < 0 ? undefined : args[at + 1];
	};
	const types = value('t')?.split(',');
	const target = value('T');
	const wish = args.find((word, at) => word.startsWith('/') && !/^-[a-zA-Z]*[otT]$/.test(args[at - 1] ?? ''));
	const rows = [...mountTable].reverse().filter(mount => {
		if (types && !types.includes(mount.type)) return false;
		if (target !== undefined) return mount === mountOf(call.machine.files.resolvePath(call.cwd, target));
		return !wish || mount.place === wish || mount.device === wish;
	});
	if (rows.length === 0) return 1;
	const isBare = args.some(word => /^-\w*n/.test(word)) || args.includes('--noheadings');
	const names = value('o')?.toUpperCase().split(',') ?? ['TARGET', 'SOURCE', 'FSTYPE', 'OPTIONS'];
	const text = (mount: (typeof rows)[number], name: string) =>
		({
			TARGET: mount.place,
			SOURCE: mount.device,
			FSTYPE: mount.type,
			FSROOT: '/',
			OPTIONS: mount.options,
			UUID: mount.uuid,
			'MAJ:MIN': `${mount.node >> 8}:${mount.node & 255}`,
		})[name] ?? '';
	if (!isBare) call.out(`${names.join(' ')}\n`);
	for (const mount of rows) call.out(`${names.map(name => text(mount, name)).join(' ')}\n`);
	return 0;
}

export function mount(call: Call): number {
	if (call.args.length === 0) {
		for (const {device, place, type, options} of [...mountTable].reverse())
			call.out(`${device} on ${place} type ${type} (${options})\n`);
		return 0;
	}
	if (call.machine.isRoot) return 0;
	call.err('mount: only root can do that.\n');
	return 32;
}

export function mountpoint(call: Call): number {
	const path = call.args.filter(word => !word.startsWith('-')).at(-1) ?? '';
	const isOne = mountTable.some(each => each.place === path);
	if (!call.args.includes('-q')) call.out(`${path} is ${isOne ? '' : 'not '}a mountpoint\n`);
	return isOne ? 0 : 32;
}

export function lsblk(call: Call): number {
	call.out('NAME   MAJ:MIN RM  SIZE RO TYPE MOUNTPOINTS\nvda    254:0    0   32G  0 disk \n');
	for (const [index, {device, place, total}] of [...mountTable].reverse().entries()) {
		if (device === '/dev/vdb1') call.out('vdb    254:16   0   30G  0 disk \n');
		call.out(`└─${device.slice(5)} 254:${index + 1}    0 ${human(total).padStart(4)}  0 part ${place}\n`);
	}
	return 0;
}

export async function du(call: Call): Promise<number> {
	const {args, machine} = call;
	const paths = args.filter((word, at) => !word.startsWith('-') && !/^(-d|--max-depth)$/.test(args[at - 1] ?? ''));
	const flags = args.filter(word => word.startsWith('-')).join('');
	const sizes = await machine.files.sizes();
	let exit = 0;
	for (const path of paths.length > 0 ? paths : ['.']) {
		const full = machine.files.resolvePath(call.cwd, path);
		if (!(await machine.files.exists(full))) {
			call.err(`du: cannot access '${path}': No such file or directory\n`);
			exit = 1;
			continue;
		}
		const kibibytes = Math.max(4, Math.ceil(bytesBelow(sizes, full) / 1024));
		call.out(
			`${flags.includes('h') ? human(kibibytes) : flags.includes('b') ? kibibytes * 1024 : flags.includes('m') ? Math.ceil(kibibytes / 1024) : kibibytes}\t${path}\n`,
		);
	}
	return exit;
}

/** Bytes of the files at and below a path, and what stands for the rest of the system. */
export function bytesBelow(sizes: ReadonlyMap<string, number>, path: string): number {
	let bytes = 0;
	for (const [file, size] of sizes) if (path === '/' || file === path || file.startsWith(`${path}/`)) bytes += size;
	const hidden =
		{'/': 6_100_000_000, '/usr': 3_900_000_000, '/var': 1_900_000_000, '/etc': 6_300_000, '/home': 41_000_000}[path] ??
		0;
	return bytes + hidden;
}

/** Bytes of a file system that no file here stands for, by the place where it is mounted. */
export const hiddenBytes: Record<string, number> = {'/': 4_700_000_000, '/var': 1_900_000_000, '/boot': 12_000_000};

/** Bytes at and below a path without other file systems, and what stands for the rest of this one. */
export function bytesOfOne(sizes: ReadonlyMap<string, number>, path: string): number {
	const mount = mountOf(path);
	const ours = new Map([...sizes].filter(([file]) => mountOf(file) === mount));
	return mount.place === path
		? [...ours.values()].reduce((sum, size) => sum + size, hiddenBytes[path] ?? 0)
		: bytesBelow(ours, path);
}
