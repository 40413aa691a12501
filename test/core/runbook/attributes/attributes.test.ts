import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseAttributes, parseInfo} from '../../../../source/core/runbook/attributes/attributes.ts';

const start = {line: 3, column: 6};
const pairs = (text: string) => parseAttributes(text, start).attributes.map(({key, value}) => [key, value]);

const table: [title: string, text: string, expected: [string, string | true][]][] = [
	[
		'words and values',
		' name=apply durable ',
		[
			['name', 'apply'],
			['durable', true],
		],
	],
	['double quotes', 'when="pm=apt os=debian"', [['when', 'pm=apt os=debian']]],
	['single quotes', `match='say "yes"'`, [['match', 'say "yes"']]],
	[
		'values are literal',
		'match="a\\nb \\" x',
		[
			['match', 'a\\nb \\'],
			['x', true],
		],
	],
	[
		'an empty value',
		'cwd= x=""',
		[
			['cwd', ''],
			['x', ''],
		],
	],
	['equals signs in a value', 'when=pm=apt', [['when', 'pm=apt']]],
	[
		'commas between quoted values',
		'a="1",b="2"',
		[
			['a', '1'],
			['b', '2'],
		],
	],
	[
		'the JSON form',
		'"name":"apply","tty":true,"retries":2,"x":"\\u0060"',
		[
			['name', 'apply'],
			['tty', true],
			['retries', '2'],
			['x', '`'],
		],
	],
	['nothing', '  ', []],
];

for (const [title, text, expected] of table) {
	test(`attributes: ${title}`, () => assert.deepEqual(pairs(text), expected));
}

const problems: [text: string, column: number, why: RegExp][] = [
	['name="x', 6, /no closing quote/],
	['a =b', 8, /key is missing/],
	['"name": x', 6, /JSON/],
];

for (const [text, column, why] of problems) {
	test(`what cannot be read is said with its place: ${text}`, () => {
		const {problem} = parseAttributes(text, start);
		assert.match(problem!.why, why);
		assert.deepEqual(problem!.place, {line: 3, column});
	});
}

test('places count lines and columns', () => {
	const {attributes} = parseAttributes('a b=1\n  c="x\ny" d', start);
	assert.deepEqual(
		attributes.map(({key, place}) => [key, place.line, place.column]),
		[
			['a', 3, 6],
			['b', 3, 8],
			['c', 4, 3],
			['d', 5, 4],
		],
	);
});

const infos: [info: string, keys: string[] | 'problem'][] = [
	[' { check }', ['check']],
	['{name=x}', ['name']],
	[' title="a {b}"', []],
	[' {a} b}', ['a}', 'b']],
	['', []],
	[' { check', 'problem'],
];

for (const [info, expected] of infos) {
	test(`after the language of a fence: ${JSON.stringify(info)}`, () => {
		const {attributes, problem} = parseInfo(info, start);
		assert.deepEqual(problem ? 'problem' : attributes.map(({key}) => key), expected);
	});
}
