import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import type {Section} from '../../../source/core/runbook/model.ts';
import {buildReport} from '../../../source/views/report/build-report.ts';
import {reportMarkdown} from '../../../source/views/report/markdown.ts';
import {code, fence, table} from '../../../source/views/report/markdown-text.ts';
import {aRun} from './a-run.ts';

// As generous as any reader is: HTML, links in plain text, tables.
const reader = new MarkdownIt({html: true, linkify: true});

/** What a reader takes for structure: everything but the text in code spans and fences. */
function structureOf(markdown: string): string[] {
	return reader.parse(markdown, {}).flatMap(({type, tag, info, children}) => {
		const inline = (children ?? []).map(child => (child.type === 'text' ? `text ${words(child.content)}` : child.type));
		return [`${type} ${tag} ${info}`, ...inline];
	});
}

/** Counts differ with the number of lines of a text; glued text of our own stays. */
const words = (text: string): string => text.replaceAll(/\d+/g, 'N').trim();

/** A run in which a text stands wherever the document, a host or a person says something. */
function markdownWith(text: string): string {
	const material = aRun(text);
	const retitle = (section: Section): Section => ({
		...section,
		title: `${section.id} ${text}`,
		sections: section.sections.map(retitle),
	});
	const runbook = {...material.runbook!, sections: material.runbook!.sections.map(retitle)};
	const receipt = {receipt: 1 as const, run: text, title: text, runbook: text, ticket: text, hosts: []};
	const ends = {started: text, ended: text, end: 'completed' as const, deviations: 1, head: text};
	const problems = [text];
	return reportMarkdown(buildReport({...material, runbook, problems, receipt: {...receipt, ...ends}}));
}

const plain = structureOf(markdownWith('words'));

const hostile: [string, string][] = [
	['a heading', '# Approved'],
	['a heading of the other kind', 'x\n===\n'],
	['a cell of a table', 'a | b \\| c \\\\| d'],
	['the end of a fence', 'x\n```\n# Approved\n```sh\nrm -rf /'],
	['the end of a longer fence', '`````````'],
	['the end of a code span', '` <b>bold</b> `` [x](http://evil.example) ```'],
	['a link', '[approved](http://evil.example) http://evil.example www.evil.example a@evil.example'],
	['an image', '![x](http://evil.example/x.png)'],
	['HTML', '<script>alert(1)</script><!-- -->'],
	['the begin of a comment', '<!--'],
	['a quotation', '> DAMAGED\n> RECORD'],
	['a reference', '[x]: http://evil.example\n[^1]: note'],
	['a list', '- a\n1. b\n- [x] done'],
	['a rule', '---'],
	['escape sequences', '\u001b[2J\u001b]52;c;eA==\u0007\u009b31m'],
	['text that runs from right to left', '\u202egnp.exe'],
	['line separators', 'a\u2028# b\u2029# c\u0085# d\u000b# e\r# f\r\n# g'],
	['backticks at its ends', '`x`'],
	['blanks at its ends', '  x  '],
];
for (const [what, text] of hostile) {
	test(`Nothing that is said forges ${what} in a report`, () => {
		const markdown = markdownWith(text);
		assert.deepEqual(structureOf(markdown), plain);
		assert.doesNotMatch(markdown, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e\u2028\u2029]/);
	});
}

test('Whatever is said, a report has the structure that it has with plain words', () => {
	const pieces = fc.constantFrom(
		'`',
		'``',
		'```',
		'|',
		'\\',
		'\n',
		' ',
		'#',
		'[x](y)',
		'<b>',
		'>',
		'-',
		'~~~',
		'*',
		'_',
		'&lt;',
		'x',
		'$',
	);
	const texts = fc.array(pieces, {minLength: 1, maxLength: 12}).map(each => `a${each.join('')}`);
	fc.assert(
		fc.property(texts, text => assert.deepEqual(structureOf(markdownWith(text)), plain)),
		{numRuns: 150},
	);
});

const spans: [string, string][] = [
	['x', '`x`'],
	['`', '`` ` ``'],
	['a `` b', '```a `` b```'],
	['a ` b `` c', '```a ` b `` c```'],
	[' x ', '`  x  `'],
	['a\nb\tc', '`a b c`'],
	['', '(empty)'],
	[' \n', '(empty)'],
];
for (const [text, span] of spans) {
	test(`${JSON.stringify(text)} as a code span is ${span}`, () => {
		assert.equal(code(text), span);
	});
}

test('A code span says the text itself, however many backticks it has', () => {
	const texts = fc.array(fc.constantFrom('`', '``', ' ', 'x', '\\'), {minLength: 1}).map(each => `${each.join('')}y`);
	fc.assert(
		fc.property(texts, text => {
			const [paragraph] = reader.parseInline(`- ${code(text)}`, {});
			assert.deepEqual(
				paragraph?.children?.map(({content}) => content),
				['- ', text],
			);
		}),
	);
});

test('A fence is longer than every run of backticks in it', () => {
	assert.deepEqual(fence('a\n````\nb', 'text'), ['`````text', 'a', '````', 'b', '`````']);
});

test('A table keeps its columns, whatever stands in its cells', () => {
	assert.deepEqual(table(['A', 'Name'], [[code('a|b'), 'x']]), [
		'| A      | Name |',
		'| ------ | ---- |',
		'| `a\\|b` | x    |',
	]);
});
