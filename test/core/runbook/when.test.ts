import assert from 'node:assert/strict';
import {test} from 'node:test';
import {canHoldTogether, formatWhen, parseWhen} from '../../../source/core/runbook/when.ts';

test('terms are key=a,b and key!=a,b, joined by blanks', () => {
	assert.deepEqual(parseWhen(' pm=apt,dnf  KERNEL!=old '), [
		{key: 'pm', not: false, values: ['apt', 'dnf']},
		{key: 'KERNEL', not: true, values: ['old']},
	]);
});

for (const wrong of ['', 'pm', 'pm=', '=apt', 'pm=apt,', 'pm<3', '1x=y', 'pm = apt', `pm=${'a,'.repeat(60)}b`]) {
	test(`"${wrong.slice(0, 20)}" is no condition`, () => assert.equal(parseWhen(wrong), undefined));
}

test('a condition reads back from its text', () => {
	for (const text of ['pm=apt', 'pm!=apt,dnf os=debian', 'version=9 TX=a']) {
		assert.equal(formatWhen(parseWhen(text)!), text);
	}
});

const pairs: [one: string, other: string, together: boolean][] = [
	['pm=apt', 'pm=dnf', false],
	['pm=apt,dnf', 'pm=dnf,yum', true],
	['pm=apt', 'os=debian', true],
	['pm=apt', 'pm!=apt', false],
	['pm=apt,dnf', 'pm!=apt', true],
	['pm!=apt', 'pm!=dnf', true],
	['version=9', 'version=9.4', true],
	['version=9', 'version=90', false],
	['version=9.4', 'version!=9', false],
	['version=9', 'version!=9.4', true],
	['os=debian pm=apt', 'os=debian pm=dnf', false],
];

for (const [one, other, together] of pairs) {
	test(`${one} and ${other} ${together ? 'may' : 'cannot'} hold together`, () => {
		assert.equal(canHoldTogether(parseWhen(one)!, parseWhen(other)!), together);
		assert.equal(canHoldTogether(parseWhen(other)!, parseWhen(one)!), together);
	});
}

test('what holds always excludes nothing', () => assert.ok(canHoldTogether([], parseWhen('pm=apt')!)));
