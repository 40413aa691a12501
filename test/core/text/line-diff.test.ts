import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {lineDiff} from '../../../source/core/text/line-diff.ts';

const table: [string, string, string[]][] = [
	['a', 'a', [' a']],
	['a', 'b', ['-a', '+b']],
	['a\nb\nc', 'a\nc', [' a', '-b', ' c']],
	['a\nc', 'a\nb\nc', [' a', '+b', ' c']],
	['a\nb\nc\nd', 'x\nb\ny\nd', ['-a', '+x', ' b', '-c', '+y', ' d']],
	['', 'a', ['-', '+a']],
	['a\na', 'a', [' a', '-a']],
];
for (const [before, after, lines] of table) {
	test(`From ${JSON.stringify(before)} to ${JSON.stringify(after)} it is ${lines.join(' ')}`, () => {
		assert.deepEqual(lineDiff(before, after), lines);
	});
}

test('A difference holds both texts, whatever they are', () => {
	const texts = fc.array(fc.constantFrom('a', 'b', 'c', ''), {minLength: 1}).map(lines => lines.join('\n'));
	const without = (sign: string, lines: string[]) =>
		lines.flatMap(line => (line.startsWith(sign) ? [] : [line.slice(1)])).join('\n');
	fc.assert(
		fc.property(texts, texts, (before, after) => {
			const lines = lineDiff(before, after);
			assert.equal(without('+', lines), before);
			assert.equal(without('-', lines), after);
		}),
	);
});

test('Texts of ten thousand other lines are not compared line by line', () => {
	const of = (word: string) => Array.from({length: 10_000}, (_, number) => `${word} ${number}`).join('\n');
	const lines = lineDiff(of('a'), of('b'));
	assert.equal(lines.length, 20_000);
	assert.deepEqual([lines[0], lines[10_000]], ['-a 0', '+b 0']);
});
