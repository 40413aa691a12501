import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Diagnoser, diagnose} from '../../../source/core/runbook/diagnose.ts';
import {readMarkdown} from '../../../source/core/runbook/read-markdown.ts';

const entry = (title: string, ...patterns: string[]) =>
	`### ${title}\n\n\`\`\`text { symptom }\n${patterns.join('\n')}\n\`\`\`\n\n`;
const {runbook} = readMarkdown(
	`# T\n\n## Troubleshooting\n\n${entry('Locked', '^E: Could not get lock', 'lock-frontend$')}${entry('Full', 'No space left')}`,
	't.md',
);

const table: [string, string, [string, number][]][] = [
	['nothing', 'all is well\n', []],
	['a pattern at the beginning of a later line', 'a\nE: Could not get lock x\n', [['Locked', 2]]],
	['no line in the middle of which the pattern stands', 'x E: Could not get lock\n', []],
	['a last line without its end', 'x\n/var/lib/dpkg/lock-frontend', [['Locked', 2]]],
	['other letters', 'no space left\n', []],
	[
		'entries in the order of the document, not of the output',
		'No space left\nE: Could not get lock\nNo space left\n',
		[
			['Locked', 2],
			['Full', 1],
		],
	],
	['a line that colours break up', 'No \u001b[1mspace\u001b[0m left\n', [['Full', 1]]],
	['a line that overwrites another', 'progress 10 %\rNo space left\n', [['Full', 1]]],
];
for (const [title, output, found] of table) {
	test(`diagnose finds ${title}, at once and byte by byte`, () => {
		const seen = diagnose(runbook, output).map(({section, line}) => [section.title, line]);
		assert.deepEqual(seen, found);
		const search = new Diagnoser(runbook);
		for (const byte of Buffer.from(output)) search.write(Uint8Array.of(byte));
		assert.deepEqual(
			search.end().map(({section, line}) => [section.title, line]),
			found,
		);
	});
}
