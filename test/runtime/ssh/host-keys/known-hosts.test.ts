import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import fc from 'fast-check';
import {
	judgeHostKey,
	knownTypes,
	meansHost,
	namesOf,
	parseKnownHosts,
} from '../../../../source/runtime/ssh/host-keys/known-hosts.ts';

const folder = mkdtempSync(join(tmpdir(), 'known-hosts-'));
after(() => rmSync(folder, {recursive: true, force: true}));

/** A key of a type: only its beginning is ever looked at, and that it is the same. */
function key(content: string, type = 'ssh-ed25519'): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(type.length);
	return Buffer.concat([length, Buffer.from(type), Buffer.from(content.padEnd(36, '.'))]);
}
const line = (hosts: string, bytes: Buffer, type = 'ssh-ed25519') => `${hosts} ${type} ${bytes.toString('base64')}`;

const [one, two, rsa] = [key('one'), key('two'), key('rsa', 'ssh-rsa')];
const mine = line('web1', one);
const authority = `@cert-authority ${line('*.example', two)}`;

const verdicts: [string, string, string, number, Buffer, string][] = [
	['nothing', '', 'web1', 22, one, 'unknown'],
	['its key', mine, 'web1', 22, one, 'known 1'],
	[
		'its key after a comment, a blank and a broken line',
		`# web1\n\nweb1 ssh-ed25519 !!!\n${mine}`,
		'web1',
		22,
		one,
		'known 4',
	],
	['its key in CRLF', `${mine}\r\n`, 'web1', 22, one, 'known 1'],
	['its key with a comment behind', `${mine} root@web1 # x`, 'web1', 22, one, 'known 1'],
	['its key, commented out', `#${mine}`, 'web1', 22, one, 'unknown'],
	['a key that says another type than the line', line('web1', rsa), 'web1', 22, rsa, 'unknown'],
	['another key', mine, 'web1', 22, two, 'changed 1'],
	['another key of another type', line('web1', rsa, 'ssh-rsa'), 'web1', 22, one, 'changed 1'],
	['of several keys the one of its type', `${line('web1', rsa, 'ssh-rsa')}\n${mine}`, 'web1', 22, two, 'changed 2'],
	['two keys, the second right', `${mine}\n${line('web1', two)}`, 'web1', 22, two, 'known 2'],
	['another host', line('web2', one), 'web1', 22, one, 'unknown'],
	['the name in other case', line('WEB1', one), 'Web1', 22, one, 'known 1'],
	['the port', line('[web1]:2222', one), 'web1', 2222, one, 'known 1'],
	['another port', line('[web1]:2222', one), 'web1', 2223, one, 'unknown'],
	['the key without the port', mine, 'web1', 2222, one, 'known 1'],
	['another key without the port', mine, 'web1', 2222, two, 'unknown'],
	['a list', line('db1,web1,10.0.0.1', one), '10.0.0.1', 22, one, 'known 1'],
	['a pattern', line('*.example', one), 'web1.example', 22, one, 'known 1'],
	['a pattern that excludes it', line('*.example,!web1.example', one), 'web1.example', 22, one, 'unknown'],
	['a revoked key', `${mine}\n@revoked ${line('*', one)}`, 'web1', 22, one, 'revoked 2'],
	['a revoked key of another host', `${mine}\n@revoked ${line('db1', one)}`, 'web1', 22, one, 'known 1'],
	['another revoked key', `${mine}\n@revoked ${line('*', two)}`, 'web1', 22, one, 'known 1'],
	['a key revoked without the port', `@revoked ${line('web1', one)}`, 'web1', 2222, one, 'revoked 1'],
	['an authority', authority, 'web1.example', 22, one, 'unknown authority 1'],
	['an authority whose key the server shows', authority, 'web1.example', 22, two, 'unknown authority 1'],
	['an authority and the key', `${authority}\n${line('web1.example', one)}`, 'web1.example', 22, one, 'known 2'],
	['a marker that nobody knows', `@trusted ${mine}`, 'web1', 22, one, 'unknown'],
];

for (const [title, text, host, port, shown, expected] of verdicts) {
	test(`Where known_hosts has ${title}, ${host}:${port} is ${expected}`, () => {
		const verdict = judgeHostKey(parseKnownHosts(text, 'known_hosts'), namesOf(host, port), shown);
		const place = 'entry' in verdict ? verdict.entry.line : verdict.authority && `authority ${verdict.authority.line}`;
		assert.equal([verdict.is, place].filter(Boolean).join(' '), expected);
	});
}

test('An alias is looked up alone, without a port', () => {
	assert.deepEqual(namesOf('10.0.0.1', 2222, 'Web'), {name: 'web'});
});

