import assert from 'node:assert/strict';
import {test} from 'node:test';
import {compareVersions} from '../../../source/runtime/practice/compare-versions.ts';

const table: [string, '<' | '=' | '>', string][] = [
	['1.0', '=', '1.0'],
	['1.0', '<', '1.1'],
	['1.10', '>', '1.9'],
	['1.0~rc1', '<', '1.0'],
	['1:0.5', '>', '9.9'],
	['3.0.15-1~deb12u1', '<', '3.0.17-1~deb12u2'],
	['1.22.1-9', '<', '1.22.1-9+deb12u2'],
	['20230311', '<', '20230311+deb12u1'],
	['2.36-9+deb12u9', '<', '2.36-9+deb12u10'],
	['1.0a', '>', '1.0'],
	['1.0-1', '>', '1.0'],
];

for (const [one, sign, other] of table) {
	test(`dpkg holds that ${one} ${sign} ${other}`, () => {
		const order = Math.sign(compareVersions(one, other)) + 0;
		assert.equal(order, {'<': -1, '=': 0, '>': 1}[sign]);
		assert.equal(Math.sign(compareVersions(other, one)) + 0, -order + 0);
	});
}
