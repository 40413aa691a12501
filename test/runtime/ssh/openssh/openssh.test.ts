import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {userInfo} from 'node:os';
import {join} from 'node:path';
import {describe, type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {readConfiguration} from '../../../../source/runtime/ssh/configuration/read-configuration.ts';
import {commandWords} from '../../../../source/runtime/ssh/openssh/openssh-words.ts';
import {person} from '../../../helpers/ssh/person.ts';
import {refusal} from '../../../helpers/ssh/refusal.ts';
import {hasNoSshd, makeKey, type SshServer, sshServer} from '../../../helpers/ssh/ssh-server.ts';
import {again, exitOf, fingerprintOf, never, openssh, scratch, shellOf, sign} from '../../../helpers/ssh/ssh-shells.ts';
import {hasNoPam, pamServer} from '../../../helpers/ssh/unix-user.ts';
import {processesWith, until} from '../../../helpers/task-host.ts';

const nothing = async function* (): AsyncGenerator<Uint8Array> {};

const logins = ({log}: SshServer): number => log.split('Accepted ').length - 1;

/** A server that lets in whoever an authority vouches for. */
async function certified(context: TestContext): Promise<{server: SshServer; authority: string}> {
	const authority = join(scratch(context), 'authority');
	makeKey(authority);
	const server = await sshServer(context, [`TrustedUserCAKeys ${authority}.pub`]);
	writeFileSync(server.file('authorized_keys'), '');
	return {server, authority};
}

const connects: [
	title: string,
	why: RegExp,
	prepare: (context: TestContext) => Promise<{server: SshServer; env?: object}>,
][] = [
	[
		'a certificate that lies beside its key',
		/\/user has a certificate beside it$/,
		async context => {
			const {server, authority} = await certified(context);
			sign(authority, server.file('user'), '-n', userInfo().username);
			return {server};
		},
	],
	[
		'a certificate that the configuration names',
		/sets CertificateFile \S+\/other-cert\.pub$/,
		async context => {
			const {server, authority} = await certified(context);
			makeKey(server.file('other'));
			sign(authority, server.file('other'), '-n', userInfo().username);
			server.configure([`CertificateFile ${server.file('other-cert.pub')}`, `IdentityFile ${server.file('other')}`]);
			return {server};
		},
	],
	[
		'a certificate that the agent holds',
		/^the agent holds a certificate$/,
		async context => {
			const {server, authority} = await certified(context);
			makeKey(server.file('held'));
			sign(authority, server.file('held'), '-n', userInfo().username);
			const socket = server.file('agent');
			const agent = spawn('ssh-agent', ['-D', '-a', socket], {stdio: 'ignore'});
			context.after(() => agent.kill());
			await until(() => existsSync(socket));
			execFileSync('ssh-add', ['-q', server.file('held')], {env: {...process.env, SSH_AUTH_SOCK: socket}});
			server.configure([`IdentityAgent ${socket}`]);
			return {server};
		},
	],
	[
		'a program to connect by',
		/sets ProxyCommand bash/,
		async context => {
			const server = await sshServer(context);
			server.configure(["ProxyCommand bash -c 'exec 3<>/dev/tcp/%h/%p; cat <&3 & exec cat >&3'"]);
			return {server};
		},
	],
	[
		'a program that knows the host keys',
		/sets KnownHostsCommand \/bin\/echo/,
		async context => {
			const server = await sshServer(context);
			const line = `[127.0.0.1]:${server.port} ${server.key()}`;
			server.know([]);
			server.configure([`KnownHostsCommand /bin/echo ${line}`]);
			return {server};
		},
	],
	[
		'a host key that only an authority vouches for',
		/^only a certificate authority vouches for its host key \(\S+\/known_hosts:1\)$/,
		async context => {
			const folder = scratch(context);
			for (const name of ['authority', 'host']) makeKey(join(folder, name));
			sign(join(folder, 'authority'), join(folder, 'host'), '-h', '-n', '127.0.0.1');
			const lines = [`HostKey ${join(folder, 'host')}`, `HostCertificate ${join(folder, 'host-cert.pub')}`];
			const server = await sshServer(context, lines);
			writeFileSync(server.file('host-ed25519.pub'), readFileSync(join(folder, 'host.pub')));
			const [type, key] = readFileSync(join(folder, 'authority.pub'), 'utf8').split(' ');
			server.know([`@cert-authority [127.0.0.1]:${server.port} ${type} ${key}`]);
			return {server};
		},
	],
	[
		'a server with post-quantum key exchange only',
		/^the server shares no algorithm with ssh2$/,
		async context => ({server: await sshServer(context, ['KexAlgorithms sntrup761x25519-sha512@openssh.com'])}),
	],
	[
		'algorithms that only ssh knows',
		/Ciphers allows none/,
		async context => {
			const server = await sshServer(context, ['Ciphers aes256-cbc']);
			server.configure(['Ciphers aes256-cbc']);
			return {server};
		},
	],
];

// Together, since most of the time is waiting.
describe("The system's ssh", {skip: hasNoSshd, concurrency: 4}, () => {
	for (const [title, why, prepare] of connects) {
		test(`is taken for ${title}, and gets in`, async context => {
			const {server} = await prepare(context);
			const shell = shellOf(context, server);
			assert.equal((await shell.connect(never)).hostKey, fingerprintOf(server.file('host-ed25519.pub')));
			const {name, why: said, notes} = shell.transport!()!;
			assert.equal(name, 'openssh');
			assert.match(said, why);
			assert.match(notes[0]!, /^OpenSSH_/);
			assert.deepEqual(await exitOf(shell, 'exit 7'), {exit: 7});
		});
	}

	test('has the key of the last machine where the way leads over another one, whatever that one says', async context => {
		const [server, jump] = await Promise.all([sshServer(context), sshServer(context)]);
		server.configure(['ProxyJump jump']);
		jump.configure(['LogLevel DEBUG1']);
		const config = `${readFileSync(server.file('config'), 'utf8')}${readFileSync(jump.file('config'), 'utf8').replace('web1', 'jump')}`;
		writeFileSync(server.file('config'), config);
		const {hostKey} = await openssh(context, server).connect(never);
		assert.equal(hostKey, fingerprintOf(server.file('host-ed25519.pub')));
		assert.equal(logins(jump), 1);
	});

	test('says what a machine on the way has said, where the way ends there', async context => {
		const [server, jump] = await Promise.all([sshServer(context), sshServer(context)]);
		server.configure(['ProxyJump jump']);
		const config = `${readFileSync(server.file('config'), 'utf8')}${readFileSync(jump.file('config'), 'utf8').replace('web1', 'jump')}`;
		writeFileSync(server.file('config'), config);
		jump.know([]);
		const expected =
			/^web1: .* cannot be reached by ssh: .*Host key verification failed\.\nCheck what is on the way to it/;
		assert.match(await refusal(openssh(context, server)), expected);
		const {asks, asked} = person(true);
		const {hostKey} = await openssh(context, server, asks).connect(never);
		assert.equal(hostKey, fingerprintOf(server.file('host-ed25519.pub')));
		const name = `[127.0.0.1]:${jump.port}`;
		const fingerprint = fingerprintOf(jump.file('host-ed25519.pub'));
		assert.deepEqual(asked, [{host: 'web1', machine: name, kind: 'host-key', name, type: 'ssh-ed25519', fingerprint}]);
	});

	test('meets the key that ssh2 meets, of several that are known', async context => {
		const server = await sshServer(context);
		const name = `[127.0.0.1]:${server.port}`;
		for (const keys of [['host-rsa', 'host-ed25519'], ['host-ed25519', 'host-rsa'], ['host-rsa']]) {
			server.know(keys.map(key => `${name} ${server.key(key)}`));
			const met = await Promise.all(
				(['ssh2', 'openssh'] as const).map(transport => shellOf(context, server, {transport}).connect(never)),
			);
			const hostKey = fingerprintOf(server.file(`${keys[0]}.pub`));
			assert.deepEqual(met, [{hostKey}, {hostKey}]);
		}
	});

	const keys: [string, string[], boolean, boolean | undefined, 'taken' | RegExp][] = [
		['is shown, and remembered when it is taken', [], false, true, 'taken'],
		['is shown where the configuration would not check it', ['StrictHostKeyChecking no'], false, true, 'taken'],
		[
			'is refused when it is not taken',
			[],
			false,
			false,
			/its host key SHA256:\S+ \(ssh-ed25519\) is not known for \[127.*\nIt was not accepted/,
		],
		[
			'is refused where nobody is there',
			[],
			false,
			undefined,
			/its host key SHA256:\S+ \(ssh-ed25519\) is not known for \[127\S+\n.*--accept-new$/,
		],
		['is taken without a question with --accept-new', [], true, undefined, 'taken'],
		[
			'is refused where StrictHostKeyChecking says so',
			['StrictHostKeyChecking yes'],
			true,
			true,
			/is not known for \[127\S+\nStrictHostKeyChecking yes/,
		],
	];
	for (const [title, lines, acceptsNew, answer, expected] of keys) {
		test(`meets an unknown host key: it ${title}`, async context => {
			const server = await sshServer(context);
			server.configure(lines);
			server.know([]);
			const {asks, asked} = person(answer);
			const shell = openssh(context, server, answer === undefined ? undefined : asks, acceptsNew);
			const [type, key] = server.key().split(' ');
			if (expected !== 'taken') {
				assert.match(await refusal(shell), expected);
				assert.equal(readFileSync(server.file('known_hosts'), 'utf8'), '');
			} else {
				const {hostKey} = await shell.connect(never);
				const name = `[127.0.0.1]:${server.port}`;
				const question = {host: 'web1', kind: 'host-key', name, type, fingerprint: hostKey};
				assert.deepEqual(asked, acceptsNew ? [] : [question]);
				assert.ok(readFileSync(server.file('known_hosts'), 'utf8').startsWith(`${name} ${type} ${key}`));
				if (acceptsNew) return;
				server.know([]);
				await again(shell, server);
				assert.equal(asked.length, 1, 'it is not asked for twice');
			}
		});
	}

	test('takes an unknown key for that of another machine when the connection is made again', async context => {
		const server = await sshServer(context);
		const {asks, asked} = person(true);
		const shell = openssh(context, server, asks);
		await shell.connect(never);
		const other = await sshServer(context);
		server.configure([], other.port);
		server.cut();
		await until(async () => /is not known for/.test(await refusal(shell).catch(() => '')));
		assert.deepEqual(asked, []);
	});

	test('asks for a passphrase until it is right, keeps it for the next connection, and leaves no trace of it', async context => {
		const server = await sshServer(context);
		makeKey(server.file('locked'), 'open Sesame-19');
		writeFileSync(server.file('authorized_keys'), readFileSync(server.file('locked.pub')));
		server.configure([`IdentityFile ${server.file('locked')}`, 'IdentitiesOnly yes']);
		let traces: number[] = [];
		const {asks, asked, masked, given} = person('wrong', 'open Sesame-19');
		const shell = openssh(context, server, asks);
		await shell.connect(never);
		traces = [...processesWith('open Sesame-19'), ...processesWith('open Sesame-19', 'environ')];
		assert.deepEqual(traces, []);
		const folder = join(server.file('runtime/handrail'), readdirSync(server.file('runtime/handrail'))[0]!);
		const files = readdirSync(folder, {withFileTypes: true}).filter(entry => entry.isFile());
		assert.deepEqual(
			files.map(file => file.name),
			['askpass'],
			'neither questions nor answers are left',
		);
		const question = {host: 'web1', kind: 'passphrase', file: server.file('locked')};
		assert.deepEqual(asked, [
			{...question, refused: 0},
			{...question, refused: 1},
		]);
		assert.deepEqual(masked, ['open Sesame-19']);
		await again(shell, server);
		assert.equal(asked.length, 2, 'the kept one served');
		await shell.close();
		assert.ok(
			given.every(bytes => bytes.every(byte => byte === 0)),
			'all that was typed is wiped',
		);
	});

	test('asks for a password until it is right, and never says an empty one for nobody', {
		skip: hasNoPam,
	}, async context => {
		const {server, user, setPassword} = await pamServer(context, [
			'PasswordAuthentication yes',
			'KbdInteractiveAuthentication no',
			'LogLevel VERBOSE',
		]);
		setPassword('Corr3ct-horse');
		const failures = () => server.log.split('Failed password').length - 1;
		assert.match(await refusal(openssh(context, server, person(undefined).asks)), /was left: no password was given/);
		assert.equal(failures(), 0);
		const {asks, asked, masked} = person('wrong', 'Corr3ct-horse');
		const shell = openssh(context, server, asks);
		await shell.connect(never);
		const question = {host: 'web1', kind: 'password', user};
		assert.deepEqual(asked, [
			{...question, refused: 0},
			{...question, refused: 1},
		]);
		assert.deepEqual(masked, ['Corr3ct-horse']);
		assert.equal(failures(), 1);
		await again(shell, server);
		assert.equal(asked.length, 2, 'the kept one served');
	});

	test("hands on the server's own questions, and keeps of the answers only a password", {
		skip: hasNoPam,
	}, async context => {
		const {server, user, keys, setPassword} = await pamServer(
			context,
			[
				'AuthenticationMethods publickey,keyboard-interactive',
				'KbdInteractiveAuthentication yes',
				'PasswordAuthentication no',
				'MaxAuthTries 20',
			],
			// The second asks for more, and is content with anything.
			['auth required pam_unix.so nodelay', 'auth [default=ignore] pam_ftp.so'],
		);
		setPassword('Corr3ct-horse');
		writeFileSync(keys, readFileSync(server.file('user.pub')));
		const {asks, asked, masked, add} = person('wrong', '123', 'Corr3ct-horse', '456');
		const shell = openssh(context, server, asks);
		await shell.connect(never);
		const question = (prompt: string, refused: number) => {
			return {host: 'web1', kind: 'prompt', user, title: '', instruction: '', prompt, isShown: false, refused};
		};
		const [first, second] = ['Password: ', `Password required for ${user}.`] as const;
		assert.deepEqual(asked.splice(0), [
			question(first, 0),
			question(second, 0),
			question(first, 1),
			question(second, 1),
		]);
		assert.deepEqual(masked, ['Corr3ct-horse']);
		add('789');
		await again(shell, server);
		assert.deepEqual(asked, [question(second, 0)]);
	});

	test('ends with its master: the loss is told, nothing logs in by itself, and the next connection works', async context => {
		const server = await sshServer(context);
		const shell = openssh(context, server);
		await shell.connect(never);
		const seen: boolean[] = [];
		shell.onLink(isUp => seen.push(isUp));
		const channel = await shell.open(['sleep', '1000'], nothing());
		const [master] = processesWith(server.file('runtime')).filter(
			id =>
				readFileSync(`/proc/${id}/comm`, 'utf8') === 'ssh\n' &&
				readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('-M'),
		);
		process.kill(master!, 'SIGKILL');
		assert.equal(await channel.ended, 'lost');
		await until(() => seen.length === 1);
		await assert.rejects(shell.open(['true'], nothing()), {name: 'LinkLost'});
		assert.equal(logins(server), 1);
		await shell.connect(never);
		assert.deepEqual(seen, [false, true]);
		assert.deepEqual(await exitOf(shell, 'exit 0'), {exit: 0});
		assert.equal(logins(server), 2);
	});

	test('says why a connection has gone, and not how much went over it', async context => {
		const server = await sshServer(context);
		const shell = openssh(context, server);
		await shell.connect(never);
		await exitOf(shell, 'exit 0');
		const gone = new Promise<string | undefined>(resolve => shell.onLink((isUp, why) => !isUp && resolve(why)));
		server.cut();
		assert.match((await gone) ?? '', /closed by remote host|reset|closed/);
	});

	test('never connects for a command whose master is not there', async context => {
		const server = await sshServer(context, ['LogLevel VERBOSE']);
		const configuration = await readConfiguration({host: '127.0.0.1', port: server.port}, server.env, never);
		const folder = server.file('');
		const words = commandWords({address: {host: '127.0.0.1'}, configuration, folder} as never, '/dev/null', 'true');
		assert.throws(() => execFileSync('ssh', words, {stdio: 'pipe', timeout: 5000}), {status: 255});
		assert.doesNotMatch(server.log, /Connection from/);
	});

	test('leaves nothing behind when the program is killed, while it is connected and while it asks', async context => {
		const server = await sshServer(context);
		makeKey(server.file('locked'), 'a passphrase');
		const runtime = server.file('runtime');
		mkdirSync(runtime, {mode: 0o700});
		const program = fileURLToPath(new URL('../ssh2/connect-process.ts', import.meta.url));
		for (const lines of [
			[],
			[`IdentityFile ${server.file('locked')}`, 'IdentitiesOnly yes', 'PreferredAuthentications publickey'],
		]) {
			server.configure(lines);
			if (lines.length > 0) writeFileSync(server.file('authorized_keys'), readFileSync(server.file('locked.pub')));
			const child = spawn(process.execPath, [program], {
				stdio: ['ignore', 'pipe', 'inherit'],
				env: {...server.env, XDG_RUNTIME_DIR: runtime},
			});
			context.after(() => child.kill('SIGKILL'));
			const [said] = await once(child.stdout.setEncoding('utf8'), 'data');
			assert.equal(said, lines.length > 0 ? 'asked\n' : 'connected\n');
			assert.notDeepEqual(processesWith(runtime), []);
			child.kill('SIGKILL');
			await until(() => processesWith(join(runtime, 'handrail')).length === 0);
			await until(() => readdirSync(join(runtime, 'handrail')).length === 0);
		}
	});

	test('says goodbye when it is closed, and leaves no file', async context => {
		const server = await sshServer(context);
		const shell = openssh(context, server);
		await shell.connect(never);
		// What the server says after a login has been read then: closing would answer it with a reset.
		await exitOf(shell, 'exit 0');
		await shell.close();
		await until(() => server.log.includes('Received disconnect')).catch(error =>
			assert.fail(`${error.message}: ${server.log}`),
		);
		await until(() => readdirSync(server.file('runtime/handrail')).length === 0);
	});
});