test('Types of known keys come in the order of the file, so that later entries change nothing', () => {
	const text = [line('web1', rsa, 'ssh-rsa'), mine, line('db1', one), `@revoked ${mine}`].join('\n');
	const entries = parseKnownHosts(text, 'known_hosts');
	assert.deepEqual(knownTypes(entries, namesOf('web1', 22)), ['ssh-rsa', 'ssh-ed25519']);
	assert.deepEqual(knownTypes(entries, namesOf('web1', 2222)), ['ssh-rsa', 'ssh-ed25519']);
	assert.deepEqual(knownTypes(entries, namesOf('web2', 22)), []);
});

test('Names that ssh-keygen -H has hashed are found as they were before', () => {
	const file = join(folder, 'hashed');
	const real = realKey('hashed-key');
	const names = ['web1', '[web1]:2222', '10.0.0.1', '[::1]:22', 'a-very.long-name.example.com'];
	writeFileSync(file, names.map(name => `${name} ${real}\n`).join(''));
	execFileSync('ssh-keygen', ['-q', '-H', '-f', file], {stdio: 'ignore'});
	const entries = parseKnownHosts(readFileSync(file, 'utf8'), file);
	assert.equal(entries.length, names.length);
	for (const [at, {hosts}] of entries.entries()) {
		assert.match(hosts, /^\|1\|/);
		assert.deepEqual(
			names.filter(name => meansHost(hosts, name)),
			[names[at]],
		);
		assert.equal(meansHost(hosts, 'web2'), false);
	}
});

test('Lines and patterns mean the hosts that they mean to ssh-keygen -F', {timeout: 60_000}, () => {
	const file = join(folder, 'patterns');
	const real = realKey('pattern-key');
	const piece = fc.constantFrom('web', 'w', 'e', '1', '.', '*', '?', 'B', '!', ',', '[', ']:2', '|', '|1|', '#');
	const hosts = fc.array(piece, {minLength: 1, maxLength: 8}).map(pieces => pieces.join(''));
	const prefix = fc.constantFrom('', '', '', ' ', '\t', '@revoked ', '@cert-authority ', '@what ', '# ');
	const lines = fc.array(fc.tuple(prefix, hosts, fc.constantFrom(' ', '\t ', '')), {minLength: 60, maxLength: 60});
	fc.assert(
		fc.property(
			lines,
			fc.array(fc.constantFrom('web1', 'web', 'w.1', 'webe', '[web]:2', 'b', 'e'), {minLength: 3}),
			(made, names) => {
				const text = made.map(([before, host, between]) => `${before}${host}${between}${real}\n`).join('');
				writeFileSync(file, text);
				const entries = parseKnownHosts(text, file);
				for (const name of new Set(names)) {
					const found = entries.filter(entry => meansHost(entry.hosts, name)).map(entry => entry.line);
					assert.deepEqual(found, linesOf(file, name), `${name} in\n${text}`);
				}
			},
		),
		{numRuns: 30},
	);
});

test('Any bytes are a file of known hosts, and cost no more than their length', () => {
	const parts = fc.constantFrom(
		'@revoked',
		'@cert-authority',
		' ',
		'\t',
		'\n',
		'|1|',
		'|',
		'*',
		'!',
		',',
		'ssh-ed25519',
		'AAAA',
		'=',
		'\0',
	);
	const texts = fc.array(fc.oneof(parts, fc.string({unit: 'binary'})), {maxLength: 40}).map(pieces => pieces.join(''));
	fc.assert(
		fc.property(texts, fc.string(), (text, name) => {
			const entries = parseKnownHosts(text, 'known_hosts');
			const verdict = judgeHostKey(entries, namesOf(name, 22), one);
			assert.ok(verdict.is === 'unknown' || verdict.is === 'changed');
		}),
		{numRuns: 5000},
	);
	const began = performance.now();
	assert.equal(meansHost(`${'*a'.repeat(2000)}b`, 'a'.repeat(4000)), false);
	assert.ok(performance.now() - began < 2000, 'a pattern of many stars is matched in time');
});

/** A key that ssh-keygen takes for one. */
function realKey(name: string): string {
	const path = join(folder, name);
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
	return readFileSync(`${path}.pub`, 'utf8').split(' ', 2).join(' ');
}

function linesOf(file: string, name: string): number[] {
	const {stdout} = spawnSync('ssh-keygen', ['-F', name, '-f', file], {encoding: 'utf8'});
	return Array.from(stdout.matchAll(/^# Host .* found: line (\d+)/gm), match => Number(match[1]));
}
