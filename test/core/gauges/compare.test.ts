import assert from 'node:assert/strict';
import {test} from 'node:test';
import {compare} from '../../../source/core/gauges/compare.ts';
import {reading, stateOf, thresholdOf, thresholds, unknown, worse} from '../../../source/core/gauges/thresholds.ts';

test('The difference to the baseline names what changed, by how much, and what is worse', () => {
	const before = {
		cpu: reading('cpu', 6, ''),
		mem: reading('mem', 50, ''),
		'disk:/boot': reading('disk', 61, ''),
		units: reading('units', 1, 'a.service'),
		psi: reading('psi', 1, ''),
		swap: reading('swap', 0, 'no swap'),
	};
	const now = {
		cpu: reading('cpu', 4.5, ''),
		mem: reading('mem', 50, 'other words'),
		'disk:/boot': reading('disk', 88, ''),
		units: reading('units', 1, 'b.service'),
		psi: unknown('psi', 'gone'),
		'disk:/new': reading('disk', 1, ''),
		swap: reading('swap', 0, 'no swap'),
	};
	const differences = compare(before, now).map(({gauge, change, added, isWorse}) => ({gauge, change, added, isWorse}));
	assert.deepEqual(differences, [
		{gauge: 'cpu', change: -1.5, added: [], isWorse: false},
		{gauge: 'disk:/boot', change: 27, added: [], isWorse: true},
		{gauge: 'disk:/new', change: undefined, added: [], isWorse: false},
		{gauge: 'psi', change: undefined, added: [], isWorse: true},
		{gauge: 'units', change: 0, added: ['b.service'], isWorse: true},
	]);
});

test('A value is high from its threshold on, and critical from the next', () => {
	const table: [value: number, state: string][] = [
		[84.9, 'ok'],
		[85, 'high'],
		[95, 'critical'],
		[Number.NaN, 'unknown'],
	];
	for (const [value, state] of table) assert.equal(stateOf(value, thresholds['disk']), state);
	assert.equal(stateOf(1e9), 'ok');
});

test('The table knows every gauge of the host and every mount, and no other name', () => {
	for (const gauge of 'cpu load mem swap psi net dz units reboot pkglock time readonly oom uptime disk:/boot inode:/'.split(
		' ',
	)) {
		assert.ok(thresholdOf(gauge), gauge);
	}
	for (const gauge of ['queue', 'constructor', 'cpu:/x', '']) assert.equal(thresholdOf(gauge), undefined, gauge);
});

test('The worse of two states counts', () => {
	assert.deepEqual([worse('ok', 'high'), worse('critical', 'high'), worse('ok', 'ok')], ['high', 'critical', 'ok']);
});
