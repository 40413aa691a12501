import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import ssh2, {type KeyboardAuthContext, type PasswordAuthContext} from 'ssh2';
import type {AskLogin} from '../../../../source/runtime/hosts/ask-login.ts';
import {sshShell} from '../../../../source/runtime/ssh/ssh-shell.ts';
import {person} from '../../../helpers/ssh/person.ts';
import {makeKey} from '../../../helpers/ssh/ssh-server.ts';
import {until} from '../../../helpers/task-host.ts';

const never = new AbortController().signal;

type Ask = (login: KeyboardAuthContext | PasswordAuthContext, end: () => void) => void;

const methods: ('keyboard-interactive' | 'password')[] = ['keyboard-interactive', 'password'];

/** A server that asks what no sshd with PAM of one machine can be made to ask. */
async function asking(context: TestContext, ask: Ask, asks: AskLogin) {
	const folder = mkdtempSync(join(tmpdir(), 'asking-'));
	context.after(() => rmSync(folder, {recursive: true}));
	makeKey(join(folder, 'host'));
	const server = new ssh2.Server({hostKeys: [readFileSync(join(folder, 'host'))]}, client => {
		client.on('error', () => {});
		client.on('authentication', login => {
			if (login.method === 'keyboard-interactive' || login.method === 'password') ask(login, () => client.end());
			else login.reject(methods);
		});
	});
	server.listen(0, '127.0.0.1');
	context.after(() => server.close());
	await once(server, 'listening');
	const lines = ['Host *', 'HostName 127.0.0.1', `Port ${(server.address() as AddressInfo).port}`, 'User someone'];
	const config = [
		...lines,
		'IdentityFile none',
		'IdentityAgent none',
		`UserKnownHostsFile ${join(folder, 'known_hosts')}`,
	];
	writeFileSync(join(folder, 'config'), config.join('\n'));
	const env = {...process.env, HANDRAIL_SSH_CONFIG: join(folder, 'config')};
	const shell = sshShell('web1', {host: 'web1'}, {env, acceptsNew: true, transport: 'ssh2', asks});
	context.after(() => shell.close());
	return shell;
}

test('Several questions of one round are asked in order, with the words of the server, shown or hidden as it says', async context => {
	const {asks, asked, masked} = person('secret', '654321', 'yes');
	let got: unknown;
	const shell = await asking(
		context,
		login => {
			if (login.method !== 'keyboard-interactive') return login.reject();
			const prompts = [
				{prompt: 'Password:', echo: false},
				{prompt: "One-time password (OATH) for `someone':", echo: false},
				{prompt: 'Trust this \u001b[31mdevice?', echo: true},
			];
			login.prompt(prompts, 'Two steps', 'Look at your phone', answers => {
				got = answers;
				// A second round without questions, as PAM sends it.
				login.prompt([], 'Bye', 'Thanks', () => login.accept());
			});
		},
		asks,
	);
	await shell.connect(never);
	assert.deepEqual(got, ['secret', '654321', 'yes']);
	const common = {
		host: 'web1',
		kind: 'prompt',
		user: 'someone',
		title: 'Two steps',
		instruction: 'Look at your phone',
		refused: 0,
	};
	assert.deepEqual(asked, [
		{...common, prompt: 'Password:', isShown: false},
		{...common, prompt: "One-time password (OATH) for `someone':", isShown: false},
		{...common, prompt: 'Trust this \u001b[31mdevice?', isShown: true},
	]);
	assert.deepEqual(masked, ['secret'], 'a one-time code is nothing to mask, or to keep');
});

test('A server that goes away while it waits for an answer takes its question with it, in one line', async context => {
	const {asks, asked} = person(new Promise(() => {}));
	const shell = await asking(
		context,
		(login, end) => {
			if (login.method !== 'keyboard-interactive') return login.reject();
			login.prompt([{prompt: 'Code:', echo: true}], () => {});
			until(() => asked.length > 0).then(end);
		},
		asks,
	);
	await assert.rejects(shell.connect(never), {
		message: /^web1: 127\.0\.0\.1, port \d+ ended the login while an answer was awaited$/,
	});
	assert.equal(asked.length, 1);
});

test('A server that refuses without a question is not asked for ever, nor one that wants a new password', async context => {
	for (const [ask, expected, questions] of [
		[
			login => login.reject(methods),
			/did not let in someone: .*; shown: answers to its questions, a password \(3 times\)$/,
			3,
		],
		[
			login => {
				if (login.method === 'password') login.requestChange('Choose another one', () => {});
				else login.reject(methods);
			},
			/^web1: 127\.0\.0\.1, port \d+ wants a new password for someone$/,
			1,
		],
	] as [Ask, RegExp, number][]) {
		const {asks, asked} = person('a', 'b', 'c', 'd');
		await assert.rejects((await asking(context, ask, asks)).connect(never), {message: expected});
		assert.equal(asked.length, questions);
	}
});
