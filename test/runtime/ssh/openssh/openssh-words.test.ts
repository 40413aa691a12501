import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseConfiguration} from '../../../../source/runtime/ssh/configuration/configuration.ts';
import {commandWords, masterWords, type Words} from '../../../../source/runtime/ssh/openssh/openssh-words.ts';

const here = {host: 'web1', home: '/home/me', user: 'me', uid: 1000, env: {}};
const configured = (lines = '') => parseConfiguration(`host web1\nhostname web1\nport 22\nuser me\n${lines}`, here);
const words = (more: Partial<Words> = {}): Words => ({
	address: {host: 'web1'},
	configuration: configured(),
	folder: '/run/f',
	file: undefined,
	isAttended: false,
	acceptsNew: false,
	hostKeyAlgorithms: undefined,
	connectTimeout: 12,
	...more,
});

const strictness: [configured: string, isAttended: boolean, acceptsNew: boolean, expected: string][] = [
	['ask', false, false, 'yes'],
	['ask', true, false, 'ask'],
	['ask', false, true, 'accept-new'],
	['ask', true, true, 'accept-new'],
	['yes', true, true, 'yes'],
	['true', true, true, 'yes'],
	['false', false, false, 'yes'],
	['false', true, false, 'ask'],
	['accept-new', false, false, 'yes'],
	['accept-new', true, false, 'ask'],
];
for (const [value, isAttended, acceptsNew, expected] of strictness) {
	test(`StrictHostKeyChecking ${value}${isAttended ? ', somebody there' : ''}${acceptsNew ? ', --accept-new' : ''}: ${expected}`, () => {
		const configuration = configured(`stricthostkeychecking ${value}\n`);
		const options = masterWords(words({configuration, isAttended, acceptsNew}));
		assert.ok(options.includes(`-oStrictHostKeyChecking=${expected}`));
		assert.ok(options.includes(`-oBatchMode=${isAttended ? 'no' : 'yes'}`));
	});
}

test('A host stands after all options, whatever it is called, and before nothing but its command', () => {
	const address = {host: '-oProxyCommand=touch', user: 'me', port: 2222};
	const master = masterWords(words({address, file: '/etc/f'}));
	assert.deepEqual(master.slice(-6), ['-l', 'me', '-p', '2222', '--', address.host]);
	assert.deepEqual(master.slice(0, 2), ['-F', '/etc/f']);
	assert.deepEqual(commandWords(words({address}), '/run/f/0', "'true'").slice(-3), ['--', address.host, "'true'"]);
});

test('Options that only newer clients know are given to these alone', () => {
	const newer = ['LogVerbose=', 'RemoteCommand=none', 'ForkAfterAuthentication=no'].map(option => `-o${option}`);
	const has = (lines: string) => {
		const given = masterWords(words({configuration: configured(lines)}));
		return newer.map(option => given.some(word => word.startsWith(option)));
	};
	assert.deepEqual(has(''), [false, false, false]);
	assert.deepEqual(has('logverbose none\nremotecommand x\nforkafterauthentication no\n'), [true, true, true]);
});

test('A server may be silent while it logs in for as long as sshd lets it, however often it is asked for a sign of life', () => {
	for (const [lines, expected] of [
		['', ['3', '41']],
		['serveraliveinterval 60\n', ['3', '41']],
		['serveraliveinterval 1\nserveralivecountmax 2\n', ['1', '121']],
		['serveraliveinterval 5\nserveralivecountmax 0\n', ['3', '41']],
	] as const) {
		const given = masterWords(words({configuration: configured(lines)}));
		const [interval, count] = expected;
		assert.ok(given.includes(`-oServerAliveInterval=${interval}`) && given.includes(`-oServerAliveCountMax=${count}`));
	}
});

test('The agent is there for a command only where the configuration forwards it', () => {
	const agent = configured('forwardagent /run/agent\n');
	assert.ok(commandWords(words({configuration: agent}), 'l', 'c').includes('-A'));
	assert.ok(commandWords(words(), 'l', 'c').includes('-a'));
});
