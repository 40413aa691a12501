import assert from 'node:assert/strict';
import {test} from 'node:test';
import {documentReading} from '../../../source/core/gauges/of-document.ts';

const gauge = {name: 'fill', unit: '%', high: 70, critical: 90};
const rows: [exit: number, line: string, reading: ReturnType<typeof documentReading>][] = [
	[0, '12', {value: 12, unit: '%', state: 'ok', why: ''}],
	[0, '69.96', {value: 70, unit: '%', state: 'high', why: ''}],
	[0, '70', {value: 70, unit: '%', state: 'high', why: ''}],
	[0, '90.04 root_pre of vg0/root', {value: 90, unit: '%', state: 'critical', why: 'root_pre of vg0/root'}],
	[0, '-3', {value: -3, unit: '%', state: 'ok', why: ''}],
	[0, '23.12%', {value: 23.1, unit: '%', state: 'ok', why: '%'}],
	[0, '', undefined],
	[0, 'no snapshot', {value: undefined, unit: '%', state: 'unknown', why: 'no number: no snapshot'}],
	[0, '1.2.3', {value: undefined, unit: '%', state: 'unknown', why: 'no number: 1.2.3'}],
	[0, `1${'0'.repeat(400)}`, {value: undefined, unit: '%', state: 'unknown', why: `no number: 1${'0'.repeat(400)}`}],
	[5, '12', {value: undefined, unit: '%', state: 'unknown', why: '12'}],
	[5, '', {value: undefined, unit: '%', state: 'unknown', why: 'could not be read (exit 5)'}],
	[124, '12', {value: undefined, unit: '%', state: 'unknown', why: 'no answer in time'}],
];

for (const [exit, line, reading] of rows) {
	test(`exit ${exit} and “${line.slice(0, 30)}” are read as ${reading ? (reading.value ?? reading.state) : 'nothing'}`, () => {
		assert.deepEqual(documentReading(gauge, exit, line), reading);
	});
}

test('without thresholds every number is in order', () => {
	assert.equal(documentReading({name: 'queue', unit: ''}, 0, '1000000')?.state, 'ok');
});
