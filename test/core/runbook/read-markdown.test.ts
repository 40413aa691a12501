import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readMarkdown} from '../../../source/core/runbook/read-markdown.ts';
import {outlineText} from '../../helpers/outline-text.ts';

const table: [title: string, source: string, expected: string[]][] = [
	['an empty file is one empty section', '', ['- x', '## x (x)']],
	['blanks alone are one empty section', ' \n\t\n', ['- x', '## x (x)']],
	[
		'without headings the file is one section',
		'a\n```sh\nls\n```\n',
		['- x', '## x (x)', '  prose "a"', '  run x/1 changes sh: "ls"'],
	],
	['the only level-1 heading, first, is the title', 'a\n# T\nb\n## S\n', ['# T', 'prose "a\\n\\nb"', '## S (s)']],
	['several level-1 headings are sections', '# A\n# B\n', ['- A', '## A (a)', '## B (b)']],
	['front matter wins for the title', '---\ntitle: F\n---\n# T\n## S\n', ['# F', '## S (s)']],
	['a file without level 1 is called by its name', '## A\n### B\n', ['- x', '## A (a)', '  ## B (b)']],
	['the slug of the title counts', '# A\n## A\n## A\n', ['# A', '## A (a-1)', '## A (a-2)']],
	[
		'setext headings, closing marks and inline marks',
		'T\n===\n\nS *x* `y`\nz\n---\n## [A](#b) <br> c_d ##\n',
		['# T', '## S x y z (s-x-y-z)', '## A c_d (a-c_d)'],
	],
	['a skipped level nests as a child', '# T\n## A\n#### B\n### C\n', ['# T', '## A (a)', '  ## B (b)', '  ## C (c)']],
	[
		'headings in lists and quotes are sections',
		'- # A\n\n> ## B\n> c\n',
		['- A', '## A (a)', '  ## B (b)', '    prose "> c"'],
	],
	[
		'a bold line in a section without real ones is a section',
		'# T\n## A\n**One**\n\n__Two `x`__\n\nb\n## B\n',
		['# T', '## A (a)', '  ## One (one)', '  ## Two x (two-x)', '    prose "b"', '## B (b)'],
	],
	[
		'a bold line is prose beside real headings, with final punctuation, or in a list',
		'**A**\n## B\n**C:**\n\n- **D**\n\n**E** f\n',
		['- x', 'prose "**A**"', '## B (b)', '  prose "**C:**\\n\\n- **D**\\n\\n**E** f"'],
	],
	[
		'every shell language is a command, in any case',
		'# T\n~~~BASH\na\n~~~\n``` zsh\nb\n```\n````shell x="y"\nc\n````\n',
		['# T', 'run /1 changes bash: "a"', 'run /2 changes zsh: "b"', 'run /3 changes shell: "c"'],
	],
	[
		'other fences are samples',
		'# T\n```\na\n```\n```YAML\nb\n```\n    indented\n',
		['# T', 'sample : "a"', 'sample yaml: "b"', 'prose "    indented"'],
	],
	[
		'fences in lists and quotes',
		'# T\n1. a\n   ```sh\n   ls\n   ```\n   b\n\n2. ```sh\n   pwd\n   ```\n> ```sh\n> id\n> ```\n> c\n',
		[
			'# T',
			'prose "1. a"',
			'run /1 changes sh: "ls"',
			'prose "b\\n\\n2."',
			'run /2 changes sh: "pwd"',
			'run /3 changes sh: "id"',
			'prose "> c"',
		],
	],
	[
		'text after a fence in a list is dedented as far as its item',
		'# T\n- a\n  - b\n\n    ```sh\n    ls\n    ```\n    c\n  - d\n- e\n',
		['# T', 'prose "- a\\n  - b"', 'run /1 changes sh: "ls"', 'prose "c\\n- d\\n- e"'],
	],
	[
		'prompts make commands and samples',
		'# T\n```sh {name=x}\n$ a\nout\n$ b\n```\n',
		['# T', 'run /x changes sh: "a"', 'sample : "out"', 'run /x-2 changes sh: "b"'],
	],
	[
		'attributes of a console fence hold for its commands',
		'# T\n```console {check name=x}\n$ a\n$ b\n```\n',
		['# T', 'check /x reads console: "a"', 'check /x-2 reads console: "b"'],
	],
	['a console fence without prompts is a sample', '# T\n```console\nls\n```\n', ['# T', 'sample console: "ls"']],
	[
		'a fence of comments alone is a sample',
		'# T\n```sh\n# yum update\n\n```\n',
		['# T', 'sample sh: "# yum update\\n"'],
	],
	[
		'a span that was opened as a fence is a sample',
		'# T\nExample:\n```rsync -a / /b```\nend\n',
		['# T', 'prose "Example:"', 'sample : "rsync -a / /b"', 'prose "end"'],
	],
	[
		'tasks at any depth, after what stands in them',
		'# T\n- [ ] a\n  b\n  ```sh\n  ls\n  ```\n  - [x] c\n- [X] d\n- [y] e\n- [ ](#t) f\n',
		[
			'# T',
			'run /1 changes sh: "ls"',
			'manual /2: c',
			'manual /3: a b',
			'manual /4: d',
			'prose "- [y] e\\n- [ ](#t) f"',
		],
	],
	['a task carries attributes in a comment', '# T\n- [ ] a <!-- handrail name=n once -->\n', ['# T', 'manual /n: a']],
	[
		'a choice is a list of links under a question',
		'# T\n## Which?\nb\n* [A](#a) when *x*\n* [B](#B)\n### A\n### B\n',
		['# T', '## Which? (which)', '  prose "b"', '  choice which/1: A when x > a; B > b', '  ## A (a)', '  ## B (b)'],
	],
	[
		'links are prose beside something to act on',
		'# T\n## Which?\n- [A](#a)\n```sh\nls\n```\n## A\n',
		['# T', '## Which? (which)', '  prose "- [A](#a)"', '  run which/1 changes sh: "ls"', '## A (a)'],
	],
	[
		'a comment of ours is consumed, others are prose',
		'# T\n## A\n<!-- handrail takes=1m -->\n<!-- other -->\n```sh\nls\n```\n',
		['# T', '## A (a)', '  prose "<!-- other -->"', '  run a/1 changes sh: "ls"'],
	],
	[
		'roles by heading, and what they make of risks',
		'# T\n## A\n## Rollback\n### B\n```sh\nls\n```\n```sh {check}\nls\n```\n```sh {undo}\nls\n```\n',
		[
			'# T',
			'## A (a)',
			'## Rollback (rollback, rollback)',
			'  ## B (b)',
			'    run b/1 disrupts sh: "ls"',
			'    check b/2 reads sh: "ls"',
			'    undo b/3 disrupts sh: "ls"',
		],
	],
	[
		'a section that holds all others has no role by its heading',
		'## Rollback\n### A\n',
		['- x', '## Rollback (rollback)', '  ## A (a)'],
	],
	[
		'a role is said otherwise by a comment',
		'# T\n## A\n## Zurück\n<!-- handrail role=rollback -->\n## Rollback\n<!-- handrail role=none -->\n',
		['# T', '## A (a)', '## Zurück (zurück, rollback)', '## Rollback (rollback)'],
	],
	['symptoms', '# T\n```text { symptom }\na\n\nb$\n```\n', ['# T', 'symptom ["a","b$"]']],
	[
		'carriage returns and a byte order mark',
		'\uFEFF# T\r\n```sh\r\nls\r\nid\r\n```\r\n',
		['# T', 'run /1 changes sh: "ls\\nid"'],
	],
	[
		'tables, HTML and shortcodes are prose, word for word',
		'# T\n| a |\n|---|\n| `b` |\n\n<details>\n\n{{< x >}}\n\n</details>\n',
		['# T', 'prose "| a |\\n|---|\\n| `b` |\\n\\n<details>\\n\\n{{< x >}}\\n\\n</details>"'],
	],
	['foreign front matter is left out', '+++\ntitle = "x"\n+++\n# T\n', ['# T']],
	['a rule on top is no front matter', '---\ntext\n\n---\n# T\n', ['# T', 'prose "---\\ntext\\n\\n---"']],
];

