import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {after, before, describe, type TestContext, test} from 'node:test';
import {Failure} from '../../../../source/core/text/failure.ts';
import {NotConnected} from '../../../../source/runtime/hosts/host.ts';
import {parseAddress} from '../../../../source/runtime/ssh/configuration/address.ts';
import {sshShell} from '../../../../source/runtime/ssh/ssh-shell.ts';
import {freePort, hasNoSshd, makeKey, type SshServer, sshServer} from '../../../helpers/ssh/ssh-server.ts';
import {until} from '../../../helpers/task-host.ts';

/** Connects, and answers the fingerprint of the host's key, or rejects as a run would. */
async function connect(env: NodeJS.ProcessEnv, {name = 'web1', acceptsNew = false} = {}): Promise<string> {
	const shell = sshShell(name, parseAddress(name)!, {env, acceptsNew, transport: 'ssh2'});
	try {
		return (await shell.connect(new AbortController().signal)).hostKey;
	} finally {
		await shell.close();
	}
}

/** The two lines of a connection that was not made; it must not take longer than the promised 15 s. */
async function refusal(env: NodeJS.ProcessEnv, options?: Parameters<typeof connect>[1]): Promise<string> {
	const began = performance.now();
	const error = await connect(env, options).then(
		() => assert.fail('it connected'),
		error => error,
	);
	assert.ok(performance.now() - began < 15_000, 'within 15 s');
	assert.ok(error instanceof NotConnected || error instanceof Failure, error.stack);
	assert.match(error.message, /^[^\n]+$/);
	assert.match(error.hint, /^[^\n]+$/);
	return `${error.message}\n${error.hint}`;
}

const fingerprintOf = (file: string) =>
	execFileSync('ssh-keygen', ['-l', '-f', file], {encoding: 'utf8'}).split(' ')[1]!;

