import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {rowText, rowWidth} from '../../../../source/core/text/row.ts';
import {keysIn} from '../../../../source/views/ui/parts/key-of.ts';
import {lineRow} from '../../../../source/views/ui/parts/line-row.ts';
import {editLine, insert, lineOf} from '../../../../source/views/ui/parts/text-line.ts';

test('a line is written and mended as in a shell', () => {
	const cases: [value: string, keys: string[], value: string, at: number][] = [
		['abc', ['backspace'], 'ab', 2],
		['abc', ['left', 'backspace'], 'ac', 1],
		['abc', ['home', 'delete'], 'bc', 0],
		['abc', ['home', 'backspace'], 'abc', 0],
		['one two ', ['erase-word'], 'one ', 4],
		['one two', ['left', 'erase'], 'o', 0],
		['日e\u0301🙂', ['backspace', 'backspace'], '日', 1],
		['abc', ['left', 'left', 'right', 'end'], 'abc', 3],
	];
	for (const [given, keys, value, at] of cases) {
		let line = lineOf(given);
		for (const key of keys) line = editLine(line, key) ?? line;
		assert.deepEqual(line, {value, at}, `${given} ${keys}`);
	}
	assert.deepEqual(insert({value: 'ad', at: 1}, 'bc'), {value: 'abcd', at: 3});
	assert.equal(editLine(lineOf('a'), 'return'), undefined);
});

test('the cursor is in view, and the line is never wider than its place', () => {
	const character = fc.constantFrom('a', '日', '🙂', ' ', 'e\u0301');
	fc.assert(
		fc.property(fc.array(character, {maxLength: 80}), fc.nat(90), fc.integer({min: 2, max: 60}), (parts, at, width) => {
			const line = {value: parts.join(''), at: Math.min(at, parts.length)};
			const row = lineRow(line, width);
			assert.ok(rowWidth(row) <= width);
			assert.ok(row.some(span => span.inverse && span.text !== ''));
			assert.ok(`${line.value} `.includes(rowText(row)));
		}),
	);
});

test('keys that come together are told apart', () => {
	const cases: [string, string[]][] = [
		['web1\r', ['web1', 'return']],
		['a\x7fb', ['a', 'backspace', 'b']],
		['\x15new', ['erase', 'new']],
		['\x01\x02', []],
	];
	for (const [given, expected] of cases) assert.deepEqual(keysIn(given), expected);
});
