import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {type TestContext, test} from 'node:test';
import type {AskLogin} from '../../../../source/runtime/hosts/ask-login.ts';
import type {Shell} from '../../../../source/runtime/hosts/shell.ts';
import {sshShell} from '../../../../source/runtime/ssh/ssh-shell.ts';
import {person} from '../../../helpers/ssh/person.ts';
import {refusal} from '../../../helpers/ssh/refusal.ts';
import {hasNoSshd, makeKey, type SshServer, sshServer} from '../../../helpers/ssh/ssh-server.ts';
import {until} from '../../../helpers/task-host.ts';

const nothing = async function* (): AsyncGenerator<Uint8Array> {};
const never = new AbortController().signal;

function shellOf(context: TestContext, server: SshServer, asks?: AskLogin, acceptsNew = false): Shell {
	const shell = sshShell('web1', {host: 'web1'}, {env: server.env, acceptsNew, transport: 'ssh2', ...(asks && {asks})});
	context.after(() => shell.close());
	return shell;
}

/** Cuts the connection and makes it again. */
async function again(shell: Shell, server: SshServer): Promise<void> {
	let isUp = true;
	const stop = shell.onLink(up => {
		isUp = up;
	});
	server.cut();
	await until(() => !isUp);
	stop();
	await shell.connect(never);
}

const fingerprintOf = (file: string) =>
	execFileSync('ssh-keygen', ['-l', '-f', file], {encoding: 'utf8'}).split(' ')[1]!;

/** An encrypted key that the server knows, and no other. */
function lock(server: SshServer, name = 'locked', passphrase = 'open sesame', type = 'ed25519'): string {
	const file = server.file(name);
	execFileSync('ssh-keygen', [
		'-q',
		'-t',
		type,
		'-m',
		type === 'rsa' ? 'PEM' : 'RFC4716',
		'-N',
		passphrase,
		'-f',
		file,
	]);
	writeFileSync(server.file('authorized_keys'), readFileSync(`${file}.pub`));
	return file;
}

