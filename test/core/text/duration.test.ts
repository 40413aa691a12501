import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {formatClock, formatDuration, parseDuration} from '../../../source/core/text/duration.ts';

const read: [string, number | undefined][] = [
	['10m', 600_000],
	['90s', 90_000],
	['1h30m', 5_400_000],
	['1h 30m', 5_400_000],
	[' 2d ', 172_800_000],
	['500ms', 500],
	['1m500ms', 60_500],
	['30', 30_000],
	['0', 0],
	['100d', 8_640_000_000],
	['101d', undefined],
	['', undefined],
	['m', undefined],
	['30m1h', undefined],
	['1m1m', undefined],
	['1.5h', undefined],
	['-5s', undefined],
	['10 m', undefined],
	['10min', undefined],
	['10M', undefined],
	['9999999999s', undefined],
];

for (const [text, expected] of read) {
	test(`the duration "${text}" is ${expected ?? 'refused'}`, () => assert.equal(parseDuration(text), expected));
}

const shown: [number, string, string][] = [
	[0, '0s', '00:00'],
	[400, '400ms', '00:00'],
	[1999, '1s', '00:01'],
	[72_000, '1m 12s', '01:12'],
	[600_000, '10m', '10:00'],
	[3_605_000, '1h', '1:00:05'],
	[5_400_000, '1h 30m', '1:30:00'],
	[3_723_000, '1h 2m', '1:02:03'],
	[90_000_000, '1d 1h', '25:00:00'],
	[-5, '0s', '00:00'],
];

for (const [milliseconds, words, clock] of shown) {
	test(`${milliseconds} ms are shown as ${words} and ${clock}`, () => {
		assert.equal(formatDuration(milliseconds), words);
		assert.equal(formatClock(milliseconds), clock);
	});
}

test('what is shown can be read again and is never more than what it was', () => {
	fc.assert(
		fc.property(fc.integer({min: 1, max: 8_640_000_000}), milliseconds => {
			const again = parseDuration(formatDuration(milliseconds));
			assert.ok(again !== undefined && again <= milliseconds && again > milliseconds * 0.95 - 1000);
		}),
	);
});
