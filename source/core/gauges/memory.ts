import type {Reading, Readings} from './gauge.ts';
import {type Kernel, kernelOf} from './kernel.ts';
import type {Sample} from './sample.ts';
import {reading, stateOf, thresholds, unknown} from './thresholds.ts';

/** Gauges `mem`, `swap` and `oom`. Kernel figures are in KiB. */
export function memoryReadings(now: Sample, before: Sample | undefined): Readings {
	const kernel = kernelOf(now);
	return {mem: memory(kernel), swap: swap(kernel, kernelOf(before)), oom: kills(kernel)};
}

/** Less than this and less than 5 % is critical, in KiB: a large machine has enough left with 5 %. */
const scarce = 300 * 1024;

function memory(kernel: Kernel): Reading {
	const total = kernel.number('meminfo', 'MemTotal:');
	const available = kernel.number('meminfo', 'MemAvailable:') ?? estimate(kernel);
	if (!total || available === undefined) return unknown('mem', 'the kernel says nothing of its memory');
	const used = Math.min(100, Math.max(0, 100 - (100 * available) / total));
	const state = stateOf(used, thresholds['mem']);
	const why = `${size(available)} of ${size(total)} available`;
	return reading('mem', used, why, state === 'critical' && available >= scarce ? 'high' : state);
}

/** Kernels before 3.14 have no MemAvailable. */
function estimate(kernel: Kernel): number | undefined {
	const parts = ['MemFree:', 'Buffers:', 'Cached:'].map(name => kernel.number('meminfo', name));
	return parts[0] === undefined ? undefined : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
}

function swap(now: Kernel, before: Kernel): Reading {
	const total = now.number('meminfo', 'SwapTotal:');
	const free = now.number('meminfo', 'SwapFree:');
	if (total === undefined || free === undefined) return unknown('swap', 'the kernel says nothing of its swap');
	if (total === 0) return reading('swap', 0, 'no swap');
	const used = Math.min(100, Math.max(0, 100 - (100 * free) / total));
	const moved = ['pswpin', 'pswpout'].reduce((sum, name) => sum + growth(now, before, name), 0);
	const why = `${size(total - free)} of ${size(total)} in use, ${moved > 0 ? `${moved} pages moved` : 'no page moved'}`;
	return reading('swap', used, why, moved > 0 ? undefined : 'ok');
}

function kills(kernel: Kernel): Reading {
	// Since Linux 4.13.
	const count = kernel.number('vmstat', 'oom_kill');
	if (count === undefined) return unknown('oom', 'this kernel does not count them');
	return reading('oom', count, count === 0 ? 'none since the boot' : `${count} since the boot`);
}

function growth(now: Kernel, before: Kernel, name: string): number {
	const value = now.number('vmstat', name);
	const earlier = before.number('vmstat', name);
	return value === undefined || earlier === undefined ? 0 : Math.max(0, value - earlier);
}

/** KiB in words: `1.5 GB`. */
export function size(kibibytes: number): string {
	const units = ['KB', 'MB', 'GB', 'TB', 'PB'];
	let value = kibibytes;
	let unit = 0;
	while (value >= 1024 && unit < units.length - 1) {
		value /= 1024;
		unit += 1;
	}
	return `${value >= 10 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
