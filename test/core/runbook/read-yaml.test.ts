import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readMarkdown} from '../../../source/core/runbook/read-markdown.ts';
import {readYaml} from '../../../source/core/runbook/read-yaml.ts';
import {difference} from '../../../source/core/runbook/same-value.ts';
import {outlineText} from '../../helpers/outline-text.ts';

const markdown = `---
handrail: 1
inputs:
  DIR: {prompt: Where, default: "1.10", pattern: "^[0-9.]+$"}
require: window
---
# T
Intro.
## Which?
- [Snapshot](#snapshot) when it fits
- [Files](#files)
### Snapshot
<!-- handrail when="pm=apt" require="rollback /boot<90" takes=10m loses="it all" -->
- [ ] Told <!-- handrail name=told once -->
\`\`\`sh { name=a expect=0,100 timeout=90s durable rollback=undo match="x y" }
ls "$DIR"
\`\`\`
\`\`\`
sample
\`\`\`
### Files
\`\`\`bash
ls
\`\`\`
\`\`\`sh { gauge=queue unit=ms high=5 }
echo 1
\`\`\`
## Rollback
### Undo
\`\`\`sh { undo }
ls
\`\`\`
## Troubleshooting
### Locked
\`\`\`text { symptom when="pm=apt" }
lock \\d+
\`\`\`
`;

const yaml = `handrail: 1
title: T
inputs:
  DIR: {prompt: Where, default: 1.10, pattern: "^[0-9.]+$"}
require: window
content: [Intro.]
sections:
  - title: Which?
    content:
      - choice:
          - {text: Snapshot when it fits, section: snapshot}
          - {text: Files, section: "#files"}
    sections:
      - title: Snapshot
        when: pm=apt
        require: rollback /boot<90
        takes: 10m
        loses: it all
        content:
          - manual: Told
            name: told
            once: true
          - {sh: 'ls "$DIR"', name: a, expect: [0, 100], timeout: 90, durable: true, rollback: [undo], match: x y}
          - sample: sample
      - title: Files
        content:
          - bash: ls
          - {sh: echo 1, gauge: queue, unit: ms, high: 5}
  - title: Rollback
    sections:
      - title: Undo
        content:
          - {sh: ls, undo: true}
  - title: Troubleshooting
    sections:
      - title: Locked
        content:
          - {symptom: ['lock \\d+'], when: pm=apt}
`;

test('the YAML of a runbook is the same value as its Markdown', () => {
	const [one, other] = [readMarkdown(markdown, 'x.md'), readYaml(yaml, 'x.yaml')];
	assert.equal(difference(one.runbook, other.runbook), undefined);
	assert.deepEqual(
		other.findings.map(({code}) => code),
		one.findings.map(({code}) => code),
	);
	assert.equal(
		one.findings.some(({severity}) => severity === 'error'),
		false,
	);
});

test('texts are Markdown: adjacent ones are one piece, untagged fences in them are samples', () => {
	const source = 'title: T\ncontent:\n  - a\n  - |\n    b\n    ```\n    c\n    ```\n';
	assert.deepEqual(outlineText(readYaml(source, 'x.yaml')), ['# T', 'prose "a\\n\\nb"', 'sample : "c"']);
});

test('a title that is no heading', () => {
	assert.equal(readYaml('title: T\nheading: false\n', 'x.yaml').runbook.titled, false);
	assert.equal(readYaml('sections: []\n', 'x.yaml').runbook.titled, false);
});

const table: [title: string, source: string, expected: string[]][] = [
	['not a map', '- a\n', ['yaml-shape 1:1']],
	['an empty file', '', ['yaml-shape 1:1']],
	['a syntax error', 'title: T\nsections: [\n', ['yaml-invalid 3:1']],
	['a duplicate key', 'title: T\ntitle: U\n', ['yaml-invalid 2:1']],
	['a custom tag', 'title: !x T\n', ['yaml-invalid 1:8']],
	['two documents', 'title: T\n---\ntitle: U\n', ['yaml-invalid 2:1']],
	['an unknown key', 'title: T\nsectoins: []\n', ['yaml-key-unknown 2:1']],
	['a section without a title', 'sections:\n  - content: []\n', ['yaml-shape 2:5']],
	['an unknown key of a section', 'sections:\n  - title: A\n    whem: x\n', ['yaml-key-unknown 3:5']],
	['an item that is nothing known', 'content:\n  - {foo: 1}\n  - [a]\n', ['yaml-shape 2:5', 'yaml-shape 3:5']],
	['an unknown attribute', 'content:\n  - sh: ls\n    rsik: reads\n', ['attribute-unknown 3:5']],
	['a wrong value', 'content:\n  - sh: ls\n    timeout: soon\n', ['attribute-value 3:5']],
	['a script that is no text', 'content:\n  - sh: [a]\n', ['yaml-shape 2:5', 'fence-empty 2:5']],
	['a broken choice', 'content:\n  - choice: [{text: a}]\n', ['yaml-shape 2:5', 'yaml-shape 2:14']],
	[
		'blocks in a text',
		'content:\n  - |\n    # A\n  - |\n    ```sh\n    ls\n    ```\n',
		['prose-holds-blocks 3:1', 'prose-holds-blocks 5:1'],
	],
	['a broken link in a text', 'content:\n  - |\n    a\n    [b](#c)\n', ['link-broken 4:5']],
	[
		'sections without end',
		`sections: ${'[{title: a, sections: '.repeat(9)}[]${'}]'.repeat(9)}\n`,
		['yaml-shape 1:155'],
	],
	['an alias that holds itself', 'sections: &a\n  - title: A\n    sections: *a\n', ['yaml-shape 3:5']],
];

for (const [title, source, expected] of table) {
	test(`YAML: ${title}`, () => {
		const found = readYaml(source, 'x.yaml').findings.map(({code, line, column}) => `${code} ${line}:${column}`);
		assert.deepEqual([...new Set(found)].slice(0, 9), expected);
	});
}

test('brackets without end are a few errors, whatever the parser does of them', () => {
	const {findings} = readYaml('['.repeat(50_000), 'x.yaml');
	assert.ok(findings.length > 0 && findings.length <= 5);
	assert.ok(findings.every(({code}) => code.startsWith('yaml-')));
});
