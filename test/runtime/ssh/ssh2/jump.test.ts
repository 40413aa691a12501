import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {existsSync, writeFileSync} from 'node:fs';
import {userInfo} from 'node:os';
import {type TestContext, test} from 'node:test';
import type {AskLogin} from '../../../../source/runtime/hosts/ask-login.ts';
import type {Shell} from '../../../../source/runtime/hosts/shell.ts';
import {sshShell} from '../../../../source/runtime/ssh/ssh-shell.ts';
import {person} from '../../../helpers/ssh/person.ts';
import {refusal} from '../../../helpers/ssh/refusal.ts';
import {freePort, hasNoSshd, makeKey, type SshServer, sshServer} from '../../../helpers/ssh/ssh-server.ts';
import {until} from '../../../helpers/task-host.ts';

const never = new AbortController().signal;
const nothing = async function* (): AsyncGenerator<Uint8Array> {};

/** Three machines, `web1` behind `middle` behind `first`, and a configuration that says so. */
async function chain(context: Pick<TestContext, 'after'>, lines: {first?: string[]; middle?: string[]} = {}) {
	const [first, middle, last] = await Promise.all([
		sshServer(context, lines.first),
		sshServer(context, lines.middle),
		sshServer(context),
	]);
	const servers = {first, middle, web1: last};
	const know = (wrong: Partial<Record<keyof typeof servers, string | undefined>> = {}) =>
		last.know(
			Object.entries(servers).flatMap(([name, server]) => {
				const key = name in wrong ? wrong[name as keyof typeof servers] : server.key();
				return key === undefined ? [] : [`[127.0.0.1]:${server.port} ${key}`];
			}),
		);
	const configure = (ways: Record<string, string[]>) =>
		writeFileSync(
			last.file('config'),
			[
				...Object.entries(servers).flatMap(([name, {port, folder}]) => [
					`Host ${name}`,
					...(ways[name] ?? []),
					`Port ${port}`,
					`IdentityFile ${folder}/user`,
				]),
				'Host *',
				'HostName 127.0.0.1',
				`User ${userInfo().username}`,
				'IdentityAgent none',
				`UserKnownHostsFile ${last.file('known_hosts')}`,
				'GlobalKnownHostsFile none',
				'HashKnownHosts no',
				'',
			].join('\n'),
		);
	know();
	configure({web1: ['ProxyJump first,middle']});
	const shell = (asks?: AskLogin, acceptsNew = false): Shell => {
		const made = sshShell('web1', {host: 'web1'}, {env: last.env, acceptsNew, transport: 'ssh2', ...(asks && {asks})});
		context.after(() => made.close());
		return made;
	};
	return {...servers, know, configure, shell};
}

async function outputOf(shell: Shell, script: string): Promise<string> {
	const {stdout, ended} = await shell.open(['sh', '-c', script], nothing());
	const chunks: Uint8Array[] = [];
	for await (const chunk of stdout) chunks.push(chunk);
	await ended;
	return Buffer.concat(chunks).toString();
}

test('A host is reached over two others, however the configuration says it, and goes with any of them', {
	skip: hasNoSshd,
}, async context => {
	const {first, middle, web1, configure, shell} = await chain(context);
	const said: Record<string, string[]>[] = [
		{web1: ['ProxyJump first,middle']},
		{web1: ['ProxyJump middle'], middle: ['ProxyJump first']},
		{web1: [`ProxyJump ssh://${userInfo().username}@first:${first.port},middle`]},
	];
	for (const ways of said) {
		configure(ways);
		const made = shell();
		await made.connect(never);
		assert.equal((await outputOf(made, 'echo $SSH_CONNECTION')).split(' ').at(-1), `${web1.port}\n`);
		for (const server of [first, middle, web1]) assert.ok(server.sessions().length > 0, 'through each');
		await made.close();
		for (const server of [first, middle, web1]) await until(() => server.sessions().length === 0);
	}
	const made = shell();
	let isUp = false;
	made.onLink(up => {
		isUp = up;
	});
	for (const server of [first, middle, web1]) {
		await made.connect(never);
		assert.equal(isUp, true);
		server.cut();
		await until(() => !isUp);
		for (const other of [first, middle, web1]) await until(() => other.sessions().length === 0);
	}
});

