import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import {promptLogin} from '../../../source/commands/prompt-login.ts';
import {LinePrinter} from '../../../source/views/plain/line-printer.ts';
import {noticeLines} from '../../../source/views/plain/login-lines.ts';
import {Prompt} from '../../../source/views/plain/prompt.ts';

test('What a login says begins with whose it is, and a wait says how it is left', () => {
	const lines = ['Pushed to your phone', 'waiting'];
	assert.deepEqual(noticeLines({host: 'web1', lines}), ['web1: Pushed to your phone', 'web1: waiting']);
	assert.deepEqual(noticeLines({host: 'web1', machine: 'me@jump:22', lines}, 'ctrl-c leaves'), [
		'me@jump:22: Pushed to your phone',
		'me@jump:22: waiting; ctrl-c leaves',
	]);
});

test('A wait is printed in a run, and where a host is only looked at', () => {
	const notice = {host: 'web1', lines: ['waiting for the login to be confirmed'], leave: () => undefined};
	const printed: string[] = [];
	const paper = {columns: 80, write: (text: string) => printed.push(text)};
	new LinePrinter({} as never, paper as never, undefined).take({kind: 'notice', notice});
	assert.deepEqual(printed, ['          web1: waiting for the login to be confirmed; ctrl-c leaves\n']);
	const terminal = new PassThrough().setEncoding('utf8');
	const prompt = new Prompt(new PassThrough(), terminal);
	promptLogin(prompt).notice!(notice, new AbortController().signal);
	prompt.close();
	assert.match(terminal.read(), / {2}web1: waiting for the login to be confirmed; ctrl-c leaves\n/);
});
