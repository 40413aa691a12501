import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {proseText} from '../../../source/views/plain/prose-text.ts';
import {wrap} from '../../../source/views/plain/wrap.ts';
import {processorTime} from '../../helpers/processor-time.ts';

const cases: [what: string, markdown: string, lines: string[]][] = [
	['a paragraph that the editor broke is one', 'one two\nthree four five', ['one two three four', 'five']],
	['list items stay apart, and hang', '- one two three four five\n- six', ['- one two three four', '  five', '- six']],
	['numbers hang, too', '10. one two three four', ['10. one two three', '    four']],
	['comments are no prose', 'one <!-- handrail when="pm=apt" --> two', ['one  two']],
	['a document of comments alone is empty', '<!-- a\nb -->\n\n', []],
	['a break of the author is kept', 'one  \ntwo', ['one', 'two']],
	['empty lines are single', '\n\none\n\n\n\ntwo\n', ['one', '', 'two']],
	['a table that fits is aligned', '| a | bb |\n|---|---|\n| ccc | d |', ['a    bb', 'ccc  d']],
	[
		'a wide table is read row by row',
		'| Where | When to do it |\n|:-|-:|\n| Production | at midnight |',
		['Production', '    When to do it:', '        at midnight'],
	],
	['what a terminal would obey is shown', 'one\x1b[31m \u202etwo', ['one�[31m �two']],
	['a word that is too long stays whole', 'https://example.org/a/long/link', ['https://example.org/a/long/link']],
];

for (const [what, markdown, lines] of cases) {
	test(`prose: ${what}`, () => assert.deepEqual(proseText(markdown, 20), lines));
}

test('wrapping keeps every word and its order, and is no wider than asked where the words allow', () => {
	fc.assert(
		fc.property(fc.array(fc.string({unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 12})), words => {
			const lines = wrap(words.join(' '), 20, '    ');
			assert.deepEqual(lines.join(' ').split(/ +/).filter(Boolean), words);
			for (const line of lines) assert.ok(line.length <= 20, JSON.stringify(lines));
		}),
	);
});

test('prose never throws and never takes long, whatever it is', () => {
	fc.assert(
		fc.property(
			fc.string({unit: fc.constantFrom('|', '-', ' ', '\n', '<!--', '-->', 'a', '\\', '>', '1.'), maxLength: 300}),
			text => {
				for (const line of proseText(text, 30)) assert.ok(!line.includes('\n'));
			},
		),
	);
	const time = processorTime(() => {
		proseText('<!-- '.repeat(20_000), 80);
		proseText(`| ${'a | '.repeat(20_000)}\n| - |`, 80);
		proseText('a '.repeat(1_000_000), 80);
		proseText('| a | b |\n'.repeat(200_000), 80);
	});
	assert.ok(time < 5000, `${time} ms`);
});
