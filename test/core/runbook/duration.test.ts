import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {formatDuration, parseDuration} from '../../../source/core/runbook/duration.ts';

const table: [string, number | undefined][] = [
	['90s', 90_000],
	['10m', 600_000],
	['1h30m', 5_400_000],
	['2d', 172_800_000],
	['90', 90_000],
	['24d', 2_073_600_000],
	['25d', undefined],
	['0', undefined],
	['0s', undefined],
	['', undefined],
	['10 m', undefined],
	['m', undefined],
	['30m1h', undefined],
	['-1s', undefined],
	['1.5h', undefined],
];

for (const [text, expected] of table) {
	test(`a duration of "${text}" is ${expected} ms`, () => assert.equal(parseDuration(text), expected));
}

test('every duration reads back from its text', () => {
	fc.assert(
		fc.property(fc.integer({min: 1, max: 24 * 86_400}), seconds => {
			assert.equal(parseDuration(formatDuration(seconds * 1000)), seconds * 1000);
		}),
	);
});
