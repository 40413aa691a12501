import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import fc from 'fast-check';
import {readDocument} from '../../../source/core/runbook/read-document.ts';
import {readMarkdown} from '../../../source/core/runbook/read-markdown.ts';
import {readYaml} from '../../../source/core/runbook/read-yaml.ts';
import {fragments} from '../../helpers/markdown-fragments.ts';

const numRuns = Number(process.env['FUZZ'] ?? 2000);
const documents = fc.array(fc.constantFrom(...fragments), {maxLength: 30}).map(parts => parts.join(''));

test('no document built of nasty fragments breaks a reader', () => {
	fc.assert(
		fc.property(documents, source => {
			const {findings, runbook} = readMarkdown(source, 'x.md');
			const lines = source.split(/\r\n|\r|\n/).length;
			for (const finding of findings) {
				assert.ok(finding.line >= 1 && finding.line <= lines && finding.column >= 1, JSON.stringify(finding));
			}
			assert.notEqual(runbook.title, '');
			readYaml(source, 'x.yaml');
		}),
		{numRuns},
	);
});

test('every word of a document comes through, whatever stands around it', () => {
	const isText = (part: string) => !/<!--|[{`<]|title|\[a\]:|\+\+\+|---/.test(part);
	const marked = fc
		.array(fc.tuple(fc.constantFrom(...fragments.filter(isText)), fc.boolean()), {maxLength: 20})
		.map(parts => parts.map(([part, hasWord], at) => (hasWord ? `${part}WORD${at} ` : part)).join(''));
	fc.assert(
		fc.property(marked, source => {
			const text = JSON.stringify(readMarkdown(source, 'x.md').runbook, (key, value) =>
				key === 'id' ? undefined : value,
			);
			for (const word of new Set(source.match(/WORD\d+\b/g))) assert.ok(text.includes(word), word);
		}),
		{numRuns: Math.min(numRuns, 20_000)},
	);
});

test('no change of bytes of the guide breaks the reader', () => {
	const guide = readFileSync(new URL('../../fixtures/linux-patching-guide.md', import.meta.url));
	const changes = fc.array(fc.tuple(fc.nat(guide.length), fc.nat(12), fc.uint8Array({maxLength: 6})), {maxLength: 8});
	fc.assert(
		fc.property(changes, fc.constantFrom('x.md', 'x.yaml'), (edits, file) => {
			let bytes = Buffer.from(guide);
			for (const [at, cut, put] of edits) bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]);
			readDocument(bytes, file);
		}),
		{numRuns},
	);
});
