import type {Readings} from './gauge.ts';

export type Trend = 'rising' | 'falling';

/** One sample of many, and when it was taken, in milliseconds. */
export type Sampled = {at: number; readings: Readings};

/** Milliseconds that a trend looks back. */
export const trendWindow = 60_000;

/** Fewer samples say nothing. */
const fewest = 6;

/**
 * Where a gauge has been going for the last minute, by its mean in the first third of the samples against the last: a
 * share by 5 points or more, anything else by a tenth. Undefined where it stands still, or too little is known.
 */
export function trendOf(gauge: string, history: Sampled[]): Trend | undefined {
	const known = history.flatMap(({readings}) => {
		const reading = Object.hasOwn(readings, gauge) ? readings[gauge] : undefined;
		return reading?.value === undefined ? [] : [{value: reading.value, unit: reading.unit}];
	});
	if (known.length < fewest) return undefined;
	const third = Math.floor(known.length / 3);
	const first = mean(known.slice(0, third).map(({value}) => value));
	const last = mean(known.slice(-third).map(({value}) => value));
	const least = known[0]!.unit === '%' ? 5 : Math.max(Math.abs(first) / 10, 0.1);
	if (Math.abs(last - first) < least) return undefined;
	return last > first ? 'rising' : 'falling';
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
