import assert from 'node:assert/strict';
import {test} from 'node:test';
import {largestDocument, readDocument} from '../../../source/core/runbook/read-document.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

const refused: [title: string, content: Uint8Array, code: string][] = [
	['a file of more than 10 MiB', new Uint8Array(largestDocument + 1).fill(97), 'file-too-big'],
	['a binary file', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0), 'file-binary'],
	['a file in UTF-16', Uint8Array.of(0xff, 0xfe, 35, 0, 32, 0), 'file-binary'],
	['a file in Latin-1', Uint8Array.of(0x23, 0x20, 0xfc), 'file-encoding'],
];

for (const [title, content, code] of refused) {
	test(`${title} is refused with one error, and still gives a document`, () => {
		const {findings, runbook} = readDocument(content, 'a/b.md');
		assert.deepEqual(
			findings.map(finding => [finding.code, finding.severity, finding.file, finding.line]),
			[[code, 'error', 'a/b.md', 1]],
		);
		assert.equal(runbook.title, 'b');
	});
}

for (const file of ['x.yaml', 'x.yml', 'X.YAML']) {
	test(`${file} is read as YAML`, () => assert.equal(readDocument(bytes('title: T'), file).runbook.title, 'T'));
}

for (const file of ['x.md', 'x.markdown', 'README', 'x.yaml.md', '.md']) {
	test(`${file} is read as Markdown`, () => assert.equal(readDocument(bytes('# T\n\na: b'), file).runbook.title, 'T'));
}

for (const [file, title] of [
	['a/b.c.md', 'b.c'],
	['README', 'README'],
	['.hidden', '.hidden'],
	['', 'runbook'],
] as const) {
	test(`without a title "${file}" is called ${title}`, () =>
		assert.equal(readDocument(bytes(''), file).runbook.title, title));
}
