import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nearest} from '../../../source/core/text/nearest.ts';

const words = ['check', 'show', 'diagnose', 'export', 'run', 'runs', 'resume'];
const table: [string, string | undefined][] = [
	['chekc', 'check'],
	['chck', 'check'],
	['shwo', 'show'],
	['diagnos', 'diagnose'],
	['rum', 'run'],
	['run', 'run'],
	['resumee', 'resume'],
	['patch', undefined],
	['x', undefined],
	['', undefined],
];

for (const [word, meant] of table) {
	test(`"${word}" was probably meant to be ${meant}`, () => assert.equal(nearest(word, words), meant));
}