const cases: [string, string[], boolean, boolean | undefined, 'taken' | RegExp][] = [
	['is shown, and remembered when it is taken', [], false, true, 'taken'],
	['is shown too where the configuration would accept it', ['StrictHostKeyChecking accept-new'], false, true, 'taken'],
	['is shown where the configuration would not check it', ['StrictHostKeyChecking no'], false, true, 'taken'],
	['is refused when it is not taken', [], false, false, /^web1: its host key .* is not known for \[127/],
	['is taken without a question with --accept-new', [], true, undefined, 'taken'],
	[
		'is refused without a question where StrictHostKeyChecking says so, whatever is accepted',
		['StrictHostKeyChecking yes'],
		true,
		undefined,
		/is not known for .* StrictHostKeyChecking yes takes no unknown one\n/,
	],
	['is refused without a question in BatchMode', ['BatchMode yes'], false, undefined, /is not known for/],
];

for (const [title, lines, acceptsNew, answer, expected] of cases) {
	test(`An unknown host key ${title}`, {skip: hasNoSshd}, async context => {
		const server = await sshServer(context);
		server.configure(lines);
		server.know([]);
		const {asks, asked} = person(...(answer === undefined ? [] : [answer]));
		const shell = shellOf(context, server, asks, acceptsNew);
		if (expected === 'taken') await shell.connect(never);
		else assert.match(await refusal(shell), expected);
		const question = {
			host: 'web1',
			kind: 'host-key',
			name: `[127.0.0.1]:${server.port}`,
			type: 'ssh-ed25519',
			fingerprint: fingerprintOf(server.file('host-ed25519.pub')),
		};
		assert.deepEqual(asked, answer === undefined ? [] : [question]);
		const known = expected === 'taken' ? `[127.0.0.1]:${server.port} ${server.key()}\n` : '';
		assert.equal(readFileSync(server.file('known_hosts'), 'utf8'), known);
	});
}

test('Where nobody is there, no configuration accepts an unknown host key', {skip: hasNoSshd}, async context => {
	const server = await sshServer(context);
	server.know([]);
	for (const value of ['accept-new', 'no', 'off', 'ask']) {
		server.configure([`StrictHostKeyChecking ${value}`]);
		assert.match(await refusal(shellOf(context, server)), /is not known for .*\n.* or --accept-new$/);
	}
});

test('A host key that was taken is asked for once, and another one never later', {skip: hasNoSshd}, async context => {
	const server = await sshServer(context);
	server.configure(['UserKnownHostsFile /dev/null']);
	const {asks, asked} = person(true, true);
	const shell = shellOf(context, server, asks);
	await shell.connect(never);
	await again(shell, server);
	assert.equal(asked.length, 1);
	server.configure(['UserKnownHostsFile /dev/null', 'HostKeyAlgorithms rsa-sha2-512']);
	makeKey(server.file('another'));
	for (const half of ['', '.pub']) {
		writeFileSync(server.file(`host-ed25519${half}`), readFileSync(server.file(`another${half}`)));
	}
	process.kill(server.process, 'SIGHUP');
	await until(() => server.log.split('Server listening').length === 3);
	server.cut();
	await until(() =>
		shell.open(['true'], nothing()).then(
			() => false,
			() => true,
		),
	);
	assert.match(await refusal(shell), /^web1: it shows another host key than before, .* which nobody knows\n/);
	assert.equal(asked.length, 1);
});

test('A passphrase is asked until it is right, and once for the session', {skip: hasNoSshd}, async context => {
	const server = await sshServer(context);
	const file = lock(server);
	server.configure([`IdentityFile ${file}`]);
	const {asks, asked, given, masked, add} = person('wrong', 'wrong again', 'open sesame');
	const shell = shellOf(context, server, asks);
	await shell.connect(never);
	await again(shell, server);
	assert.deepEqual(
		asked,
		[0, 1, 2].map(refused => ({host: 'web1', kind: 'passphrase', file, refused})),
	);
	assert.ok(
		given.every(bytes => bytes.every(byte => byte === 0)),
		'what was typed is wiped',
	);
	assert.deepEqual(masked, []);
	await shell.close();
	add('open sesame');
	await until(() => shell.connect(never));
	assert.equal(asked.length, 4, 'the key is forgotten with the session');
});

const locked: [string, (server: SshServer) => void, (string | undefined)[], RegExp, number][] = [
	[
		'is wrong three times',
		() => {},
		['a', 'b', 'c', 'd'],
		/not usable: \S+ is encrypted, and none of 3 passphrases was right/,
		3,
	],
	['is not told', () => {}, [undefined], /not usable: \S+ is encrypted, and its passphrase was not told/, 1],
	['is empty', () => {}, [''], /not usable: \S+ is encrypted, and its passphrase was not told/, 1],
	[
		'is of a key that the server would not take',
		server => writeFileSync(server.file('authorized_keys'), ''),
		['open sesame'],
		/shown: \S+\/user, \S+\/locked\n/,
		0,
	],
];

for (const [title, prepare, answers, expected, questions] of locked) {
	test(`A passphrase that ${title} is one line after ${questions} questions`, {skip: hasNoSshd}, async context => {
		const server = await sshServer(context);
		server.configure([`IdentityFile ${lock(server)}`, 'PreferredAuthentications publickey']);
		prepare(server);
		const {asks, asked} = person(...answers);
		const words = await refusal(shellOf(context, server, asks));
		assert.match(words, expected);
		assert.equal(asked.length, questions);
	});
}

test('A passphrase opens a key of the old format, whose public half nobody has', {skip: hasNoSshd}, async context => {
	const server = await sshServer(context);
	const file = lock(server, 'old', 'open sesame', 'rsa');
	rmSync(`${file}.pub`);
	server.configure([`IdentityFile ${file}`]);
	const {asks, asked} = person('open sesame');
	await shellOf(context, server, asks).connect(never);
	assert.equal(asked.length, 1);
});

test('Time that a person takes does not count', {skip: hasNoSshd}, async context => {
	const server = await sshServer(context);
	server.configure([`IdentityFile ${lock(server)}`, 'ConnectTimeout 1']);
	const began = performance.now();
	const {asks} = person(until(() => performance.now() - began > 1500).then(() => 'open sesame'));
	await shellOf(context, server, asks).connect(never);
});

test('An answer that comes after the server has given up serves a second attempt', {skip: hasNoSshd}, async context => {
	const server = await sshServer(context, ['LoginGraceTime 1']);
	const file = lock(server);
	server.configure([`IdentityFile ${file}`]);
	const {asks, asked, add} = person();
	add(until(() => asked.length === 1 && server.sessions().length === 0).then(() => 'open sesame'));
	await shellOf(context, server, asks).connect(never);
	assert.equal(asked.length, 1);
});

test('A login that is left takes its question away', {skip: hasNoSshd}, async context => {
	const server = await sshServer(context);
	server.configure([`IdentityFile ${lock(server)}`]);
	const leaving = new AbortController();
	const {asks, asked} = person(new Promise(() => {}));
	const connecting = shellOf(context, server, asks).connect(leaving.signal);
	await until(() => asked.length > 0);
	leaving.abort();
	await assert.rejects(connecting, {message: 'web1: left before it was connected'});
});

test('A revoked host key is refused, by a list and by a KRL; a list that is not there trusts nothing', {
	skip: hasNoSshd,
}, async context => {
	const server = await sshServer(context);
	const list = server.file('revoked');
	server.configure([`RevokedHostKeys ${list}`]);
	assert.match(await refusal(shellOf(context, server)), /^web1: the revoked host keys cannot be read: ENOENT/);
	writeFileSync(list, `# none\n${server.key('host-rsa')} of yesterday\n`);
	await shellOf(context, server).connect(never);
	writeFileSync(list, `${server.key()}\n`);
	assert.match(
		await refusal(shellOf(context, server)),
		/its host key SHA256:\S+ \(ssh-ed25519\) is revoked by \S+\/revoked\n/,
	);
	for (const [name, isFine] of [
		['host-rsa', true],
		['host-ed25519', false],
	] as const) {
		rmSync(list);
		execFileSync('ssh-keygen', ['-q', '-k', '-f', list, server.file(`${name}.pub`)]);
		const shell = shellOf(context, server);
		if (isFine) await shell.connect(never);
		else assert.match(await refusal(shell), /is revoked by \S+\/revoked\n/);
	}
});

test('A connection begins at the interface that is configured', {skip: hasNoSshd}, async context => {
	const server = await sshServer(context);
	server.configure(['BindInterface lo']);
	await shellOf(context, server).connect(never);
	server.configure(['BindInterface no-such0']);
	assert.match(await refusal(shellOf(context, server)), /^web1: BindInterface no-such0: there is none here\n/);
});

test('A server is not asked to prove further host keys, which it would announce without end', {
	skip: hasNoSshd,
}, async context => {
	const server = await sshServer(context, ['LogLevel DEBUG1']);
	const shell = shellOf(context, server);
	await shell.connect(never);
	await (await shell.open(['true'], nothing())).ended;
	assert.match(server.log, /Starting session/);
	assert.doesNotMatch(server.log, /hostkeys-prove/);
});
