import type {Reading, Readings} from './gauge.ts';
import {type Kernel, kernelOf} from './kernel.ts';
import {linesOf, type Sample} from './sample.ts';
import {reading, unknown} from './thresholds.ts';

/** Gauges `cpu`, `load`, `psi` and `uptime`. */
export function processorReadings(now: Sample, before: Sample | undefined): Readings {
	const kernel = kernelOf(now);
	return {
		cpu: cpu(kernel, kernelOf(before)),
		load: load(kernel, cpus(linesOf(now, 'cpus')?.[0])),
		psi: pressure(kernel),
		uptime: uptime(kernel),
	};
}

/** Fields of proc(5), /proc/stat: user nice system idle iowait irq softirq steal; guest time is in user time. */
function cpu(now: Kernel, before: Kernel): Reading {
	const ticks = now.numbers('stat', 'cpu')?.slice(0, 8);
	if (!ticks || ticks.length < 4) return unknown('cpu', 'the kernel says nothing of its processors');
	const earlier = before.numbers('stat', 'cpu');
	const spent = ticks.map((value, index) => value - (earlier?.[index] ?? 0));
	const hasBefore = earlier !== undefined && spent.every(value => value >= 0);
	const counted = hasBefore ? spent : ticks;
	const total = counted.reduce((sum, value) => sum + value, 0);
	if (total <= 0) return unknown('cpu', 'no time has passed since the sample before');
	const share = (...fields: number[]) => (100 * fields.reduce((sum, field) => sum + (counted[field] ?? 0), 0)) / total;
	const why = `${share(0, 1).toFixed(0)} % programs, ${share(2, 5, 6).toFixed(0)} % system, ${share(4).toFixed(0)} % waiting for disks, ${share(7).toFixed(0)} % taken by the hypervisor`;
	return reading('cpu', 100 - share(3, 4), hasBefore ? why : `${why}, since the boot`);
}

function load(kernel: Kernel, count: number): Reading {
	const averages = kernel.numbers('loadavg', '');
	if (!averages || averages.length < 3) return unknown('load', 'the kernel says nothing of its load');
	return reading(
		'load',
		averages[0]! / count,
		`${averages.slice(0, 3).join(' ')} on ${count} CPU${count > 1 ? 's' : ''}`,
	);
}

/** Of `0-3,6`: 5. */
function cpus(online = ''): number {
	const ranges = online.slice(0, 1000).matchAll(/(\d{1,5})(?:-(\d{1,5}))?/g);
	return (
		[...ranges].reduce((sum, [, first, last]) => sum + Math.max(1, Number(last ?? first) - Number(first) + 1), 0) || 1
	);
}

/** Averages of `some` and `full`: avg10 avg60 avg300 total. */
function pressure(kernel: Kernel): Reading {
	const full = kernel.numbers('pressure/io', 'full');
	if (full?.[1] === undefined) return unknown('psi', 'this kernel does not report pressure');
	const minute = (kind: string, line: string) => kernel.numbers(`pressure/${kind}`, line)?.[1] ?? 0;
	return reading(
		'psi',
		full[1],
		`disks ${full[1]} %, memory ${minute('memory', 'full')} %, processors ${minute('cpu', 'some')} % of the last minute`,
	);
}

function uptime(kernel: Kernel): Reading {
	const seconds = kernel.number('uptime', '');
	if (seconds === undefined) return unknown('uptime', 'the kernel does not say since when it runs');
	const hours = Math.floor(seconds / 3600);
	return reading('uptime', seconds / 86400, `${Math.floor(hours / 24)} d ${hours % 24} h`);
}
