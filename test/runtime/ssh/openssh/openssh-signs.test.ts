import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {nobody} from '../../../../source/runtime/hosts/ask-login.ts';
import {parseConfiguration} from '../../../../source/runtime/ssh/configuration/configuration.ts';
import {emptyLog} from '../../../../source/runtime/ssh/openssh/openssh-log.ts';
import {loginQuestions, nothingKept} from '../../../../source/runtime/ssh/openssh/openssh-questions.ts';
import {loginSign} from '../../../../source/runtime/ssh/openssh/openssh-signs.ts';

const signs: [title: string, method: string, line: string, expected: ReturnType<typeof loginSign>][] = [
	['a part of what it wants', 'publickey', 'Authenticated using "publickey" with partial success.', 'sent'],
	['the same, of an older client', 'publickey', 'debug1: Authenticated with partial success.', 'sent'],
	['a key that may sign', 'publickey', 'debug3: receive packet: type 60', 'sent'],
	['a round of questions', 'keyboard-interactive', 'debug3: receive packet: type 60', 'sent'],
	['a refusal', 'keyboard-interactive', 'debug3: receive packet: type 51', 'heard'],
	['a yes', 'password', 'debug3: receive packet: type 52', 'heard'],
	['a banner', 'password', 'debug3: receive packet: type 53', undefined],
	['an instruction', 'keyboard-interactive', 'Autopushing login request to phone...', 'says'],
	['a sentence of ssh', 'keyboard-interactive', 'Permission denied, please try again.', undefined],
	['a line of the log', 'keyboard-interactive', 'debug1: Next authentication method: password', undefined],
	['a sentence of ssh before there were questions', 'publickey', 'Could not load the host key', undefined],
];
for (const [title, method, line, expected] of signs) {
	test(`What the log of a login says is read as it is meant: ${title}`, () => {
		assert.equal(loginSign(line, {...emptyLog(), method}), expected);
		assert.equal(loginSign(line, {...emptyLog(), method, isUp: true}), undefined, 'it is over');
	});
}

test('A security key that waits for a touch is said, and no answer is waited for', async context => {
	const folder = mkdtempSync(join(tmpdir(), 'touch-'));
	context.after(() => rmSync(folder, {recursive: true}));
	const said: string[] = [];
	const questions = loginQuestions({
		host: 'web1',
		configuration: parseConfiguration('host web1\nhostname web1\nport 22\nuser me\n', {
			...{host: 'web1', home: '/home/me', user: 'me', uid: 1000, env: {}},
		}),
		folder,
		asks: nobody,
		kept: nothingKept(),
		giveUp: why => said.push(`given up: ${why}`),
		waits: () => said.push('waits'),
		sent: () => said.push('sent'),
		touch: text => said.push(text),
		signal: new AbortController().signal,
	});
	const words = 'Confirm user presence for key ED25519-SK SHA256:x';
	writeFileSync(join(folder, 'question.7'), `none\n${words}`);
	await questions.answer('7', false);
	assert.deepEqual(said, [words]);
});
