import assert from 'node:assert/strict';
import {once} from 'node:events';
import {chmodSync, copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {after, before, describe, type TestContext, test} from 'node:test';
import {refusal} from '../../../helpers/ssh/refusal.ts';
import {freePort, hasNoSshd, makeKey, type SshServer, sshServer} from '../../../helpers/ssh/ssh-server.ts';
import {openssh, sign} from '../../../helpers/ssh/ssh-shells.ts';
import {until} from '../../../helpers/task-host.ts';

const bad: [string, (server: SshServer, context: TestContext) => unknown, RegExp][] = [
	[
		'a changed key, with file and line',
		server => {
			makeKey(server.file('old'));
			server.know(['# the old machine', `[127.0.0.1]:${server.port} ${server.key('old')}`]);
		},
		/^web1: its host key has changed: it shows SHA256:\S+ \(ssh-ed25519\), but \S+\/known_hosts:2 has another/,
	],
	[
		'a revoked key',
		server => server.know([`[127.0.0.1]:${server.port} ${server.key()}`, `@revoked * ${server.key()}`]),
		/^web1: its host key SHA256:\S+ \(ssh-ed25519\) is revoked/,
	],
	[
		'a key in a list of revoked ones',
		server => server.configure([`RevokedHostKeys ${server.file('host-ed25519.pub')}`]),
		/^web1: its host key SHA256:\S+ \(ssh-ed25519\) is revoked by \S+host-ed25519\.pub\n/,
	],
	[
		'a key that the host does not know',
		server => writeFileSync(server.file('authorized_keys'), ''),
		/^web1: 127\.0\.0\.1, port \d+ did not let in \S+: it takes publickey\S*( \S+)*; shown: \S+\/user\n.*ssh-add/,
	],
	[
		'no key',
		server => {
			writeFileSync(server.file('authorized_keys'), '');
			const config = readFileSync(server.file('config'), 'utf8');
			writeFileSync(server.file('config'), config.replace(/IdentityFile .*/, `IdentityFile ${server.file('none')}`));
		},
		/did not let in \S+: .*there was no key to show\n/,
	],
	[
		'an encrypted key, where nobody is asked',
		server => {
			rmSync(server.file('locked'), {force: true});
			makeKey(server.file('locked'), 'a passphrase');
			writeFileSync(server.file('authorized_keys'), readFileSync(server.file('locked.pub')));
			const config = readFileSync(server.file('config'), 'utf8');
			writeFileSync(server.file('config'), config.replace(/IdentityFile .*/, `IdentityFile ${server.file('locked')}`));
		},
		/; not usable: \S+\/locked is encrypted, and nobody is there for its passphrase \(ssh-add \S+\/locked\)\n/,
	],
	[
		'a key that others may read',
		server => {
			copyFileSync(server.file('user'), server.file('loose'));
			chmodSync(server.file('loose'), 0o644);
			copyFileSync(server.file('user.pub'), server.file('loose.pub'));
			const config = readFileSync(server.file('config'), 'utf8');
			writeFileSync(server.file('config'), config.replace(/IdentityFile .*/, `IdentityFile ${server.file('loose')}`));
		},
		/; not usable: \S+\/loose may be read by others \(chmod 600 \S+\/loose\)\n/,
	],
	[
		'an agent that is gone',
		server => {
			writeFileSync(server.file('authorized_keys'), '');
			server.configure([`IdentityAgent ${server.file('gone')}`]);
		},
		/; not usable: the agent cannot be reached \(No such file or directory\)\n/,
	],
	[
		'a certificate that does not hold',
		server => {
			makeKey(server.file('authority'));
			sign(server.file('authority'), server.file('user'), '-n', 'somebody');
			writeFileSync(server.file('authorized_keys'), `cert-authority ${server.key('authority')}\n`);
		},
		/did not let in \S+: .*\nSee whether the certificate still holds, and for whom: ssh-keygen -L -f FILE$/,
	],
	[
		'a port that nothing listens on',
		async server => server.configure([], await freePort()),
		/^web1: 127\.0\.0\.1, port \d+ refused the connection\n.*sshd/,
	],
	[
		'an address that this machine does not have',
		server => server.configure(['BindAddress 203.0.113.9']),
		/cannot be reached from that address\nCheck BindAddress in the SSH configuration\.$/,
	],
	[
		'a name without an address',
		server => server.configure(['HostName no-such-host.invalid']),
		/^web1: no-such-host\.invalid has no address: /,
	],
	[
		'a peer that says nothing',
		async (server, context) => server.configure(['ConnectTimeout 1'], await listener(context, () => {})),
		/^web1: 127\.0\.0\.1, port \d+ did not answer within 1 s\n/,
	],
	[
		'something else than an SSH server',
		async (server, context) =>
			server.configure([], await listener(context, socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))),
		/^web1: 127\.0\.0\.1, port \d+ (does not answer as an SSH server|cannot be reached)/,
	],
	[
		'a way that does not lead there, with its own words',
		server => server.configure(["ProxyCommand sh -c 'echo no way through >&2; exit 1'"]),
		/cannot be reached by ssh: no way through\nCheck what is on the way/,
	],
	[
		'a way that ends without a word',
		server => server.configure(['ProxyCommand false']),
		/cannot be reached by ssh: the program on the way to it ended without a word\nCheck what is on the way/,
	],
	[
		'algorithms that the server does not have',
		server => server.configure(['KexAlgorithms diffie-hellman-group1-sha1']),
		/have no key exchange method in common; it offers \S+/,
	],
	[
		'what the configuration cannot mean',
		server => server.configure(['Ciphers nonsense']),
		/web1: ssh cannot read its configuration: .*Bad SSH2 cipher spec/,
	],
];

describe("The system's ssh refuses", {skip: hasNoSshd}, () => {
	let server: SshServer;
	const gone: (() => void)[] = [];
	before(async () => {
		server = await sshServer({after: clean => gone.push(clean)});
	});
	after(() => {
		for (const clean of gone) clean();
	});
	for (const [title, prepare, expected] of bad) {
		test(`${title}, in one line`, async context => {
			for (const name of readdirSync(server.folder)) if (name.startsWith('user-cert')) rmSync(server.file(name));
			writeFileSync(server.file('authorized_keys'), readFileSync(server.file('user.pub')));
			server.configure();
			server.know();
			await prepare(server, context);
			assert.match(await refusal(openssh(context, server)), expected);
			await until(() => readdirSync(server.file('runtime/handrail')).length === 0);
		});
	}

	test('is left when whoever asked has gone', async context => {
		const server = await sshServer(context);
		server.configure([], await listener(context, () => {}));
		const leaving = new AbortController();
		const connecting = openssh(context, server).connect(leaving.signal);
		setTimeout(() => leaving.abort(), 200);
		await assert.rejects(connecting, {message: 'web1: left before it was connected'});
	});
});

async function listener(context: TestContext, answer: (socket: Socket) => void): Promise<number> {
	const sockets = new Set<Socket>();
	const server = createServer(socket => {
		sockets.add(socket.on('error', () => {}));
		answer(socket);
	}).listen(0, '127.0.0.1');
	context.after(() => {
		server.close();
		for (const socket of sockets) socket.destroy();
	});
	await once(server, 'listening');
	return (server.address() as {port: number}).port;
}
