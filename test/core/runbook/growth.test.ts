import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readMarkdown} from '../../../source/core/runbook/read-markdown.ts';
import {readYaml} from '../../../source/core/runbook/read-yaml.ts';
import {processorTime} from '../../helpers/processor-time.ts';

const each = (count: number, text: (at: number) => string) => Array.from({length: count}, (_, at) => text(at)).join('');
const fence = (text: string, info = 'sh') => `\`\`\`${info}\n${text}\n\`\`\`\n`;

/** Documents that make careless readers quadratic, by size. */
const shapes: Record<string, (size: number) => string> = {
	'items of a list': size => '- a [b](#c)\n'.repeat(size),
	'fences in one item': size => `- a\n${'\n  ```sh\n  ls\n  ```\n  b\n'.repeat(size / 4)}`,
	'nested tasks': size => each(size / 2, at => `${'  '.repeat(at % 40)}- [ ] a\n`),
	'quotes in quotes': size => `${'>'.repeat(size * 10)} a\n`,
	'lists in lists': size => `${'- '.repeat(size * 10)}a\n`,
	'rows of a table': size => `|a|b|\n|-|-|\n${'|[a](#b)|`c`|\n'.repeat(size)}`,
	'links in one line': size => '[a](#b) `c` '.repeat(size),
	'links that never end': size => '](#'.repeat(size * 5),
	'code marks of all lengths': size => '` `` ``` '.repeat(size * 2),
	'headings of one name': size => each(size, at => `## a-${at}\n## a\n`),
	'bold headings': size => '**a**\n\n'.repeat(size),
	'a table of contents without sections': size =>
		each(size / 4, at => `- [a${at}](#b${at})\n`) + each(size / 4, at => `## x${at}\n`),
	'quotes never closed at prompts': size => fence("$ echo '\nfoo\n".repeat(size)),
	'here-documents at a prompt': size => fence(`$ cat <<EOF\n${'> foo\n'.repeat(size * 5)}`, 'console'),
	'nested substitutions': size => fence('"$(`'.repeat(size * 4)),
	placeholders: size => fence('{{a}} <b> $C '.repeat(size)),
	'variants of one name': size => `## x\n${each(size / 4, at => fence('ls', `sh {name=a when="pm=p${at}"}`))}`,
	'attributes of one fence': size => fence('ls', `sh {${each(size * 2, at => `a${at}="x" `)}}`),
	'comments never closed': size => `## x\n${'a <!-- handrail \n'.repeat(size)}`,
	'keys of front matter': size => `---\n${each(size / 2, at => `k${at}: v\n`)}---\n`,
};

for (const [title, shape] of Object.entries(shapes)) {
	test(`reading time grows with the size, not its square: ${title}`, () => isLinear(shape, readMarkdown));
}

test('reading time of YAML grows with the size, not its square', () => {
	isLinear(
		size => `sections:\n${each(size / 4, at => `  - {title: a, content: [b, {sh: 'ls $A${at}'}]}\n`)}`,
		readYaml,
	);
	isLinear(size => `title: T\n${each(size / 4, at => `k${at}: v\n`)}`, readYaml);
});

/** Eight times the size may take at most 24 times as long (a square takes 64 times); processor time, the best of three. */
function isLinear(shape: (size: number) => string, read: (source: string, file: string) => unknown) {
	const base = 500;
	timeOf(shape(base), read);
	const small = Math.max(timeOf(shape(base), read), 2);
	const large = timeOf(shape(base * 8), read);
	assert.ok(large < small * 24 + 20, `${small.toFixed(1)} ms became ${large.toFixed(1)} ms`);
}

function timeOf(source: string, read: (source: string, file: string) => unknown): number {
	return Math.min(...[1, 2, 3].map(() => processorTime(() => read(source, 'x.md'))));
}
