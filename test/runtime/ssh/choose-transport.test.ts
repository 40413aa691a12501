import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {type LoginMeans, loginMeans} from '../../../source/runtime/ssh/authentication/login-means.ts';
import {chooseTransport, type Machine} from '../../../source/runtime/ssh/choose-transport.ts';
import {parseConfiguration} from '../../../source/runtime/ssh/configuration/configuration.ts';

const here = {host: 'web1', home: '/home/me', user: 'me', uid: 1000, env: {}};
const needed = 'host web1\nhostname web1\nport 22\nuser me\n';
const configured = (lines = '') => parseConfiguration(needed + lines, here);
const bare: LoginMeans = {
	hasTicket: false,
	certificates: [],
	securityKeys: [],
	agentTypes: [],
	authority: undefined,
	lacking: [],
};
const machine = (lines = '', means: Partial<LoginMeans> = {}, name = 'web1'): Machine => ({
	name,
	configuration: configured(lines),
	means: {...bare, ...means},
});

const cases: [title: string, host: Machine, jumps: Machine[], name: string, why: RegExp][] = [
	['nothing special', machine(), [], 'ssh2', /^nothing in its SSH configuration needs more/],
	['values that ask for nothing', machine('verifyhostkeydns false\nsecuritykeyprovider internal\n'), [], 'ssh2', /./],
	['a proxy', machine('proxycommand nc %h %p\n'), [], 'openssh', /^its SSH configuration sets ProxyCommand nc %h %p$/],
	['a token', machine('pkcs11provider /x.so\n'), [], 'openssh', /PKCS11Provider \/x\.so$/],
	['host keys from the DNS', machine('verifyhostkeydns ask\n'), [], 'openssh', /VerifyHostKeyDNS ask$/],
	['a library for tokens', machine('securitykeyprovider /x.so\n'), [], 'openssh', /SecurityKeyProvider \/x\.so$/],
	['an authority', machine('', {authority: '/k:3'}), [], 'openssh', /certificate authority .*\(\/k:3\)$/],
	['a ticket', machine('', {hasTicket: true}), [], 'openssh', /Kerberos ticket/],
	['a certificate', machine('', {certificates: ['/k']}), [], 'openssh', /^\/k has a certificate beside it$/],
	['a key on a token', machine('', {securityKeys: ['/k']}), [], 'openssh', /^\/k is a key on a security token$/],
	['an agent with plain keys', machine('', {agentTypes: ['ssh-rsa', 'ssh-ed25519']}), [], 'ssh2', /./],
	[
		'an agent with a certificate',
		machine('', {agentTypes: ['ssh-rsa', 'ssh-ed25519-cert-v01@openssh.com']}),
		[],
		'openssh',
		/^the agent holds a certificate$/,
	],
	[
		'an agent with a key on a token',
		machine('', {agentTypes: ['sk-ssh-ed25519@openssh.com']}),
		[],
		'openssh',
		/^the agent holds a key on a security token$/,
	],
	['a plain jump', machine('proxyjump a\n'), [machine('', {}, 'a')], 'ssh2', /./],
	[
		'a jump that needs more',
		machine('proxyjump a,b\n'),
		[machine('', {}, 'a'), machine('', {certificates: ['/k']}, 'b')],
		'openssh',
		/^on the way, of b, \/k has a certificate/,
	],
];

for (const [title, host, jumps, name, why] of cases) {
	test(`With ${title}, ${name} is taken`, () => {
		const choice = chooseTransport(host, jumps, undefined);
		assert.equal(choice.name, name);
		assert.match(choice.why, why);
	});
}

test('What is asked for is taken, but ssh2 not where it would lead to another machine or trust another key', () => {
	const proxied = machine('proxycommand nc %h %p\n');
	const ticketed = machine('', {hasTicket: true});
	assert.equal(chooseTransport(machine(), [], 'openssh').name, 'openssh');
	assert.equal(chooseTransport(ticketed, [], 'ssh2').name, 'ssh2');
	assert.deepEqual(chooseTransport(proxied, [], 'ssh2'), {
		name: null,
		why: 'its SSH configuration sets ProxyCommand nc %h %p',
	});
	assert.equal(chooseTransport(machine(), [proxied], 'ssh2').name, null);
});

test('What there is to log in with is found on the disk', async context => {
	const folder = mkdtempSync(join(tmpdir(), 'means-'));
	context.after(() => rmSync(folder, {recursive: true}));
	const file = (name: string, text: string) => {
		writeFileSync(join(folder, name), text);
		return join(folder, name);
	};
	const token = Buffer.from('openssh-key-v1\0 sk-ssh-ed25519@openssh.com and so on').toString('base64');
	const plain = Buffer.from('openssh-key-v1\0 ssh-ed25519 and so on').toString('base64');
	const frame = (body: string) => `-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n-----END OPENSSH PRIVATE KEY-----\n`;
	const files = [
		file('plain', frame(plain)),
		file('token', frame(token)),
		file('named', 'whatever'),
		file('certified', frame(plain)),
		join(folder, 'missing'),
	];
	file('named.pub', 'sk-ecdsa-sha2-nistp256@openssh.com AAAA\n');
	file('certified-cert.pub', 'ssh-ed25519-cert-v01@openssh.com AAAA\n');
	file('missing.pub', 'sk-ssh-ed25519@openssh.com AAAA\n');
	const known = file('known_hosts', '');
	const lines = `${files.map(path => `identityfile ${path}\n`).join('')}userknownhostsfile ${known}\nidentityagent none\n`;
	assert.deepEqual(await loginMeans(configured(`${lines}gssapiauthentication yes\n`), {PATH: '/nowhere'}), {
		...bare,
		certificates: [join(folder, 'certified')],
		securityKeys: [join(folder, 'token'), join(folder, 'named')],
	});
	assert.deepEqual((await loginMeans(configured(`${lines}kexalgorithms sntrup761x25519-sha512\n`), {})).lacking, [
		'of what its SSH configuration allows, ssh2 knows nothing: KexAlgorithms allows none that this version knows',
	]);
});

test('A ticket counts where the configuration allows it to be used, and the ticket is valid', async context => {
	const folder = mkdtempSync(join(tmpdir(), 'klist-'));
	context.after(() => rmSync(folder, {recursive: true}));
	const known = 'userknownhostsfile none\nidentityagent none\n';
	for (const [lines, status, expected] of [
		['gssapiauthentication yes\n', 0, true],
		['gssapiauthentication yes\n', 1, false],
		['gssapiauthentication no\n', 0, false],
		['gssapiauthentication yes\npreferredauthentications publickey,password\n', 0, false],
		['gssapiauthentication yes\npreferredauthentications gssapi-with-mic,publickey\n', 0, true],
	] as const) {
		writeFileSync(join(folder, 'klist'), `#!/bin/sh\nexit ${status}\n`, {mode: 0o755});
		const means = await loginMeans(configured(known + lines), {PATH: `${folder}:/usr/bin:/bin`});
		assert.equal(means.hasTicket, expected, lines);
	}
});
