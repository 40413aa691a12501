import assert from 'node:assert/strict';
import {test} from 'node:test';
import {crossings, type Standings} from '../../../source/core/gauges/crossings.ts';
import type {GaugeState, Readings} from '../../../source/core/gauges/gauge.ts';

const letters: Record<string, GaugeState> = {o: 'ok', h: 'high', c: 'critical', u: 'unknown'};

/** One letter a sample; what crossed, and with which sample. */
const rows: [samples: string, crossed: string[]][] = [
	['oooooo', []],
	['hhhhhh', []],
	['ohhh', ['3: ok to high']],
	['ohh', []],
	['ohohohohoh', []],
	['ohhohh', []],
	['ohhhooo', ['3: ok to high', '6: high to ok']],
	['ohhccc', ['5: ok to critical']],
	['ohhhccc', ['3: ok to high', '6: high to critical']],
	['ouuuuuo', []],
	['uuuhhh', []],
	['ohuhuh', ['5: ok to high']],
];

for (const [samples, expected] of rows) {
	test(`${samples} crosses ${expected.join(', ') || 'nothing'}`, () => {
		let standings: Standings = new Map();
		const crossed = [...samples].flatMap((letter, at) => {
			const next = crossings(standings, {mem: reading(letters[letter]!)});
			standings = next.standings;
			return next.crossed.map(
				({gauge, was, reading: now}) => `${at}: ${was} to ${now.state}${gauge === 'mem' ? '' : gauge}`,
			);
		});
		assert.deepEqual(crossed, expected);
	});
}

test('a gauge that is gone is forgotten, and of very many at once only some are told', () => {
	const all = (state: GaugeState): Readings =>
		Object.fromEntries(Array.from({length: 500}, (_, at) => [`disk:/${at}`, reading(state)]));
	let {standings} = crossings(new Map(), all('ok'));
	for (let times = 1; times < 3; times++) ({standings} = crossings(standings, all('high')));
	const last = crossings(standings, all('high'));
	assert.equal(last.crossed.length, 20);
	assert.equal(crossings(last.standings, {}).standings.size, 0);
});

function reading(state: GaugeState) {
	return {value: state === 'unknown' ? undefined : 1, unit: '%', state, why: ''};
}
