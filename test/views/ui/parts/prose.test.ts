import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {rowText, rowWidth} from '../../../../source/core/text/row.ts';
import {proseRows} from '../../../../source/views/ui/parts/prose.ts';

const textOf = (markdown: string, width = 30): string[] =>
	proseRows(markdown, width).map(row => rowText(row).trimEnd());

test('prose reads as on the page', () => {
	const cases: [string, string[]][] = [
		['One *two* **three** `four`', ['One two three four']],
		['- a\n- b\n  - c', ['- a', '- b', '  - c']],
		['1. a\n2. b', ['1. a', '2. b']],
		['> quoted', ['> quoted']],
		['| a | b |\n|---|---|\n| 1 | 2 |', ['a   | b', '----+----', '1   | 2']],
		['```\ncode  kept\n```', ['  code  kept']],
		['a [link](#there) and <!-- unseen --> b', ['a link and b']],
		['![a picture](x.png)', ['[a picture]']],
		['one\n\ntwo', ['one', '', 'two']],
		['<!-- unseen -->', []],
		['one<br>two', ['one', 'two']],
		['---', ['--------------------']],
		['# A heading', ['A heading']],
		['a very long line that does not fit at all', ['a very long line that does not', 'fit at all']],
	];
	for (const [given, expected] of cases) assert.deepEqual(textOf(given), expected, given);
});

test('no code is left out, however long its lines', () => {
	const code = 'x'.repeat(100);
	assert.equal(textOf(`\`\`\`\n${code}\n\`\`\``).join('').replaceAll(' ', ''), code);
});

test('nothing that a terminal would obey comes out of prose', () => {
	const evil = '\x1b]52;c;aGk=\x07 \u202e \x9b31m';
	for (const markdown of [evil, `\`${evil}\``, `| ${evil} |\n|---|\n| x |`, `<b>${evil}</b>`, `![${evil}](x)`]) {
		assert.doesNotMatch(textOf(markdown).join('\n'), /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/);
	}
});

test('no row is wider than asked, whatever the document', () => {
	const part = fc.constantFrom(
		...[
			'# ',
			'- ',
			'1. ',
			'> ',
			'`',
			'**',
			'|',
			'\n',
			'\n\n',
			'---',
			'```\n',
			'[a](b)',
			'<b>',
			'<!--',
			'-->',
			'![',
			'](',
			'&amp;',
		],
		...[
			'word',
			'verylongwordthatgoesonandon',
			'日本語',
			'🙂👩🏽',
			'e\u0301',
			' ',
			'\t',
			'| a | b |\n|---|---|\n| c |\n',
		],
	);
	fc.assert(
		fc.property(fc.array(part, {maxLength: 40}), fc.integer({min: 20, max: 120}), (parts, width) => {
			for (const row of proseRows(parts.join(''), width)) {
				assert.ok(rowWidth(row) <= width, `${JSON.stringify(rowText(row))} in ${width}`);
				assert.doesNotMatch(rowText(row), /[\n\t]/);
			}
		}),
		{numRuns: 500},
	);
});
