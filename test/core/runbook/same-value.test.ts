import assert from 'node:assert/strict';
import {test} from 'node:test';
import {difference, sameValue} from '../../../source/core/runbook/same-value.ts';

const prose = (markdown: string) => ({kind: 'prose', markdown});
const table: [string, unknown, unknown, string | undefined][] = [
	['equal values', {a: [1, {b: 'x'}]}, {a: [1, {b: 'x'}]}, undefined],
	['other places', {a: 1, place: {line: 1}}, {a: 1, place: {line: 2}}, undefined],
	['other levels', {level: 1}, {level: 2}, undefined],
	['another strictness', {declared: true}, {declared: false}, undefined],
	['an absent and an undefined property', {a: 1, b: undefined}, {a: 1}, undefined],
	['blank lines around prose', prose('\n \na\n\nb'), prose('a\n\nb\n\n'), undefined],
	['blanks before prose', prose('  a'), prose('a'), 'markdown'],
	['blank lines within prose', prose('a\n\nb'), prose('a\nb'), 'markdown'],
	['another leaf', {a: [1, {b: 'x'}]}, {a: [1, {b: 'y'}]}, 'a.1.b'],
	['a longer list', {a: [1]}, {a: [1, 2]}, 'a.1'],
	['a list and a record', {a: []}, {a: {}}, 'a'],
	['null and a record', {a: null}, {a: {}}, 'a'],
];

for (const [title, left, right, path] of table) {
	test(`${title}: ${path === undefined ? 'the same value' : `a difference at ${path}`}`, () => {
		assert.equal(difference(left, right), path);
		assert.equal(sameValue(left, right), path === undefined);
	});
}
