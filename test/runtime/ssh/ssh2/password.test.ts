import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {type TestContext, test} from 'node:test';
import type {AskLogin} from '../../../../source/runtime/hosts/ask-login.ts';
import type {Shell} from '../../../../source/runtime/hosts/shell.ts';
import {sshShell} from '../../../../source/runtime/ssh/ssh-shell.ts';
import {person} from '../../../helpers/ssh/person.ts';
import type {SshServer} from '../../../helpers/ssh/ssh-server.ts';
import {hasNoPam, pamServer} from '../../../helpers/ssh/unix-user.ts';
import {until} from '../../../helpers/task-host.ts';

const never = new AbortController().signal;
const right = 'Corr3ct-horse';

function shellOf(context: TestContext, server: SshServer, asks: AskLogin): Shell {
	const shell = sshShell('web1', {host: 'web1'}, {env: server.env, acceptsNew: false, transport: 'ssh2', asks});
	context.after(() => shell.close());
	return shell;
}

/** Ends the connection as its server would. */
async function cut(shell: Shell, server: SshServer): Promise<void> {
	const gone = new Promise<void>(resolve => {
		const stop = shell.onLink(() => {
			stop();
			resolve();
		});
	});
	server.cut();
	await gone;
}

/** How often the server refused a password. */
const failures = ({log}: SshServer): number => log.split('Failed password').length - 1;

const passwordOnly = [
	'PasswordAuthentication yes',
	'KbdInteractiveAuthentication no',
	'MaxAuthTries 20',
	'LogLevel VERBOSE',
];
const promptsOnly = ['PasswordAuthentication no', 'KbdInteractiveAuthentication yes', 'MaxAuthTries 20'];

test('A password is asked until it is right, masked, kept, and sent again until the server refuses it', {
	skip: hasNoPam,
}, async context => {
	const {server, user, setPassword} = await pamServer(context, passwordOnly);
	setPassword(right);
	const {asks, asked, masked, given, add} = person('wrong', right);
	const shell = shellOf(context, server, asks);
	await shell.connect(never);
	const question = (refused: number) => ({host: 'web1', kind: 'password', user, refused});
	assert.deepEqual(asked, [question(0), question(1)]);
	assert.deepEqual(masked, [right]);
	assert.equal(failures(server), 1);
	await cut(shell, server);
	await shell.connect(never);
	assert.equal(asked.length, 2, 'the kept one served');
	await cut(shell, server);
	setPassword('An0ther-horse');
	add('An0ther-horse');
	await shell.connect(never);
	assert.deepEqual(asked.slice(2), [question(1)]);
	assert.equal(failures(server), 2, 'the refused one was sent once');
	await shell.close();
	assert.ok(
		given.every(bytes => bytes.every(byte => byte === 0)),
		'all that was typed is wiped',
	);
});

test('Passwords are asked as often as NumberOfPasswordPrompts allows, and none is sent twice', {
	skip: hasNoPam,
}, async context => {
	const {server, user, setPassword} = await pamServer(context, passwordOnly);
	setPassword(right);
	server.configure([`User ${user}`, 'NumberOfPasswordPrompts 2']);
	const {asks, asked} = person('a', 'b', right);
	await assert.rejects(shellOf(context, server, asks).connect(never), {
		message: /did not let in \S+: it takes publickey, password; shown: \S+\/user, a password \(2 times\)$/,
		hint: /^Check the user and the password/,
	});
	assert.equal(asked.length, 2);
	await until(() => failures(server) === 2);
});

test('A password that nobody wants to tell ends the login', {skip: hasNoPam}, async context => {
	for (const lines of [passwordOnly, promptsOnly]) {
		const {server} = await pamServer(context, lines);
		const {asks, asked} = person(undefined, right);
		await assert.rejects(shellOf(context, server, asks).connect(never), {
			message: /^web1: 127\.0\.0\.1, port \d+ asked something that was not answered$/,
		});
		assert.equal(asked.length, 1);
	}
});

test('A key and then questions of the server in several rounds let in; what is no password is never kept', {
	skip: hasNoPam,
}, async context => {
	const lines = ['AuthenticationMethods publickey,keyboard-interactive', ...promptsOnly];
	const {server, user, keys, setPassword} = await pamServer(context, lines, [
		'auth required pam_unix.so nodelay',
		// Asks for more, and is content with anything.
		'auth [default=ignore] pam_ftp.so',
	]);
	setPassword(right);
	writeFileSync(keys, readFileSync(server.file('user.pub')));
	const {asks, asked, masked, add} = person('wrong', '123', right, '456');
	const shell = shellOf(context, server, asks);
	await shell.connect(never);
	const question = (prompt: string, refused: number) => {
		return {host: 'web1', kind: 'prompt', user, title: '', instruction: '', prompt, isShown: false, refused};
	};
	const [first, second] = ['Password: ', `Password required for ${user}.`] as const;
	assert.deepEqual(asked.splice(0), [question(first, 0), question(second, 0), question(first, 1), question(second, 1)]);
	assert.deepEqual(masked, [right]);
	await cut(shell, server);
	add('789');
	await shell.connect(never);
	assert.deepEqual(asked.splice(0), [question(second, 0)]);
	await cut(shell, server);
	setPassword('An0ther-horse');
	add('012', 'An0ther-horse', '345');
	await shell.connect(never);
	assert.deepEqual(asked, [question(second, 0), question(first, 1), question(second, 1)]);
});

test('A password that has expired is renewed by answering', {skip: hasNoPam}, async context => {
	const {server, user, setPassword} = await pamServer(context, promptsOnly, [
		'auth required pam_unix.so nodelay',
		'account required pam_unix.so',
		'password required pam_unix.so',
	]);
	setPassword(right);
	execFileSync('chage', ['-d', '0', user]);
	const renewed = 'N3w-horse-battery';
	const {asks, asked, masked} = person(right, right, renewed, renewed);
	const shell = shellOf(context, server, asks);
	await shell.connect(never);
	assert.match(asked.map(question => (question.kind === 'prompt' ? question.prompt : '')).join(), /New password/i);
	assert.deepEqual(masked, [], 'the old one is kept no longer');
});

test('Ways to log in that are off are not tried', {skip: hasNoPam}, async context => {
	const {server, user, keys, setPassword} = await pamServer(context, [
		'PasswordAuthentication yes',
		'KbdInteractiveAuthentication yes',
	]);
	setPassword(right);
	for (const [lines, kinds] of [
		[[], ['prompt']],
		[['KbdInteractiveAuthentication no'], ['password']],
		[['PreferredAuthentications password,keyboard-interactive'], ['password']],
		[['BatchMode yes'], []],
		[['PasswordAuthentication no', 'KbdInteractiveAuthentication no'], []],
	] as const) {
		server.configure([`User ${user}`, ...lines]);
		writeFileSync(keys, kinds.length > 0 ? '' : readFileSync(server.file('user.pub')));
		const {asks, asked} = person(right);
		await shellOf(context, server, asks).connect(never);
		assert.deepEqual(
			asked.map(({kind}) => kind),
			kinds,
		);
	}
});
