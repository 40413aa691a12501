import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {compile, firstMatch, PatternError, PatternSearch} from '../../../source/core/text/patterns.ts';

const output = 'Reading lists\nE: Unable to lock\nE: dpkg was interrupted\ndone';

const table: [string, string, string, {line: number; text: string} | undefined][] = [
	['the beginning of a line', '^E: ', output, {line: 2, text: 'E: Unable to lock'}],
	['the end of a line', 'interrupted$', output, {line: 3, text: 'E: dpkg was interrupted'}],
	['a last line without a line feed', '^done$', output, {line: 4, text: 'done'}],
	['the case counts', '^e: ', output, undefined],
	['unless the pattern says otherwise', '(?i)^e: ', output, {line: 2, text: 'E: Unable to lock'}],
	['a class does not reach into the next line', 'lists[^x]*Unable', output, undefined],
	['a dot neither', 'lists.*Unable', output, undefined],
	['a named line break does', 'lists\\nE: Un', output, {line: 1, text: 'Reading lists'}],
	['so does a dot that matches one', '(?s)Unable.*done', output, {line: 2, text: 'E: Unable to lock'}],
	['an empty line', '^$', 'a\n\nb', {line: 2, text: ''}],
	['nothing in nothing', 'a', '', undefined],
	['a long line is shortened', 'x$', 'x'.repeat(5000), {line: 1, text: 'x'.repeat(1000)}],
];

for (const [title, pattern, text, expected] of table) {
	test(`a pattern matches: ${title}`, () => assert.deepEqual(firstMatch(compile(pattern), text), expected));
}

const wrong: [string, RegExp][] = [
	['', /empty/],
	['(a', /missing closing \): `\(a`/],
	['a(?=b)', /invalid or unsupported Perl syntax: `\(\?=`/],
	['(a)\\1', /invalid escape sequence: `\\1`/],
	['*', /missing argument to repetition operator: `\*`/],
	['a{1000}{1000}', /invalid/],
	['[z-a]', /invalid character class range/],
];

for (const [pattern, reason] of wrong) {
	test(`the pattern "${pattern}" is refused with a reason`, () => {
		assert.throws(
			() => compile(pattern),
			(error: Error) => error instanceof PatternError && reason.test(error.message),
		);
	});
}

test('a match across lines is found wherever windows begin, up to 20 lines long', () => {
	const pattern = compile('start\\n(x\\n){18}end');
	for (const before of [0, 1, 19, 20, 21, 39, 40, 41, 777]) {
		const text = `${'y\n'.repeat(before)}start\n${'x\n'.repeat(18)}end\n${'y\n'.repeat(50)}`;
		assert.deepEqual(firstMatch(pattern, text), {line: before + 1, text: 'start'}, `behind ${before} lines`);
	}
});

test('however output is cut, the first match of each pattern is the same', () => {
	const patterns = ['^b', 'a$', 'a\\nb', '(?s)b.*b', '^$'].map(compile);
	const text = fc.array(fc.constantFrom('a', 'b', '\n', 'c\n'), {maxLength: 60});
	fc.assert(
		fc.property(text, pieces => {
			const search = new PatternSearch(patterns);
			for (const piece of pieces) search.write(piece);
			search.end();
			assert.deepEqual(
				search.matches,
				patterns.map(pattern => firstMatch(pattern, pieces.join(''))),
			);
		}),
		{numRuns: 500},
	);
});

test('a pattern is tried on each line by itself, however many of them come together', () => {
	const patterns = ['a[^b]*c', 'a\\sc', '\\Ac', 'a\\z', '(?-m)^b', '(?-m:a$)', '^c$', '\\ba\\b', 'a\\Bc', 'c|b$'].map(
		compile,
	);
	const line = fc.array(fc.constantFrom('a', 'b', 'c', ' '), {maxLength: 4}).map(characters => characters.join(''));
	fc.assert(
		fc.property(fc.array(line, {minLength: 1, maxLength: 12}), lines => {
			for (const pattern of patterns) {
				const at = lines.findIndex(each => firstMatch(pattern, each));
				const expected = at < 0 ? undefined : {line: at + 1, text: lines[at]};
				assert.deepEqual(firstMatch(pattern, lines.join('\n')), expected, pattern.source);
			}
		}),
		{numRuns: 500},
	);
});

test('a pattern that would take a backtracking engine for ever is linear over megabytes', () => {
	const started = performance.now();
	assert.equal(firstMatch(compile('(x+x+)+y'), 'x'.repeat(3_000_000)), undefined);
	assert.equal(firstMatch(compile('(.*)*=\\n'), `${'x'.repeat(100)}\n`.repeat(20_000)), undefined);
	assert.ok(performance.now() - started < 20_000);
});
