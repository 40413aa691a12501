import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {type Address, parseAddress} from '../../../../source/runtime/ssh/configuration/address.ts';

const good: [string, Address][] = [
	['web1', {host: 'web1'}],
	['web1.example.com', {host: 'web1.example.com'}],
	['root@web1', {host: 'web1', user: 'root'}],
	['root@web1:2222', {host: 'web1', user: 'root', port: 2222}],
	['web1:22', {host: 'web1', port: 22}],
	['_jump-box_', {host: '_jump-box_'}],
	['WEB1', {host: 'WEB1'}],
	['10.0.0.1:65535', {host: '10.0.0.1', port: 65535}],
	['::1', {host: '::1'}],
	['[::1]', {host: '::1'}],
	['[::1]:2222', {host: '::1', port: 2222}],
	['bob$@[fe80::1%eth0]:22', {host: 'fe80::1%eth0', user: 'bob$', port: 22}],
	['[web1]:2222', {host: 'web1', port: 2222}],
	['ssh:practice', {host: 'practice'}],
	['ssh:local', {host: 'local'}],
	['ssh:22', {host: 'ssh', port: 22}],
];

for (const [text, address] of good) {
	test(`"${text}" is an address`, () => assert.deepEqual(parseAddress(text), address));
}

const bad = [
	'',
	'-oProxyCommand=x',
	'web1:',
	'web1:0',
	'web1:65536',
	'web1:22:22',
	'web1 -oX',
	'web1\nweb2',
	'web$(id)',
	'`id`',
	"a'b",
	'@web1',
	'-l@web1',
	'a b@web1',
	'root@',
	'root@-x',
	'ssh:web1',
	'[]',
	'[web1',
	'[$(id)]:22',
	'fe80::1%$(id)',
	'x'.repeat(256),
];

for (const text of bad) {
	test(`${JSON.stringify(text.slice(0, 30))} is no address`, () => assert.equal(parseAddress(text), undefined));
}

test('Nothing in an address means anything to ssh or a shell, whatever is typed', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary'}), fc.constantFrom('', 'root@', 'a@b@'), (text, user) => {
			const address = parseAddress(user + text);
			if (!address) return;
			assert.match(address.host, /^[A-Za-z0-9_:][A-Za-z0-9._:%-]*$/);
			assert.match(address.user ?? 'root', /^[A-Za-z_][A-Za-z0-9._-]*\$?$/);
			assert.ok(address.port === undefined || (address.port > 0 && address.port < 65536));
		}),
		{numRuns: 2000},
	);
});
