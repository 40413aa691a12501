import assert from 'node:assert/strict';
import {test} from 'node:test';
import {formatRequire, parseRequire} from '../../../source/core/runbook/require.ts';

test('every kind of term is read, and a mount alone means its disk', () => {
	assert.deepEqual(parseRequire('window promotion rollback load<1.5 units=unchanged /boot<90 inode:/<80%'), [
		{kind: 'window'},
		{kind: 'promotion'},
		{kind: 'rollback'},
		{kind: 'gauge', gauge: 'load', below: 1.5},
		{kind: 'gauge', gauge: 'units', unchanged: true},
		{kind: 'gauge', gauge: 'disk:/boot', below: 90},
		{kind: 'gauge', gauge: 'inode:/', below: 80},
	]);
});

for (const wrong of ['', 'windows', 'load>1', 'load<', 'load<a', 'load=changed', '<3', 'lock<']) {
	test(`"${wrong}" is no requirement`, () => assert.equal(parseRequire(wrong), undefined));
}

test('requirements read back from their text', () => {
	const text = 'window disk:/boot<90 units=unchanged';
	assert.equal(formatRequire(parseRequire(text)!), text);
});
