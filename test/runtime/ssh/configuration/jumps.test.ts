import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Failure} from '../../../../source/core/text/failure.ts';
import type {Address} from '../../../../source/runtime/ssh/configuration/address.ts';
import {parseConfiguration} from '../../../../source/runtime/ssh/configuration/configuration.ts';
import {readJumps} from '../../../../source/runtime/ssh/configuration/jumps.ts';

const here = {home: '/home/me', user: 'me', uid: 1000, env: {}};

/** Answers as `ssh -G [-J ...]` would, where these hosts have a ProxyJump; the names of the way, the nearest first. */
async function way(proxyJump: string, own: Record<string, string> = {}): Promise<string[]> {
	const ask = async ({host, user = 'me', port = 22}: Address, through: string[]) => {
		const jump = through.join(',') || own[host] || 'none';
		return parseConfiguration(`hostname ${host}\nuser ${user}\nport ${port}\nproxyjump ${jump}\n`, {...here, host});
	};
	const jumps = await readJumps('web1', proxyJump.split(',').filter(Boolean), ask);
	return jumps.map(({configuration: {user, hostname, port}}) => `${user}@${hostname}:${port}`);
}

const ways: [string, string, Record<string, string>, string[]][] = [
	['no machine', '', {}, []],
	['one', 'a', {}, ['me@a:22']],
	['two in their order', 'a,b', {}, ['me@a:22', 'me@b:22']],
	['one with a user and a port', 'admin@a:2222', {}, ['admin@a:2222']],
	['one that is a URI', 'ssh://admin@[::1]:2222/', {}, ['admin@::1:2222']],
	['one that has a way of its own', 'b', {b: 'a'}, ['me@a:22', 'me@b:22']],
	['the way of the first one only, as ssh does', 'b,c', {b: 'a', c: 'x'}, ['me@a:22', 'me@b:22', 'me@c:22']],
	['one machine twice, by two names', 'a,me@a:22', {}, ['me@a:22', 'me@a:22']],
];

for (const [title, proxyJump, own, expected] of ways) {
	test(`A host may be reached over ${title}`, async () => {
		assert.deepEqual(await way(proxyJump, own), expected);
	});
}

const refused: [string, string, Record<string, string>, RegExp][] = [
	['a machine that leads to itself', 'a', {a: 'a'}, /^web1: ProxyJump leads in a circle: a -> a$/],
	['a circle', 'a', {a: 'b', b: 'c', c: 'a'}, /^web1: ProxyJump leads in a circle: a -> b -> c -> a$/],
	['too many machines', 'a,b,c,d,e,f,g,h,i', {}, /^web1: ProxyJump leads over more than 8 machines: i -> h -> /],
	['an option', '-oProxyCommand=x', {}, /^web1: ProxyJump names "-oProxyCommand=x", which is the name of no host$/],
	['a command', 'a;reboot', {}, /^web1: ProxyJump names "a;reboot", which is the name of no host$/],
];

for (const [title, proxyJump, own, message] of refused) {
	test(`A way over ${title} is refused`, async () => {
		await assert.rejects(way(proxyJump, own), error => {
			assert.ok(error instanceof Failure);
			assert.equal(error.exitCode, 2);
			assert.match(error.message, message);
			return true;
		});
	});
}
