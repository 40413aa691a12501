import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Requirement, When} from '../../../source/core/runbook/model.ts';
import {durationText, requireText, whenText} from '../../../source/core/runbook/terms-text.ts';
import {parseDuration} from '../../../source/core/text/duration.ts';

test('conditions are written as authors write them', () => {
	const when: When = [
		{key: 'pm', not: false, values: ['apt', 'dnf']},
		{key: 'os', not: true, values: ['debian']},
	];
	assert.equal(whenText(when), 'pm=apt,dnf os!=debian');
	assert.equal(whenText([]), '');
});

test('requirements are written as authors write them', () => {
	const require: Requirement[] = [
		{kind: 'window'},
		{kind: 'rollback'},
		{kind: 'gauge', gauge: 'disk:/boot', below: 90},
		{kind: 'gauge', gauge: 'inode:/boot', below: 90},
		{kind: 'gauge', gauge: 'units', unchanged: true},
	];
	assert.equal(requireText(require), 'window rollback /boot<90 inode:/boot<90 units=unchanged');
});

const durations: [number, string][] = [
	[1, '1ms'],
	[1500, '1500ms'],
	[90_000, '90s'],
	[600_000, '10m'],
	[5_400_000, '90m'],
	[86_400_000, '24h'],
];
for (const [milliseconds, text] of durations) {
	test(`${milliseconds} ms are written as ${text}, and read back exactly`, () => {
		assert.equal(durationText(milliseconds), text);
		assert.equal(parseDuration(text), milliseconds);
	});
}
