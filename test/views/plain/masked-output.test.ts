import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Session} from '../../../source/runtime/engine/session.ts';
import {MaskedOutput} from '../../../source/views/plain/masked-output.ts';

const output = (secrets: string[]) => new MaskedOutput({secrets: {all: () => secrets}} as unknown as Session);

test('a secret is masked without its escape sequences, over wrapped lines, and wherever a piece ends', () => {
	const pieces = ['a hun', '\x1b[1mter', '2\n', `${'-'.repeat(74)}hun`, 'ter\r', '\n2\r\nend'];
	const masked = output(['hunter2']);
	const text = pieces.map(piece => masked.write('t1', Buffer.from(piece))).join('') + masked.end('t1');
	assert.equal(text, `a ***\n${'-'.repeat(74)}***\nend`);
});

test('where a command waits, its line is given out, but no half of a secret', () => {
	const masked = output(['hunter2']);
	masked.write('t1', Buffer.from('go on? hunt'));
	assert.equal(masked.pause('t1'), 'go on? ');
	assert.equal(masked.write('t1', Buffer.from('er2\n')) + masked.end('t1'), '***\n');
	assert.equal(masked.pause('t2'), '');
});

test('a secret that comes to be known while a command runs is masked from then on', () => {
	const secrets: string[] = [];
	const masked = output(secrets);
	assert.equal(masked.write('t1', Buffer.from('one hunter2\n')), 'one hunter2\n');
	secrets.push('hunter2');
	assert.equal(masked.write('t1', Buffer.from('two hunter2\n')), 'two ***\n');
});
