import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Configuration, parseConfiguration} from '../../../../source/runtime/ssh/configuration/configuration.ts';

const here = {host: 'web1', home: '/home/me', user: 'me', uid: 1000, env: {USER: 'me', SSH_AUTH_SOCK: '/run/agent'}};
const needed = 'host web1\nhostname web1.example.com\nport 2222\nuser admin\n';
const read = (lines: string): Configuration => parseConfiguration(needed + lines, here);

const cases: [string, string, Partial<Configuration>][] = [
	['the place and the user', '', {hostname: 'web1.example.com', port: 2222, user: 'admin'}],
	['keys in their order', 'identityfile ~/.ssh/a\nidentityfile /b c\n', {identityFiles: ['/home/me/.ssh/a', '/b c']}],
	[
		'tokens and variables in a key',
		'identityfile %d/%h-%n-%r-%u-%p-%i-%k-%%-${USER}-${NOT_SET}-%Z\n',
		{identityFiles: ['/home/me/web1.example.com-web1-admin-me-2222-1000-web1-%-me-${NOT_SET}-%Z']},
	],
	['no keys', 'identityfile none\n', {identityFiles: []}],
	[
		'several known_hosts files, one with a blank',
		'userknownhostsfile ~/.ssh/known_hosts /tmp/a b /etc/%h\n',
		{userKnownHostsFiles: ['/home/me/.ssh/known_hosts', '/tmp/a b', '/etc/web1.example.com']},
	],
	['no known_hosts', 'globalknownhostsfile none\n', {globalKnownHostsFiles: []}],
	['the agent of the environment', '', {identityAgent: '/run/agent'}],
	['the agent by name', 'identityagent SSH_AUTH_SOCK\n', {identityAgent: '/run/agent'}],
	['an agent of its own', 'identityagent ~/%r.sock\n', {identityAgent: '/home/me/admin.sock'}],
	['an agent in a variable', 'identityagent $SSH_AUTH_SOCK\n', {identityAgent: '/run/agent'}],
	['an alias for the host key', 'hostkeyalias web\n', {hostKeyAlias: 'web'}],
	[
		'switches',
		'identitiesonly yes\nhashknownhosts yes\nstricthostkeychecking accept-new\ngssapiauthentication yes\n',
		{identitiesOnly: true, hashKnownHosts: true, strictHostKeyChecking: 'accept-new', usesGssapi: true},
	],
	[
		'times',
		'connecttimeout 7\nserveraliveinterval 2\nserveralivecountmax 1\n',
		{connectTimeout: 7, serverAliveInterval: 2, serverAliveCountMax: 1},
	],
	['where to connect from', 'addressfamily inet6\nbindaddress ::1\n', {family: 6, bindAddress: '::1'}],
	['nothing beyond this version', 'proxyjump none\ncertificatefile none\npkcs11provider none\n', {beyond: []}],
	['the ways to log in', '', {methods: ['publickey', 'keyboard-interactive', 'password'], passwordPrompts: 3}],
	[
		'which ways to log in are off, and their order',
		'preferredauthentications password,gssapi-with-mic,publickey,keyboard-interactive\npubkeyauthentication false\n',
		{methods: ['password', 'keyboard-interactive']},
	],
	[
		'that no passwords are taken',
		'passwordauthentication no\nkbdinteractiveauthentication no\nnumberofpasswordprompts 1\nbatchmode yes\n',
		{methods: ['publickey'], passwordPrompts: 1, batchMode: true},
	],
	['that host keys are never asked for', 'stricthostkeychecking true\n', {strictHostKeyChecking: 'yes'}],
	['that host keys need no check', 'stricthostkeychecking false\n', {strictHostKeyChecking: 'no'}],
	['keys that are revoked', 'revokedhostkeys ~/no more\n', {revokedHostKeys: '/home/me/no more'}],
	['that the agent is forwarded', 'forwardagent yes\n', {forwardedAgent: '/run/agent'}],
	['that another agent is', 'forwardagent ~/%r\n', {forwardedAgent: '/home/me/admin'}],
	['that one of a variable is', 'forwardagent $SSH_AUTH_SOCK\nidentityagent none\n', {forwardedAgent: '/run/agent'}],
	['which interface to connect from', 'bindinterface eth1\n', {bindInterface: 'eth1'}],
	['jumps', 'proxyjump a,ssh://%r@b:22\n', {proxyJump: ['a', 'ssh://admin@b:22']}],
	['a command to connect by', 'proxycommand nc %h %p\n', {beyond: ['ProxyCommand nc %h %p']}],
	['a certificate', 'certificatefile ~/a-cert.pub\n', {beyond: ['CertificateFile ~/a-cert.pub']}],
];

for (const [title, lines, expected] of cases) {
	test(`The configuration says ${title}`, () => {
		const found = read(lines);
		for (const [key, value] of Object.entries(expected)) assert.deepEqual(found[key as keyof Configuration], value);
	});
}

test('No agent is forwarded where the configuration does not say so, or there is none', () => {
	for (const lines of ['', 'forwardagent no\n', 'forwardagent $NONE\n', 'forwardagent yes\nidentityagent none\n']) {
		assert.equal(read(lines).forwardedAgent, undefined);
	}
});

test('No agent is used where the configuration says none', () => {
	assert.equal(read('identityagent none\n').identityAgent, undefined);
});

test('Without a host, a port or a user there is no configuration', () => {
	for (const text of [
		'',
		'hostname a\nport 22\n',
		'hostname a\nuser b\n',
		'port 22\nuser b\n',
		'hostname a\nuser b\nport x\n',
	]) {
		assert.throws(() => parseConfiguration(text, here), RangeError);
	}
});
