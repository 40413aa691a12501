import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
	breakLine,
	breakRow,
	cut,
	fit,
	fitRow,
	type Row,
	rowText,
	rowWidth,
	widthOf,
	wrap,
} from '../../../source/core/text/row.ts';

/** What documents and hosts write: wide, combining, emoji, blanks, and any other character that is shown. */
const text = fc
	.array(
		fc.constantFrom('a', 'Z', '0', ' ', '  ', '日', '本', 'é', 'e\u0301', '🙂', '👩🏽', '🇩🇪', 'ー', '-', '\t', 'ﷺ'),
		{maxLength: 60},
	)
	.map(parts => parts.join(''));
const line = text.map(each => each.replaceAll('\t', ' '));
const row = fc.array(
	line.map(each => ({text: each, bold: each.length % 2 === 0})),
	{maxLength: 6},
);
const width = fc.integer({min: 2, max: 90});

test('a text in so many cells has exactly so many', () => {
	fc.assert(
		fc.property(line, fc.integer({min: 0, max: 90}), (each, cells) => assert.equal(widthOf(fit(each, cells)), cells)),
	);
	fc.assert(
		fc.property(row, fc.integer({min: 0, max: 90}), (each, cells) =>
			assert.equal(rowWidth(fitRow(each, cells)), cells),
		),
	);
	fc.assert(
		fc.property(line, fc.integer({min: 0, max: 90}), (each, cells) => assert.ok(widthOf(cut(each, cells)) <= cells)),
	);
});

test('what is cut says so', () => {
	const cases: [string, number, string][] = [
		['abc', 5, 'abc  '],
		['abcdef', 4, 'abc~'],
		['日本語', 4, '日~ '],
		['日本語', 5, '日本~'],
		['abc', 0, ''],
	];
	for (const [given, cells, expected] of cases) assert.equal(fit(given, cells), expected);
});

test('no line of a wrapped text is wider than asked, and no word is lost', () => {
	fc.assert(
		fc.property(text, width, fc.constantFrom('', '  ', '    '), (each, cells, indent) => {
			const lines = wrap(each, cells, indent);
			for (const one of lines) assert.ok(widthOf(one) <= cells, `${JSON.stringify(one)} in ${cells}`);
			const letters = (given: string) => given.replaceAll(/\s/g, '');
			assert.equal(letters(lines.join('')), letters(each));
		}),
	);
});

test('words are broken at blanks, and go on where the line began', () => {
	const cases: [string, number, string, string[]][] = [
		['one two three', 8, '', ['one two', 'three']],
		['  one two three', 9, '', ['  one two', '  three']],
		['one two three', 9, '  ', ['one two', '  three']],
		['abcdefghij', 4, '', ['abcd', 'efgh', 'ij']],
		['a\n\nb', 4, '', ['a', '', 'b']],
	];
	for (const [given, cells, indent, expected] of cases) assert.deepEqual(wrap(given, cells, indent), expected);
});

test('broken code is the same code, at exactly the width there is', () => {
	fc.assert(
		fc.property(text, width, (each, cells) => {
			const lines = breakLine(each, cells);
			for (const one of lines) assert.ok(widthOf(one) <= cells);
			assert.equal(lines.join(''), each.replaceAll('\t', '    '));
		}),
	);
	assert.deepEqual(breakLine('a  b', 3), ['a  ', 'b']);
});

test('a broken row keeps the look of each part', () => {
	const given: Row = [
		{text: 'abc', bold: true},
		{text: 'defg', colour: 'red'},
	];
	assert.deepEqual(breakRow(given, 5), [
		[
			{text: 'abc', bold: true},
			{text: 'de', colour: 'red'},
		],
		[{text: 'fg', colour: 'red'}],
	]);
	assert.deepEqual(breakRow([], 5), [[]]);
	fc.assert(
		fc.property(row, width, (each, cells) => assert.equal(breakRow(each, cells).map(rowText).join(''), rowText(each))),
	);
});
