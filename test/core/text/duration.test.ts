import assert from 'node:assert/strict';
import {test} from 'node:test';
import {formatClock, formatDuration} from '../../../source/core/text/duration.ts';

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