describe('Connecting over SSH', {skip: hasNoSshd}, () => {
	let server: SshServer;
	const gone: (() => void)[] = [];
	before(async () => {
		server = await sshServer({after: clean => gone.push(clean)});
	});
	after(() => {
		for (const clean of gone) clean();
	});
	/** Every test begins with what lets it in. */
	function usual(lines: string[] = [], port?: number) {
		server.configure(lines, port);
		server.know();
		return server;
	}

	test('succeeds by a key file, with the fingerprint that ssh-keygen shows', async () => {
		assert.equal(await connect(usual().env), fingerprintOf(server.file('host-ed25519.pub')));
	});

	test('finds a hashed name', async () => {
		usual();
		execFileSync('ssh-keygen', ['-q', '-H', '-f', server.file('known_hosts')], {stdio: 'ignore'});
		assert.match(await connect(server.env), /^SHA256:/);
	});

	test('asks for the host key of the type that is known', async () => {
		usual();
		server.know([`[127.0.0.1]:${server.port} ${server.key('host-rsa')}`]);
		assert.equal(await connect(server.env), fingerprintOf(server.file('host-rsa.pub')));
	});

	test('finds the key under the alias of the configuration, and in the second file', async () => {
		usual(['HostKeyAlias the-web', `UserKnownHostsFile ${server.file('none')} ${server.file('known_hosts')}`]);
		server.know([`the-web ${server.key()}`]);
		assert.match(await connect(server.env), /^SHA256:/);
	});

	test('refuses an unknown key with its fingerprint and the ways to accept it', async () => {
		usual();
		server.know([]);
		const words = await refusal(server.env);
		assert.ok(words.startsWith(`web1: its host key ${fingerprintOf(server.file('host-ed25519.pub'))} `), words);
		assert.match(words, /\(ssh-ed25519\) is not known for \[127\.0\.0\.1\]:\d+\n.*ssh web1 once, or --accept-new$/);
		assert.equal(readFileSync(server.file('known_hosts'), 'utf8'), '');
	});

	for (const hashing of ['yes', 'no']) {
		test(`accepts an unknown key once with --accept-new and remembers it, HashKnownHosts ${hashing}`, async () => {
			usual([`HashKnownHosts ${hashing}`]);
			writeFileSync(server.file('known_hosts'), `web2 ${server.key()}`);
			await connect(server.env, {acceptsNew: true});
			const lines = readFileSync(server.file('known_hosts'), 'utf8').split('\n');
			assert.equal(lines.length, 3, 'one line is added, and the one without an end is left whole');
			assert.equal(lines[0], `web2 ${server.key()}`);
			assert.equal(lines[1]!.startsWith('|1|'), hashing === 'yes');
			await connect(server.env);
			// The oracle: ssh itself finds it.
			execFileSync('ssh-keygen', ['-F', `[127.0.0.1]:${server.port}`, '-f', server.file('known_hosts')]);
		});
	}

	test('makes the folder of a known_hosts file that is not there yet, for the user alone', async () => {
		usual([`UserKnownHostsFile ${server.file('new/known_hosts')}`]);
		await connect(server.env, {acceptsNew: true});
		assert.match(readFileSync(server.file('new/known_hosts'), 'utf8'), /^\[127.*\n$/);
		assert.equal(
			execFileSync('stat', ['-c', '%a', server.file('new'), server.file('new/known_hosts')]).toString(),
			'700\n600\n',
		);
	});

	test('remembers no key of a server that did not let in who asked', async () => {
		makeKey(server.file('stranger'));
		usual([`IdentityFile ${server.file('stranger')}`, `UserKnownHostsFile ${server.file('nobody')}`]);
		strip(server, 'user');
		await refusal(server.env, {acceptsNew: true});
		assert.ok(!existsSync(server.file('nobody')));
	});

	const bad: [string, () => void, RegExp][] = [
		[
			'a changed key, with file and line, whatever is accepted',
			() => server.know(['# the old machine', `[127.0.0.1]:${server.port} ${keyOf(server, 'old')}`]),
			/web1: its host key has changed: it shows SHA256:\S+ \(ssh-ed25519\), but \S+\/known_hosts:2 has SHA256:\S+ \(ssh-ed25519\)\n/,
		],
		[
			'a revoked key, with file and line',
			() => server.know([`[127.0.0.1]:${server.port} ${server.key()}`, `@revoked * ${server.key()}`]),
			/web1: its host key SHA256:\S+ \(ssh-ed25519\) is revoked by \S+\/known_hosts:2\n/,
		],
		[
			'a key that only an authority vouches for',
			() => server.know([`@cert-authority * ${keyOf(server, 'authority')}`]),
			/web1: ssh2 cannot connect to it: only a certificate authority vouches for its host key \(\S+\/known_hosts:1\)\n/,
		],
		[
			'known hosts that cannot be read',
			() => {
				mkdirSync(server.file('a-folder'), {recursive: true});
				server.configure([`UserKnownHostsFile ${server.file('a-folder')}`]);
			},
			/The known host keys in \S+ cannot be read: it is a folder/,
		],
		[
			'a key that the host does not know',
			() => {
				keyOf(server, 'wrong');
				server.configure([`IdentityFile ${server.file('wrong')}`, 'IdentitiesOnly yes']);
				// The first key of the list is the wrong one, the second must not help.
				strip(server, 'user');
			},
			/web1: 127\.0\.0\.1, port \d+ did not let in \S+: it takes publickey\S*( \S+)*; shown: \S+\/wrong/,
		],
		[
			'no key at all',
			() => {
				server.configure();
				strip(server, 'user');
			},
			/did not let in \S+: .*there was no key to show/,
		],
		[
			'a key file that others may read',
			() => {
				keyOf(server, 'open');
				chmodSync(server.file('open'), 0o644);
				server.configure([`IdentityFile ${server.file('open')}`]);
				strip(server, 'user');
			},
			/there was no key to show; not usable: \S+\/open may be read by others \(chmod 600 \S+\/open\)/,
		],
		[
			'an encrypted key file, with the remedy',
			() => {
				if (!existsSync(server.file('locked'))) makeKey(server.file('locked'), 'a passphrase');
				server.configure([`IdentityFile ${server.file('locked')}`]);
				strip(server, 'user');
			},
			/not usable: \S+\/locked is encrypted, and nobody is there for its passphrase \(ssh-add \S+\/locked\)/,
		],
		[
			'an agent that is not there',
			() => {
				server.configure([`IdentityAgent ${server.file('no-agent')}`]);
				strip(server, 'user');
			},
			/not usable: the agent at \S+\/no-agent cannot be reached/,
		],
		[
			'a proxy',
			() => server.configure(['ProxyCommand nc %h %p']),
			/ssh2 cannot connect to it: its SSH configuration sets ProxyCommand nc %h %p\n/,
		],
		['a certificate', () => server.configure(['CertificateFile /x']), /sets CertificateFile \/x\n/],
		['a token', () => server.configure(['PKCS11Provider /x.so']), /sets PKCS11Provider \/x\.so\n/],
		[
			'a cipher that is not known here',
			() => server.configure(['Ciphers aes256-cbc']),
			/web1: ssh2 cannot connect to it: .*Ciphers allows none that this version knows/,
		],
		[
			'an invalid configuration, with the file and the line',
			() => writeFileSync(server.file('config'), 'Host web1\n  Hostnam x\n'),
			/web1: ssh cannot read its configuration: .*config.* line 2: Bad configuration option: hostnam/,
		],
		[
			'a configuration of which nothing is valid, with its first lines',
			() => writeFileSync(server.file('config'), `Host web1\n${'  Hostnam x\n'.repeat(50)}`),
			/web1: ssh cannot read its configuration: .* line 2: .{0,300}\.\.\.\n/,
		],
	];

	for (const [title, prepare, expected] of bad) {
		test(`refuses ${title}`, async () => {
			usual();
			prepare();
			assert.match(await refusal(server.env, {acceptsNew: true}), expected);
		});
	}

	test('uses the key of an agent, and of several the one that is configured first', async context => {
		const socket = server.file('agent');
		const agent = spawn('ssh-agent', ['-D', '-a', socket], {stdio: 'ignore'});
		context.after(() => agent.kill());
		await until(() => existsSync(socket));
		const env = {...server.env, SSH_AUTH_SOCK: socket};
		for (let stranger = 0; stranger < 7; stranger++) keyOf(server, `stranger-${stranger}`);
		const strangers = Array.from({length: 7}, (_, at) => server.file(`stranger-${at}`));
		execFileSync('ssh-add', ['-q', ...strangers, server.file('user')], {env, stdio: 'ignore'});
		usual([`IdentityAgent ${socket}`]);
		assert.match(await connect(env), /^SHA256:/);
		// Only the public half is left of the configured key: the agent has to sign.
		usual([`IdentityAgent ${socket}`, `IdentityFile ${server.file('user.pub')}`, 'IdentitiesOnly yes']);
		strip(server, 'user');
		assert.match(await connect(env), /^SHA256:/);
		// Without a hint the server is shown too many keys, and says so.
		usual([`IdentityAgent ${socket}`]);
		strip(server, 'user');
		assert.match(await refusal(env), /it allows no more attempts; .*\n.*IdentitiesOnly yes/);
	});

	test('says what refuses the connection, and what has no address', async () => {
		usual([], await freePort());
		assert.match(await refusal(server.env), /web1: 127\.0\.0\.1, port \d+ refused the connection\n.*sshd/);
		assert.match(await refusal(server.env, {name: 'no-such-host.invalid'}), /has no address: /);
	});

	test('gives up what accepts a connection and says nothing', async context => {
		const port = await listener(context, () => {});
		usual(['ConnectTimeout 1'], port);
		assert.match(await refusal(server.env), /did not answer within 1 s\n/);
	});

	test('says that something else than an SSH server answers', async context => {
		const port = await listener(context, socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
		usual([], port);
		assert.match(await refusal(server.env), /does not answer as an SSH server\n/);
	});

	test('says that there is no ssh program', async () => {
		usual();
		await assert.rejects(connect({...server.env, PATH: '/nowhere'}), error => {
			assert.ok(error instanceof Failure);
			assert.equal(error.exitCode, 2);
			assert.match(error.message, /there is no ssh program here/);
			return true;
		});
	});

	test('is left when whoever asked has gone', async context => {
		const port = await listener(context, () => {});
		usual([], port);
		const shell = sshShell('web1', {host: 'web1'}, {env: server.env, acceptsNew: false});
		const leaving = new AbortController();
		const began = performance.now();
		setTimeout(() => leaving.abort(), 100);
		await assert.rejects(shell.connect(leaving.signal), {message: 'web1: left before it was connected'});
		assert.ok(performance.now() - began < 5000);
	});
});

test('Where nobody is there, what takes only passwords or more than a key is not asked', {
	skip: hasNoSshd,
}, async context => {
	for (const [lines, expected] of [
		[
			['PubkeyAuthentication no', 'PasswordAuthentication yes'],
			/it takes password\S*( \S+)*; .*\nNobody is there to answer it: /,
		],
		[['AuthenticationMethods publickey,password'], /it asks for more: password; .*\nNobody is there to answer it: /],
	] as const) {
		const server = await sshServer(context, [...lines]);
		assert.match(await refusal(server.env), expected);
	}
});

test('A server that has nothing in common with this version is named as such', {skip: hasNoSshd}, async context => {
	const server = await sshServer(context, ['KexAlgorithms sntrup761x25519-sha512@openssh.com']);
	assert.match(await refusal(server.env), /have no algorithm in common: .*key exchange/);
});

/** A public key that is made where it is not there yet. */
function keyOf(server: SshServer, name: string): string {
	if (!existsSync(server.file(name))) makeKey(server.file(name));
	return server.key(name);
}

/** Takes a key out of the configuration. */
function strip(server: SshServer, name: string): void {
	const config = readFileSync(server.file('config'), 'utf8');
	const lines = config.split('\n').filter(line => line !== `IdentityFile ${server.file(name)}`);
	const own = lines.some(line => line.startsWith('IdentityFile')) ? [] : [`IdentityFile ${server.file('not-there')}`];
	writeFileSync(server.file('config'), [...lines, ...own, ''].join('\n'));
}

async function listener(context: TestContext, answer: (socket: Socket) => void): Promise<number> {
	const server = createServer(socket => {
		socket.on('error', () => {});
		answer(socket);
	}).listen(0, '127.0.0.1');
	context.after(() => server.close());
	await once(server, 'listening');
	return (server.address() as {port: number}).port;
}