test('The key of every jump host is checked, and what its login asks says whose it is', {
	skip: hasNoSshd,
}, async context => {
	const {first, middle, web1, know, shell} = await chain(context);
	makeKey(web1.file('wrong'));
	const wrong = web1.key('wrong');
	for (const [name, label] of [
		['first', 'web1: jump host first'],
		['middle', 'web1: jump host middle'],
		['web1', 'web1'],
	] as const) {
		know({[name]: wrong});
		const words = await refusal(shell(undefined, true));
		assert.ok(words.startsWith(`${label}: its host key has changed: `), words);
	}
	know({first: undefined, middle: undefined, web1: undefined});
	assert.match(
		await refusal(shell()),
		/^web1: jump host first: its host key .* is not known for .*\n.*: ssh first once/,
	);
	const {asks, asked} = person(true, true, true);
	await shell(asks).connect(never);
	const machine = ({port}: SshServer) => `${userInfo().username}@127.0.0.1:${port}`;
	assert.deepEqual(
		asked.map(question => [question.host, question.machine, 'name' in question && question.name]),
		[
			['web1', machine(first), `[127.0.0.1]:${first.port}`],
			['web1', machine(middle), `[127.0.0.1]:${middle.port}`],
			['web1', undefined, `[127.0.0.1]:${web1.port}`],
		],
	);
	await shell().connect(never);
});

test('What is wrong on the way is one line that names the machine', {skip: hasNoSshd}, async context => {
	const {web1, middle, configure, shell} = await chain(context, {middle: ['AllowTcpForwarding no']});
	const port = await freePort();
	const cases: [Record<string, string[]>, RegExp][] = [
		[
			{web1: ['ProxyJump middle']},
			/^web1: 127\.0\.0\.1, port \d+ cannot be reached through jump host middle: forwarding is not allowed there\n.*AllowTcpForwarding/,
		],
		[
			{web1: [`Port ${port}`, 'ProxyJump first']},
			/^web1: 127\.0\.0\.1, port \d+ cannot be reached through jump host first: Connection refused\n/,
		],
		[
			{web1: ['ProxyJump first'], first: [`Port ${port}`]},
			/^web1: jump host first: 127\.0\.0\.1, port \d+ refused the connection\n/,
		],
		[
			{web1: ['ProxyJump first'], first: [`IdentityFile ${web1.file('no-such')}`, 'IdentitiesOnly yes', 'User nobody']},
			/^web1: jump host first: 127\.0\.0\.1, port \d+ did not let in nobody: /,
		],
		[
			{web1: ['ProxyJump middle'], middle: ['ProxyJump first'], first: ['ProxyJump middle']},
			/^web1: ProxyJump leads in a circle: middle -> first -> middle\n/,
		],
		[{web1: ['ProxyJump a%b']}, /^web1: (ProxyJump names "a%b"|ssh cannot read)/],
		[{web1: ['ProxyJump first'], first: ['ProxyCommand nc %h %p']}, /ProxyCommand/],
	];
	for (const [ways, expected] of cases) {
		configure(ways);
		assert.match(await refusal(shell()), expected);
	}
	await until(() => middle.sessions().length === 0);
});

test('An agent is forwarded where the configuration says so, and nowhere else', {skip: hasNoSshd}, async context => {
	const server = await sshServer(context);
	const socket = server.file('agent');
	const agent = spawn('ssh-agent', ['-D', '-a', socket], {stdio: 'ignore'});
	context.after(() => agent.kill());
	await until(() => existsSync(socket));
	const run = async (lines: string[]) => {
		server.configure(lines);
		const shell = sshShell(
			'web1',
			{host: 'web1'},
			{env: {...server.env, SSH_AUTH_SOCK: socket, OTHER: socket}, acceptsNew: false, transport: 'ssh2'},
		);
		try {
			await shell.connect(never);
			const script = 'ssh-add -l 2>&1; echo "$SSH_AUTH_SOCK"';
			return await Promise.all([outputOf(shell, script), outputOf(shell, script)]);
		} finally {
			await shell.close();
		}
	};
	for (const line of ['IdentityAgent none', 'ForwardAgent no']) {
		for (const said of await run([line])) assert.match(said, /^Could not open a connection.*\n\n$/);
	}
	for (const line of [`ForwardAgent ${socket}`, 'ForwardAgent $OTHER']) {
		for (const said of await run([line])) assert.match(said, /^The agent has no identities\.\n\/tmp\/ssh-\S+\n$/);
	}
	for (const said of await run([`IdentityAgent ${socket}`, 'ForwardAgent yes'])) assert.match(said, /no identities/);
});

test('Where the server allows no agent, commands run without', {skip: hasNoSshd}, async context => {
	const server = await sshServer(context, ['AllowAgentForwarding no']);
	const socket = server.file('agent');
	const agent = spawn('ssh-agent', ['-D', '-a', socket], {stdio: 'ignore'});
	context.after(() => agent.kill());
	await until(() => existsSync(socket));
	server.configure([`ForwardAgent ${socket}`]);
	const shell = sshShell('web1', {host: 'web1'}, {env: server.env, acceptsNew: false, transport: 'ssh2'});
	context.after(() => shell.close());
	await shell.connect(never);
	assert.deepEqual(await Promise.all([1, 2, 3].map(() => outputOf(shell, 'echo "agent: $SSH_AUTH_SOCK"'))), [
		'agent: \n',
		'agent: \n',
		'agent: \n',
	]);
});
