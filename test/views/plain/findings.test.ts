import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Finding} from '../../../source/core/runbook/model.ts';
import {findingsSummary, findingsText} from '../../../source/views/plain/findings.ts';

const finding: Finding = {
	code: 'broken-link',
	severity: 'warning',
	file: 'a.md',
	line: 3,
	column: 5,
	message: 'a link leads nowhere: #gone',
	hint: 'Correct the link.',
};

test('a finding is a place, a severity, a message, a code, and a hint under it', () => {
	assert.equal(
		findingsText([finding], false),
		'a.md:3:5: warning: a link leads nowhere: #gone (broken-link)\n  Correct the link.\n',
	);
});

test('only the severity is coloured', () => {
	const text = findingsText([finding, {...finding, severity: 'error', hint: ''}], true);
	assert.equal(
		text,
		'a.md:3:5: \u001b[33mwarning\u001b[0m: a link leads nowhere: #gone (broken-link)\n  Correct the link.\n' +
			'a.md:3:5: \u001b[31merror\u001b[0m: a link leads nowhere: #gone (broken-link)\n',
	);
});

test('text of a document cannot steer the terminal or begin a line of its own', () => {
	const text = findingsText([{...finding, message: 'x\u001b]52;c;eA==\u0007\nb.md:1:1: error: \u202efake'}], false);
	assert.equal(
		text,
		'a.md:3:5: warning: x\ufffd]52;c;eA==\ufffd b.md:1:1: error: \ufffdfake (broken-link)\n  Correct the link.\n',
	);
});

const summaries: [Finding[], number, string][] = [
	[[], 1, '1 runbook: 0 errors, 0 warnings\n'],
	[[finding], 1, '1 runbook: 0 errors, 1 warning\n'],
	[[finding, finding, {...finding, severity: 'error'}], 2, '2 runbooks: 1 error, 2 warnings\n'],
];
for (const [findings, runbooks, said] of summaries) {
	test(`the summary says "${said.trim()}"`, () => assert.equal(findingsSummary(findings, runbooks), said));
}
