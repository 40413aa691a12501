import assert from 'node:assert/strict';
import {test} from 'node:test';
import {handedValues, withoutSecrets} from '../../../source/core/run/handed.ts';
import type {Command} from '../../../source/core/runbook/model.ts';
import {readMarkdown} from '../../../source/core/runbook/read-markdown.ts';
import {processorTime} from '../../helpers/processor-time.ts';

const {runbook} = readMarkdown(
	`---\nhandrail: 1\ninputs:\n  SITE: { prompt: S, pattern: "^[a-z]+$" }\n  SIZE: { prompt: Z, values: [big] }\n  TOKEN: { prompt: T, secret: true }\n---\n# T\n## Step\n~~~sh {when="WANTED=1 pm=apt"}\necho $TX $\{lower} $\{#LENGTH} $PATH $LD_PRELOAD $pm $TICKET $TOKEN\n~~~\n~~~sh {name=find capture=FOUND}\nfind\n~~~\n`,
	'test.md',
);
const find = runbook.sections[0]!.content.find(each => each.kind === 'command' && each.capture) as Command;
const plain = {...find, capture: undefined} as unknown as Command;

/** Lines of $HANDRAIL_OUTPUT, what is kept of them, and the names of what is not. */
const rows: [lines: string, values: Record<string, string>, dropped: string[]][] = [
	['TX=7\n', {TX: '7'}, []],
	['TX=7', {TX: '7'}, []],
	['TX=7\r\n', {TX: '7'}, []],
	['TX=a=b c "d" $(e)\n', {TX: 'a=b c "d" $(e)'}, []],
	['TX=\n', {TX: ''}, []],
	['TX=1\nTX=2\n', {TX: '2'}, []],
	['lower=1\nLENGTH=2\nWANTED=3\n', {lower: '1', LENGTH: '2', WANTED: '3'}, []],
	['UNUSED=1\nUNUSED=2\n', {}, ['UNUSED']],
	[
		'PATH=/tmp\nLD_PRELOAD=x\nBASH_ENV=x\nHANDRAIL_OUTPUT=x\nTICKET=x\n',
		{},
		['PATH', 'LD_PRELOAD', 'BASH_ENV', 'HANDRAIL_OUTPUT', 'TICKET'],
	],
	['SITE=north\nSITE=NORTH\n', {SITE: 'north'}, ['SITE']],
	['SIZE=huge\n', {}, ['SIZE']],
	['TOKEN=x\n', {}, ['TOKEN']],
	[`TX=${'ü'.repeat(40_000)}\n`, {}, ['TX']],
	['TX=a\0b\n', {}, ['TX']],
	['no assignment\n=1\n1A=2\nA B=3\nTX =4\nexport TX=5\n', {}, []],
	['__proto__=1\nconstructor=2\n', {}, ['__proto__', 'constructor']],
];
for (const [lines, values, dropped] of rows) {
	test(`of ${JSON.stringify(lines).slice(0, 60)} is kept ${JSON.stringify(values)}`, () => {
		assert.deepEqual(handedValues(runbook, plain, '', lines), {values, dropped});
	});
}

test('the output of a capture is one value, without its last line break', () => {
	assert.deepEqual(handedValues(runbook, find, 'one\ntwo\n\n', '').values, {FOUND: 'one\ntwo'});
	assert.deepEqual(handedValues(runbook, find, 'x', 'FOUND=y\n').values, {FOUND: 'x'});
	assert.deepEqual(handedValues(runbook, plain, 'x', '').values, {});
});

test('what holds a secret is dropped, and said to be withheld', () => {
	const handed = {values: {A: 'x hunter2', B: 'y'}, dropped: ['PATH']};
	const isSecret = (value: string) => value.includes('hunter2');
	assert.deepEqual(withoutSecrets(handed, isSecret), {values: {B: 'y'}, dropped: ['PATH', 'A'], withheld: ['A']});
	assert.deepEqual(
		withoutSecrets(handed, () => false),
		handed,
	);
});

test('names that steer a shell are dropped from a capture too', () => {
	for (const capture of ['PATH', 'IFS', 'LC_ALL', 'LD_LIBRARY_PATH', 'PYTHONPATH', 'GIT_DIR']) {
		assert.deepEqual(handedValues(runbook, {...find, capture}, 'x', ''), {values: {}, dropped: [capture]});
	}
});

test('a million names cost no more than reading them, and no more than a few are said', () => {
	const lines = Array.from({length: 1_000_000}, (_, at) => `N${at}=x`).join('\n');
	const time = processorTime(() => {
		const {values, dropped} = handedValues(runbook, plain, '', lines);
		assert.deepEqual(values, {});
		assert.equal(dropped.length, 50);
	});
	assert.ok(time < 5000, `${time} ms`);
});

test('a name without end is cut where it is said', () => {
	assert.equal(handedValues(runbook, plain, '', `${'N'.repeat(100_000)}=x`).dropped[0]?.length, 100);
});
