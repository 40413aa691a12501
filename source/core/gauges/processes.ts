import type {Reading, Readings} from './gauge.ts';
import {linesOf, numberIn, type Sample} from './sample.ts';
import {reading, unknown} from './thresholds.ts';

/** Gauges `dz`, `units` and `pkglock`. */
export function processReadings(now: Sample, before: Sample | undefined): Readings {
	return {dz: stuck(now, before), units: units(now), pkglock: packageLocks(now)};
}

/** Lines `PID STATE NAME` of processes in state D or Z; one that is in D twice running is stuck. */
function stuck(now: Sample, before: Sample | undefined): Reading {
	const lines = linesOf(now, 'stuck');
	if (!lines) return unknown('dz', 'the processes could not be read');
	const waiting = (sample: string[] = []) => sample.filter(line => /^\d+ D /.test(line));
	const earlier = new Set(waiting(linesOf(before, 'stuck')));
	const blocked = waiting(lines).filter(line => earlier.has(line));
	const zombies = lines.filter(line => /^\d+ Z /.test(line)).length;
	const names = blocked.slice(0, 5).map(line => line.replace(/^(\d+) D (.*)$/, '$2 ($1)'));
	const why = `${blocked.length} stuck${names.length > 0 ? `: ${names.join(', ')}` : ''}; ${zombies} zombie${zombies === 1 ? '' : 's'}`;
	return reading('dz', blocked.length + zombies, why, blocked.length > 0 ? 'critical' : undefined);
}

/** The first word of a line is a failed unit. */
function units(now: Sample): Reading {
	const lines = linesOf(now, 'units');
	if (!lines) return unknown('units', 'systemd does not run here, or did not answer');
	const names = lines.map(line => line.trim().split(/\s+/, 1)[0]!).filter(name => /^[\w:@.\\-]+\.\w+$/.test(name));
	return reading('units', names.length, names.sort().join(' ') || 'none');
}

/** Lock files exist always; held is one that /proc/locks names by inode, or a pid file whose process lives. */
function packageLocks(now: Sample): Reading {
	const locks = linesOf(now, 'locks');
	const files = linesOf(now, 'lockfiles');
	if (!locks || !files) return unknown('pkglock', 'the locks could not be read');
	const held = files.flatMap(line => {
		const [kind, key = '', device = '', path = ''] = line.split(' ');
		if (kind === 'pid') return [`${device} (process ${key})`];
		const lock = locks.find(each => isOn(each, key, device));
		return lock ? [`${path} (process ${ownerOf(lock)})`] : [];
	});
	return reading('pkglock', held.length, held.join(', ') || 'none');
}

/** `1: POSIX  ADVISORY  WRITE 123 fe:00:456 0 EOF`: proc(5), /proc/locks. */
function isOn(lock: string, inode: string, device: string): boolean {
	const [major, minor, number] = lock.split(/\s+/)[5]?.split(':') ?? [];
	if (number !== inode || !/ WRITE /.test(lock)) return false;
	// Where a file system has no device of its own (btrfs), the kernel and stat(2) number it differently.
	if (major === undefined || minor === undefined || Number.parseInt(major, 16) === 0) return true;
	const known = numberIn(device);
	return known === undefined || known === makeDevice(Number.parseInt(major, 16), Number.parseInt(minor, 16));
}

/** makedev(3) of glibc, for numbers below 2^20. */
const makeDevice = (major: number, minor: number): number => (minor & 0xff) | (major << 8) | ((minor & 0xfff00) << 12);

const ownerOf = (lock: string): string => numberIn(lock.split(/\s+/)[4])?.toString() ?? 'unknown';