for (const [title, source, expected] of table) {
	test(title, () => assert.deepEqual(outlineText(readMarkdown(source, 'docs/x.md')), expected));
}

test('places are those of the source', () => {
	const {runbook} = readMarkdown('---\na: b\n---\n# T\n\n  ```sh\n  ls\n  ```\n- [ ] b\n## C\n', 'x.md');
	const places = [...runbook.content, ...runbook.sections].map(({place}) => [place.line, place.column]);
	assert.deepEqual(places, [
		[6, 3],
		[9, 3],
		[10, 1],
	]);
});

test('every attribute of a command reaches the value', () => {
	const info = `sh { check name=n when="pm=apt" timeout=10m idle=90s expect=0,100 warn=3 match="a b" fail-match='c "d"' capture=TX
retries=2 sudo tty durable once sensitive errexit=no on=control cwd=/x interpreter=dash takes=1h loses="all of it" }`;
	const {runbook, findings} = readMarkdown(`# T\n\`\`\`${info.replace('\n', ' ')}\nls\n\`\`\`\n`, 'x.md');
	assert.deepEqual(findings, []);
	assert.deepEqual(runbook.content, [
		{
			kind: 'command',
			id: '/n',
			role: 'check',
			name: 'n',
			script: 'ls',
			language: 'sh',
			attributed: true,
			risk: 'reads',
			placeholders: [],
			when: [{key: 'pm', not: false, values: ['apt']}],
			on: 'control',
			timeout: 600_000,
			idle: 90_000,
			takes: 3_600_000,
			loses: 'all of it',
			expect: [0, 100],
			warn: [3],
			match: 'a b',
			failMatch: 'c "d"',
			capture: 'TX',
			retries: 2,
			sudo: true,
			tty: true,
			durable: true,
			reboots: false,
			sensitive: true,
			once: true,
			errexit: false,
			undoAtEnd: false,
			cwd: '/x',
			interpreter: 'dash',
			rollback: [],
			closes: [],
			place: {line: 2, column: 1},
		},
	]);
});

test('a bare fence is not attributed, nor is one with attributes of other tools', () => {
	const {runbook} = readMarkdown(
		'# T\n```sh\na\n```\n```sh {"id":"01"}\nb\n```\n```sh {x}\nc\n```\n```sh {run}\nd\n```\n',
		'x.md',
	);
	assert.deepEqual(
		runbook.content.map(content => 'attributed' in content && content.attributed),
		[false, false, false, true],
	);
});

test('options of rollback are found by anchor, by the name of a block and by title', () => {
	const source = `# T
## Snapshot
\`\`\`sh {name=a rollback=snapshot,undo-it closes="#files-only"}
ls
\`\`\`
## Rollback
### Snapshot
### History
\`\`\`sh {name=undo-it}
ls
\`\`\`
### Files only
`;
	const {runbook, findings} = readMarkdown(source, 'x.md');
	assert.deepEqual(findings, []);
	const [command] = runbook.sections[0]!.content;
	assert.ok(command?.kind === 'command');
	assert.deepEqual([command.rollback, command.closes], [['snapshot-1', 'history'], ['files-only']]);
});
