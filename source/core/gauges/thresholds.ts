import {visibleLine} from '../text/filter.ts';
import type {GaugeState, Reading} from './gauge.ts';

export type Threshold = {
	unit: string;
	/** From here on it is high, or critical; shares are percent in use. */
	high?: number;
	critical?: number;
	/** `unchanged` looks at the names in `why`, not at the number. */
	named?: boolean;
	/** One line for help and documentation. */
	meaning: string;
};

/** `disk` and `inode` stand for every mount: `disk:/boot`. */
export const thresholds: Record<string, Threshold> = {
	cpu: {unit: '%', high: 95, meaning: 'processor time in use'},
	load: {unit: 'per CPU', high: 1, critical: 2, meaning: 'processes that run or wait, of the last minute, per CPU'},
	mem: {unit: '%', high: 90, critical: 95, meaning: 'memory that is not available; critical below 300 MB'},
	swap: {unit: '%', high: 50, critical: 80, meaning: 'swap in use; high only while pages move'},
	psi: {unit: '%', high: 10, critical: 30, meaning: 'time in which everything waited for disks, of the last minute'},
	net: {unit: 'errors', high: 1, meaning: 'errors and dropped packets since the sample before'},
	dz: {unit: 'processes', high: 11, meaning: 'zombies, and processes stuck in the kernel (critical)'},
	units: {unit: 'failed', high: 1, named: true, meaning: 'failed units of systemd'},
	reboot: {unit: 'pending', high: 1, meaning: 'a reboot is due'},
	pkglock: {unit: 'held', high: 1, meaning: 'locks of package managers that are held'},
	time: {
		unit: 's',
		high: 60,
		critical: 300,
		meaning: 'difference to the clock here; high where it is not synchronized',
	},
	readonly: {unit: 'mounts', critical: 1, named: true, meaning: 'file systems that should be writable and are not'},
	oom: {unit: 'kills', high: 1, meaning: 'processes that were killed for want of memory since the boot'},
	uptime: {unit: 'days', high: 180, meaning: 'time since the boot'},
	disk: {unit: '%', high: 85, critical: 95, meaning: 'space in use; /boot is high below 150 MB, critical below 100 MB'},
	inode: {unit: '%', high: 85, critical: 95, meaning: 'inodes in use'},
};

/** The entry of a gauge; undefined for one of the document. */
export const thresholdOf = (gauge: string): Threshold | undefined =>
	Object.hasOwn(thresholds, kindOf(gauge)) ? thresholds[kindOf(gauge)] : undefined;

/** `disk` of `disk:/boot`, else the name itself. */
export const kindOf = (gauge: string): string => (/^(?:disk|inode):/.test(gauge) ? gauge.split(':', 1)[0]! : gauge);

/** A reading judged by the table, or with a state of its own where more than the number decides. */
export function reading(gauge: string, value: number, why: string, state?: GaugeState): Reading {
	const threshold = thresholdOf(gauge);
	return {
		value: Math.round(value * 10) / 10,
		unit: threshold?.unit ?? '',
		state: state ?? stateOf(value, threshold),
		why: oneLine(why),
	};
}

export function unknown(gauge: string, why: string): Reading {
	return {value: undefined, unit: thresholdOf(gauge)?.unit ?? '', state: 'unknown', why: oneLine(why)};
}

/** The state of a value; also for the `high` and `critical` of a document's own gauge. */
export function stateOf(value: number, threshold: {high?: number; critical?: number} = {}): GaugeState {
	if (!Number.isFinite(value)) return 'unknown';
	if (value >= (threshold.critical ?? Number.POSITIVE_INFINITY)) return 'critical';
	return value >= (threshold.high ?? Number.POSITIVE_INFINITY) ? 'high' : 'ok';
}

/** The more serious of two states. */
export function worse(one: GaugeState, other: GaugeState): GaugeState {
	const order: GaugeState[] = ['ok', 'high', 'critical', 'unknown'];
	return order.indexOf(one) > order.indexOf(other) ? one : other;
}

/** Names come from the host. */
const oneLine = (text: string): string => visibleLine(text.slice(0, 300));
