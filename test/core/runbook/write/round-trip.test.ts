import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {Document, Runbook, Section} from '../../../../source/core/runbook/model.ts';
import {readMarkdown} from '../../../../source/core/runbook/read-markdown.ts';
import {readYaml} from '../../../../source/core/runbook/read-yaml.ts';
import {difference} from '../../../../source/core/runbook/same-value.ts';
import {toMarkdown} from '../../../../source/core/runbook/write/export-markdown.ts';
import {toYaml} from '../../../../source/core/runbook/write/export-yaml.ts';
import {nastyMarkdown} from '../../../helpers/nasty-markdown.ts';
import {runbookValues} from '../../../helpers/runbook-values.ts';

const numRuns = Number(process.env['FUZZ'] ?? 300);
const errorsOf = ({findings}: Document) => findings.filter(({severity}) => severity === 'error');

/** A list of links under a question that is no choice only because of where it stood (a heading or a sample in the list). */
function isAlmostChoice({title, content, sections}: Section): boolean {
	const isLinks = content.some(item => item.kind === 'prose' && /^(?:[-*+]|\d+[.)]) .*\]\(#/m.test(item.markdown));
	return (title.endsWith('?') && isLinks) || sections.some(isAlmostChoice);
}

function assertSame(read: Document, runbook: Runbook, text: string) {
	const where = difference(runbook, read.runbook);
	assert.equal(where, undefined, `differs at ${where}:\n${text}\n${JSON.stringify(errorsOf(read))}`);
	assert.deepEqual(errorsOf(read), [], text);
}

function assertRoundTrip(runbook: Runbook) {
	const yaml = toYaml(runbook);
	assertSame(readYaml(yaml, 'x.yaml'), runbook, yaml);
	const markdown = toMarkdown(runbook);
	assertSame(readMarkdown(markdown, 'x.md'), runbook, markdown);
}

test('any document without errors survives Markdown -> YAML -> Markdown', () => {
	fc.assert(
		fc.property(nastyMarkdown(), source => {
			const document = readMarkdown(source, 'x.md');
			fc.pre(errorsOf(document).length === 0 && !document.runbook.sections.some(isAlmostChoice));
			assertRoundTrip(document.runbook);
		}),
		{numRuns},
	);
});

test('any runbook value survives being written and read in both forms', () => {
	fc.assert(fc.property(runbookValues(), assertRoundTrip), {numRuns});
});

const reproductions = [
	'',
	'# \n',
	'---\n\ntext\n\n---\n',
	'**Only bold**\n### Prepare\n',
	'- ## Where to?\n  - [A](#a)\n  - [B](#b) or *b*\n\n  ### A\n\n  ### B\n',
	'``` not a fence ```\n3. - [ ] Tell people\n\n   - [ ] Tell people\n',
	'``` not a fence ```\n**Only bold**\n',
	'3. - [ ] Tell people\n\n   **Only bold**\n',
	'3. # Prepare\n\n   Plain text.\n---\n',
	'- [ ] Tell people\n\tindented by a tab\n\n\tand again\n=====\n',
	'+ plus\n\n# \n    - [ ] no item\n',
	'- [ ] task\n# T\n        code\n',
	'> ``` span ```\ntext\n- \n',
	'<details>\n</details>\n```sh\n\n```\nA long line of text that yaml would like to fold somewhere here.\n \n',
	'## Which?\n\n- [A](#a)\n\n**A**\n- [ ] Tell people\n',
];
for (const source of reproductions) {
	test(`${JSON.stringify(source)} reads back as it was`, () => assertRoundTrip(readMarkdown(source, 'x.md').runbook));
}
