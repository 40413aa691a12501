import type {Readings} from './gauge.ts';
import {size} from './memory.ts';
import {linesOf, numberIn, type Sample} from './sample.ts';
import {reading, stateOf, thresholds, unknown, worse} from './thresholds.ts';

/** Gauges `disk:MOUNT`, `inode:MOUNT` and `readonly`. */
export function diskReadings(now: Sample): Readings {
	const mounts = mountsOf(now);
	const shown = ({mount}: FileSystem) => !isPseudo(mount, mounts);
	const space = table(linesOf(now, 'space')).filter(shown);
	const inodes = table(linesOf(now, 'inodes')).filter(shown);
	return {
		...Object.fromEntries(space.map(file => [`disk:${file.mount}`, spaceReading(file)])),
		...Object.fromEntries(inodes.map(file => [`inode:${file.mount}`, inodeReading(file)])),
		readonly: readonlyReading(now, mounts),
	};
}

type FileSystem = {total: number; used: number; free: number; mount: string};
type Mount = {type: string; isReadonly: boolean};

/** Below this much free space /boot is high, or critical, in KiB: one kernel with its initrd takes up to 150 MB. */
const boot = {high: 150 * 1024, critical: 100 * 1024};
/** Types of what holds no data of its own; a tmpfs does only where the system keeps its own things. */
const pseudo = /^(?:devtmpfs|ramfs|squashfs|erofs|iso9660|overlay|efivarfs|autofs|fuse\..*|nsfs)$/;
const pseudoPlace = /^\/(?:dev|proc|sys|run|snap)(?:\/|$)/;

function spaceReading({total, used, free, mount}: FileSystem) {
	const share = used + free > 0 ? (100 * used) / (used + free) : 0;
	const why = `${mount}: ${size(Math.max(0, free))} free of ${size(total)}`;
	const state = stateOf(share, thresholds['disk']);
	if (mount !== '/boot') return reading('disk', share, why, state);
	const scarce = free < boot.critical ? 'critical' : free < boot.high ? 'high' : 'ok';
	return reading('disk', share, why, worse(state, scarce));
}

function inodeReading({total, used, free, mount}: FileSystem) {
	if (total <= 0) return reading('inode', 0, `${mount}: no fixed number of inodes`);
	return reading('inode', used + free > 0 ? (100 * used) / (used + free) : 0, `${mount}: ${free} free of ${total}`);
}

/** Mounts that /etc/fstab wants writable; what it does not name may be meant to be as it is. */
function readonlyReading(now: Sample, mounts: Map<string, Mount>) {
	const fstab = linesOf(now, 'fstab');
	if (!fstab || mounts.size === 0) return unknown('readonly', 'the mounts could not be read');
	const writable = fstab
		.map(line => line.trim().split(/\s+/))
		.filter(
			([device, , type, options]) => !device!.startsWith('#') && !pseudo.test(type ?? '') && !isOption(options, 'ro'),
		)
		.map(([, mount]) => octal(mount ?? ''));
	const bad = [...new Set(writable)].filter(mount => mounts.get(mount)?.isReadonly).sort();
	return reading('readonly', bad.length, bad.join(' ') || 'none');
}

/** The answer of `df -P`: the last columns are total, used, free, share and mount; blanks may stand in the first and the last. */
function table(lines: string[] = []): FileSystem[] {
	return lines.slice(0, 1000).flatMap(line => {
		const words = line.slice(0, 1000).split(/\s+/);
		const share = words.findIndex(
			(word, index) => index >= 4 && /^(?:\d+%|-)$/.test(word) && words[index + 1]?.startsWith('/'),
		);
		if (share < 0) return [];
		const [total = 0, used = 0, free = 0] = words.slice(share - 3, share).map(numberIn);
		const mount = words.slice(share + 1).join(' ');
		return [{total, used, free, mount}];
	});
}

/** Of /proc/mounts, the last mount on a place is the one that is seen. */
function mountsOf(now: Sample): Map<string, Mount> {
	const mounts = new Map<string, Mount>();
	for (const line of linesOf(now, 'mounts') ?? []) {
		const [, mount, type, options] = line.split(' ');
		if (mount && type) mounts.set(octal(mount), {type, isReadonly: isOption(options, 'ro')});
	}
	return mounts;
}

/** The root of a container is an overlay, and the only disk it has. */
function isPseudo(mount: string, mounts: Map<string, Mount>): boolean {
	return mount !== '/' && (pseudoPlace.test(mount) || pseudo.test(mounts.get(mount)?.type ?? ''));
}

const isOption = (options = '', option: string): boolean => options.split(',').includes(option);

/** Blanks in the names of fstab(5) and /proc/mounts are octal. */
const octal = (text: string): string =>
	text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
