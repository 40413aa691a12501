import type {Reading, Readings} from './gauge.ts';
import {thresholdOf} from './thresholds.ts';

export type Difference = {
	gauge: string;
	before: Reading | undefined;
	now: Reading | undefined;
	/** In the gauge's unit; undefined where one of the two has no value. */
	change: number | undefined;
	/** Names that were not there before: failed units, mounts. */
	added: string[];
	isWorse: boolean;
};

/** What became of the gauges since the baseline: those that changed their value, state or names. */
export function compare(before: Readings, now: Readings): Difference[] {
	const gauges = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
	return gauges.map(gauge => differenceOf(gauge, before[gauge], now[gauge])).filter(isChange);
}

export function differenceOf(gauge: string, before: Reading | undefined, now: Reading | undefined): Difference {
	const hasBoth = before?.value !== undefined && now?.value !== undefined;
	const change = hasBoth ? Math.round((now.value! - before.value!) * 10) / 10 : undefined;
	const added =
		thresholdOf(gauge)?.named && hasBoth ? namesOf(now).filter(name => !namesOf(before).includes(name)) : [];
	const isWorse = rank(now) > rank(before) || added.length > 0;
	return {gauge, before, now, change, added, isWorse};
}

const namesOf = (reading: Reading | undefined): string[] => (reading?.value ? reading.why.split(' ') : []);

const rank = (reading: Reading | undefined): number =>
	({ok: 0, high: 2, critical: 3, unknown: 1})[reading?.state ?? 'unknown'];

const isChange = ({before, now, change, added}: Difference): boolean =>
	change !== 0 || added.length > 0 || before?.state !== now?.state;
