import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isRunnable} from '../../../source/core/runbook/is-runnable.ts';
import {readMarkdown} from '../../../source/core/runbook/read-markdown.ts';

const ours = '---\nhandrail: 1\n---\n';
const fence = (attributes: string, script = 'ls') => `\`\`\`sh {${attributes}}\n${script}\n\`\`\`\n`;

/** What the document says, and the findings as `code line:column`, in order. */
const table: [title: string, source: string, expected: string[]][] = [
	['nothing is wrong with a plain guide', '# T\n## A\n[b](#a) [c](https://x.example/#y) [d](#top)\n', []],
	['a link to nothing, but not in code', '# T\n[a](#b) `[c](#d)` [e](#T)\n', ['link-broken 2:5']],
	['anchors in HTML and braces count', '<a name="b"></a> [a](#b)\n\n# T {#c}\n\n[d](#c)\n', []],
	['anchors are decoded', '# Über\n[a](#%C3%BCber)\n', []],
	[
		'sections that a table of contents names',
		'- [A](#a)\n- [B](#b)\n  - C\n  - D\n# T\n## A\n## D too\n',
		['section-missing 2:1', 'link-broken 2:7', 'section-missing 3:1', 'section-missing 4:1'],
	],
	['a skipped heading level', '# T\n### A\n## B\n', ['heading-level-skipped 2:1']],
	['headings in lists and quotes', '# T\n- ## A\n\n> ## B\n', ['heading-nested 2:3', 'heading-nested 4:3']],
	['bold headings', '# T\n**A**\n', ['heading-bold 2:1']],
	['an unclosed fence', '# T\n```sh\nls\n', ['fence-unclosed 2:1']],
	['a closed fence at the end of the file', '# T\n```sh\n```text\n```', []],
	['a fence in indented code', '# T\n\n    ```sh\n    ls\n    ```\n', ['fence-indented 3:5']],
	[
		'a fence of comments alone, and an empty one',
		'# T\n```sh\n# x\n```\n```sh\n```\n',
		['fence-empty 2:1', 'fence-empty 5:1'],
	],
	[
		'dangerous commands without risk=disrupts',
		`# T\n${fence('risk=changes', 'reboot')}${fence('risk=disrupts', 'reboot')}`,
		['risk-hidden 2:1'],
	],
	[
		'danger in a rollback section and in examples is expected',
		`## A\n## Rollback\n${fence('', 'reboot')}## B\n${fence('example', 'reboot')}`,
		[],
	],
	[
		'a check that changes',
		`# T\n${fence('check risk=changes')}${fence('ready', 'reboot')}`,
		['risk-of-reading 2:1', 'risk-hidden 5:1', 'risk-of-reading 5:1'],
	],
	['two roles', `# T\n${fence('check ready')}`, ['roles-several 2:1']],
	['a gauge without a name', `# T\n${fence('gauge')}`, ['attribute-value 2:8']],
	[
		'wrong values',
		`# T\n${fence('risk=low timeout=x expect=256 capture=PATH retries=-1 on=moon name=1')}`,
		[
			'attribute-value 2:8',
			'attribute-value 2:17',
			'attribute-value 2:27',
			'attribute-value 2:38',
			'attribute-value 2:51',
			'attribute-value 2:62',
			'attribute-value 2:70',
		],
	],
	['an attribute twice', `# T\n${fence('name=a name=b')}`, ['attribute-twice 2:15']],
	[
		'foreign attributes and front matter keys are one line',
		`---\nlayout: x\ntags: [a]\n---\n# T\n${fence('linenos=table x')}`,
		['attributes-foreign 2:1'],
	],
	[
		'near misses are one line each',
		`---\ninptus: {}\n---\n# T\n${fence('rsik=reads')}`,
		['attribute-near-miss 2:1', 'attribute-near-miss 5:8'],
	],
	[
		'a key of ours with a value of another tool is no near miss of itself',
		`---\ninputs: 3\nrequire: [a]\n---\n# T\n`,
		['attributes-foreign 2:1'],
	],
	[
		'both are errors where the document is ours',
		`${ours.replace('---\n', '---\nlayout: x\n')}# T\n${fence('x rsik=reads')}`,
		['yaml-key-unknown 2:1', 'attribute-unknown 6:8', 'attribute-unknown 6:10'],
	],
	[
		'attributes of Runme are harmless',
		`${ours}# T\n${fence('"id":"1","interactive":"false","excludeFromRunAll":"true"')}`,
		[],
	],
	['attributes without effect', `# T\n${fence('unit=ms warn=3')}`, ['attribute-useless 2:8', 'attribute-useless 2:16']],
	['an unclosed quote in our attributes', `# T\n${fence('when="pm=apt')}`, ['attribute-syntax 2:8']],
	['braces of other tools that cannot be read', `# T\n${fence('hl="1')}`, ['attribute-text 2:8']],
	['other fences may have any braces', '# T\n```js {1,3"\nx\n```\n', []],
	['a name twice', `# T\n${fence('name=a')}${fence('name=a')}`, ['name-twice 5:1']],
	[
		'variants share a name, and names of other sections are free',
		`# T\n${fence('name=a when="pm=apt"')}${fence('name=a when="pm=dnf"')}## B\n${fence('name=a')}`,
		[],
	],
	[
		'options that name nothing',
		`# T\n${fence('rollback=x closes=y')}`,
		['reference-unknown 2:8', 'reference-unknown 2:19'],
	],
	['options elsewhere', `# T\n${fence('rollback=a')}## A\n`, ['reference-elsewhere 2:8']],
	[
		'a choice that leads nowhere',
		'# T\n## Q?\n- [A](#a)\n- [B](#b)\n## B\n',
		['choice-unknown 3:7', 'link-broken 3:7'],
	],
	['a choice that only leads backwards', '# T\n## A\n## Q?\n- [A](#a)\n- [Q](#q)\n## B\n', ['choice-backwards 4:1']],
	[
		'patterns that do not compile',
		`# T\n${fence('match="(" fail-match="(?=x)"')}\`\`\`text {symptom}\nok\n[\n\`\`\`\n`,
		['pattern-invalid 2:8', 'pattern-invalid 2:18', 'pattern-invalid 7:1'],
	],
	[
		'keys of when',
		`# T\n${fence('when="os=a TX=1 TICKET=2 OUT=3 NO=4"')}${fence('capture=TX')}${fence('', 'echo "OUT=1" >> "$HANDRAIL_OUTPUT"')}`,
		['when-key 2:8'],
	],
	['keys of when in a section', '# T\n## A\n<!-- handrail when="nope=1" -->\n', ['when-key 3:15']],
	[
		'gauges of require',
		`# T\n## A\n<!-- handrail require="mine<3 yours<3 /boot<90" -->\n${fence('gauge=mine', 'echo 1')}`,
		['gauge-unknown 3:15'],
	],
	[
		'comments where nothing reads them',
		'# T\n<!-- handrail when="pm=apt" require=window -->\na <!-- handrail x -->\n',
		['comment-misplaced 2:15', 'comment-unread 3:3'],
	],
	['an undo of nothing', `# T\n${fence('undo')}`, ['undo-of-nothing 2:1']],
	['an obligation without undo', `# T\n${fence('undo=at-end')}${fence('')}${fence('undo')}`, ['undo-missing 2:8']],
	[
		'variables and cd do not last',
		`# T\n${fence('', 'DIR=/x')}${fence('', 'ls "$DIR"')}${fence('', 'cd /x')}`,
		['variable-carried 5:1', 'directory-carried 8:1'],
	],
	[
		'variables that are handed on or set again do',
		`# T\n${fence('capture=DIR', 'DIR=1')}${fence('', 'ls "$DIR"')}${fence('', 'A=1')}${fence('', 'A=2; ls $A')}`,
		[],
	],
	['front matter of ours that is no YAML', '---\nhandrail: 1\na: [\n---\n# T\n', ['yaml-invalid 3:5']],
	['front matter of others that is no YAML', '---\ntitle: [x\n---\n# T\n', ['front-matter-unreadable 2:10']],
	['a newer format', '---\nhandrail: 2\n---\n# T\n', ['format-unknown 2:1']],
	[
		'inputs',
		`---\nhandrail: 1\ninputs:\n  A: {default: x, pattern: "^y"}\n  b: {}\n  C: {secret: true, default: z}\n  D: {values: [a], default: b}\n  E: {pattern: "("}\n  F:\n  A: {}\n---\n# T\n`,
		[
			'yaml-shape 4:3',
			'yaml-shape 5:3',
			'yaml-shape 6:3',
			'yaml-shape 7:3',
			'pattern-invalid 8:3',
			'yaml-invalid 10:3',
		],
	],
	['nesting without end', `${'> '.repeat(300)}a\n`, ['nesting-too-deep 1:1']],
];

for (const [title, source, expected] of table) {
	test(title, () => {
		const {findings} = readMarkdown(source, 'x.md');
		assert.deepEqual(
			findings.map(({code, line, column}) => `${code} ${line}:${column}`),
			expected,
		);
		for (const {message, hint} of findings) {
			assert.match(message, /^[^\p{Cc}]+[.]$|^[^\p{Cc}]+$/u);
			assert.notEqual(hint, '');
		}
	});
}

test('a document with an error is not runnable, one with warnings is', () => {
	assert.equal(isRunnable(readMarkdown('[a](#b)\n', 'x.md')), true);
	assert.equal(isRunnable(readMarkdown(`# T\n${fence('name=a')}${fence('name=a')}`, 'x.md')), false);
});

test('text of the document stands in messages on one line, clipped, without control characters', () => {
	const {findings} = readMarkdown(`[a](#\u001B[31m\u202E${'b'.repeat(500)})\n`, 'x.md');
	assert.ok(findings[0]!.message.length < 200);
	assert.doesNotMatch(findings[0]!.message, /[\p{Cc}\p{Cf}]/u);
});
