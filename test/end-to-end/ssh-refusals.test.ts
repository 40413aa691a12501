import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {test} from 'node:test';
import {cli, Program} from '../helpers/program.ts';
import {freePort, hasNoSshd, makeKey, type SshServer, sshServer} from '../helpers/ssh/ssh-server.ts';

type Case = {
	title: string;
	host?: string;
	prepare?(server: SshServer): void | Promise<void>;
	code: number;
	line: RegExp;
	/** In a network of its own, which leads nowhere. */
	isAlone?: boolean;
};

const cases: Case[] = [
	{
		title: 'an unknown host',
		host: 'no-such-host.invalid',
		code: 4,
		line: /^no-such-host\.invalid: .* has no address: /,
	},
	{
		title: 'a host that refuses the connection',
		prepare: async server => server.configure([], await freePort()),
		code: 4,
		line: /^web1: 127\.0\.0\.1, port \d+ refused the connection/,
	},
	{
		title: 'a host that no route leads to',
		prepare: server => server.configure(['HostName 192.0.2.1']),
		code: 4,
		line: /^web1: 192\.0\.2\.1, port \d+ cannot be reached: no route to its network/,
		isAlone: true,
	},
	{
		title: 'an unknown host key',
		prepare: server => server.know([]),
		code: 4,
		line: /^web1: its host key .* is not known for/,
	},
	{
		title: 'a changed host key',
		prepare(server) {
			makeKey(server.file('other'));
			server.know([`[127.0.0.1]:${server.port} ${server.key('other')}`]);
		},
		code: 4,
		line: /^web1: its host key has changed: .*known_hosts:1 has SHA256:/,
	},
	{
		title: 'a key that the host does not know',
		prepare: server => writeFileSync(server.file('authorized_keys'), ''),
		code: 4,
		line: /^web1: 127\.0\.0\.1, port \d+ did not let in \S+: it takes /,
	},
	{
		title: 'a key whose passphrase nobody can tell',
		prepare(server) {
			makeKey(server.file('locked'), 'a passphrase');
			server.configure([`IdentityFile ${server.file('locked')}`]);
			writeFileSync(server.file('authorized_keys'), server.key('locked'));
		},
		code: 4,
		line: /not usable: \S+\/locked is encrypted, and nobody is there for its passphrase/,
	},
	{title: 'an option in the place of a host', host: '-oProxyCommand=touch x', code: 2, line: /oProxyCommand=touch x/},
	{
		title: 'a syntax error in the configuration',
		prepare: server => writeFileSync(server.file('config'), 'Host web1\n  Port x y\n'),
		code: 2,
		line: /^web1: ssh cannot read its configuration: .*config line 2/,
	},
	{
		title: 'jumps in a circle',
		prepare: server =>
			writeFileSync(server.file('config'), 'Host web1\n ProxyJump a\nHost a\n ProxyJump b\nHost b\n ProxyJump a\n'),
		code: 2,
		line: /^web1: ProxyJump leads in a circle: a -> b -> a/,
	},
];

for (const {title, host = 'web1', prepare, code, line, isAlone = false} of cases) {
	const skip = hasNoSshd || (isAlone && process.getuid?.() !== 0 && 'only root can make a network');
	test(`${title} is one line, exit ${code}, within 15 s`, {skip}, async context => {
		const server = await sshServer(context);
		await prepare?.(server);
		const program = new Program(context);
		const env = {...program.env, HANDRAIL_SSH_CONFIG: server.file('config')};
		const words = [...(isAlone ? ['unshare', '--net'] : []), process.execPath, cli, 'probe', '--transport', 'ssh2'];
		const began = performance.now();
		const ended = spawnSync(words[0]!, [...words.slice(1), '--', host], {env, encoding: 'utf8', timeout: 20_000});
		assert.ok(performance.now() - began < 15_000);
		assert.equal(ended.status, code, `${ended.stdout}${ended.stderr}`);
		assert.equal(ended.stdout, '');
		const [, message] = /^handrail: ([^\n]+)\n {2}[^\n]+\n$/.exec(ended.stderr) ?? assert.fail(ended.stderr);
		assert.match(message!, line);
	});
}
