import assert from 'node:assert/strict';
import {test} from 'node:test';
import {trendOf} from '../../../source/core/gauges/trend.ts';

const rows: [unit: string, values: (number | undefined)[], trend: ReturnType<typeof trendOf>][] = [
	['%', [], undefined],
	['%', [1, 50, 99], undefined],
	['%', [40, 41, 42, 43, 44, 45], undefined],
	['%', [40, 42, 44, 46, 48, 50], 'rising'],
	['%', [50, 48, 46, 44, 42, 40], 'falling'],
	['%', [2, 97, 2, 97, 2, 97], undefined],
	['%', [40, undefined, 42, undefined, 60, 61], undefined],
	['%', [40, undefined, 42, 43, 60, 61, 62], 'rising'],
	['per CPU', [1, 1, 1, 1.2, 1.3, 1.4], 'rising'],
	['days', [200, 200, 200, 200, 200, 201], undefined],
	['errors', [0, 0, 0, 0, 0, 0], undefined],
	['errors', [0, 0, 0, 0, 1, 4], 'rising'],
];

for (const [unit, values, trend] of rows) {
	test(`${values.join(' ') || 'nothing'} ${unit} is ${trend ?? 'no trend'}`, () => {
		const history = values.map((value, at) => ({
			at,
			readings: {it: {value, unit, state: 'ok' as const, why: ''}},
		}));
		assert.equal(trendOf('it', history), trend);
		assert.equal(trendOf('toString', history), undefined);
	});
}
