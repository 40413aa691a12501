import type {GaugeState, Reading, Readings} from './gauge.ts';

/** How a gauge stands, and how often in a row it was seen to stand otherwise. */
type Standing = {state: GaugeState; other?: GaugeState; times: number};

/** By gauge, as `crossings` left it. */
export type Standings = Map<string, Standing>;

export type Crossing = {gauge: string; was: GaugeState; reading: Reading};

/** Samples in a row that it takes: what flickers crosses nothing. */
const enough = 3;

/** Of one sample at most so many are told; a host may say that it has any number of mounts. */
const most = 20;

/** Which gauges have crossed a threshold with this sample, up or down, and how all stand now. What could not be read says nothing. */
export function crossings(before: Standings, readings: Readings): {standings: Standings; crossed: Crossing[]} {
	const standings: Standings = new Map();
	const crossed: Crossing[] = [];
	for (const [gauge, reading] of Object.entries(readings)) {
		const known = before.get(gauge);
		if (reading.state === 'unknown') {
			if (known) standings.set(gauge, known);
			continue;
		}
		const next = known ? seenAs(known, reading.state) : {state: reading.state, times: 0};
		standings.set(gauge, next);
		if (known && next.state !== known.state) crossed.push({gauge, was: known.state, reading});
	}
	return {standings, crossed: crossed.slice(0, most)};
}

function seenAs({state, other, times}: Standing, seen: GaugeState): Standing {
	if (seen === state) return {state, times: 0};
	const again = seen === other ? times + 1 : 1;
	return again >= enough ? {state: seen, times: 0} : {state, other: seen, times: again};
}
