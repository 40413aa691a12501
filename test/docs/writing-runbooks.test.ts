import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {
	commandAttributes,
	manualAttributes,
	sectionAttributes,
	symptomAttributes,
} from '../../source/core/runbook/attributes/attribute-table.ts';
import {shellLanguages} from '../../source/core/runbook/markdown/shell-fence.ts';
import {readMarkdown} from '../../source/core/runbook/read-markdown.ts';
import {readYaml} from '../../source/core/runbook/read-yaml.ts';
import {builtInGauges} from '../../source/core/runbook/require.ts';
import {factKeys} from '../../source/core/runbook/when.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/writing-runbooks.md');
const isNamed = (word: string) => new RegExp(`[\`" ]${word}[\`="\\\\ ,)]`).test(page);

const tables: [string, Iterable<string>][] = [
	['attribute of commands', Object.keys(commandAttributes)],
	['attribute of sections', Object.keys(sectionAttributes)],
	['attribute of manual items', Object.keys(manualAttributes)],
	['attribute of symptoms', Object.keys(symptomAttributes)],
	['fact', factKeys],
	['gauge', builtInGauges],
	['shell', shellLanguages],
];
for (const [what, words] of tables) {
	test(`every ${what} is explained`, () => {
		for (const word of words) assert.ok(isNamed(word), word);
	});
}

test('the codes of findings are the documented ones, with their severities', () => {
	const said = [...read('source/core/runbook/findings.ts').matchAll(/^\t'([a-z-]+)':[\s\S]*?(error|warning)\(/gm)];
	const known = said.map(([, code, severity]) => `${severity} ${code}`);
	const section = (title: string) => page.slice(page.indexOf(title)).split(/\n##+ /)[0]!;
	const codes = (text: string) => [...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code!);
	const documented = [
		...codes(section('Errors: nothing runs')).map(code => `error ${code}`),
		...codes(section('Warnings: it runs')).map(code => `warning ${code}`),
	];
	assert.deepEqual(documented.filter(code => code !== 'error unreadable').sort(), known.sort());
});

const fences = [...page.matchAll(/^(`{3,})(markdown|yaml)\n([\s\S]*?)^\1$/gm)];
for (const [, , language, text] of fences) {
	test(`the example that begins with "${text!.trim().split('\n', 1)[0]}" has no error`, () => {
		const isDocument = language === 'yaml' && !text!.startsWith('---');
		const {findings} = isDocument ? readYaml(text!, 'example.yaml') : readMarkdown(text!, 'example.md');
		assert.deepEqual(
			findings.filter(({severity}) => severity === 'error'),
			[],
		);
	});
}

test('the page itself holds the examples that are tried', () => assert.ok(fences.length >= 7));
