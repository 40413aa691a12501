import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {parse} from 'yaml';
import {isRunnable} from '../../../../source/core/runbook/is-runnable.ts';
import {readYaml} from '../../../../source/core/runbook/read-yaml.ts';
import {runbookSchema, schemaProblem} from '../../../../source/core/runbook/yaml/yaml-schema.ts';

test('the published schema is current (else run `node test/helpers/write-schema.ts`)', () => {
	const file = new URL('../../../../docs/runbook.schema.json', import.meta.url);
	assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(JSON.stringify(runbookSchema())));
});

const accepted = [
	'title: T\n',
	'handrail: 1\ntitle: T\nheading: false\nrequire: window\ninputs: {A: , B: {default: 1.10, values: [1.10, 2]}}\n',
	'content: [text, {sh: ls}, {bash: ls, check: true, expect: [0, 1], timeout: 90, retries: 2, undo: at-end}, {sh: ls, undo: true}]\n',
	'content: [{manual: a, once: true, name: b}, {sample: x, language: yaml}, {symptom: [a], when: pm=apt}]\n',
	'sections: [{title: A?, content: [{choice: [{text: B, section: b}]}], sections: [{title: B, role: none, takes: 1h}]}]\n',
	'sections: [{title: Rollback, content: [{sh: ls, name: x, risk: reads}, {sh: ls, rollback: [rollback], closes: x}]}, {title: A}]\n',
];
const refused = [
	'titel: T\n',
	'handrail: 2\n',
	'inputs: {a: {}}\n',
	'content: [{sh: ls, rsik: reads}]\n',
	'content: [{sh: ls, risk: low}]\n',
	'content: [{sh: ls, timeout: soon}]\n',
	'content: [{choice: []}]\n',
	'sections: [{content: []}]\n',
	'sections: [{title: A, sections: [{title: B, foo: 1}]}]\n',
];

for (const [sources, isAccepted] of [
	[accepted, true],
	[refused, false],
] as const) {
	for (const source of sources) {
		test(`schema and reader both ${isAccepted ? 'accept' : 'refuse'} ${source.trim()}`, () => {
			const read = readYaml(source, 'x.yaml');
			assert.equal(isRunnable(read), isAccepted, JSON.stringify(read.findings));
			assert.equal(schemaProblem(parse(source)) === undefined, isAccepted);
		});
	}
}
