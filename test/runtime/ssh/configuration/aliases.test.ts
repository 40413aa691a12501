import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {readAliases} from '../../../../source/runtime/ssh/configuration/aliases.ts';
import {configLines} from '../../../../source/runtime/ssh/configuration/config-lines.ts';

/** Files below a folder, in which `HERE` stands for its path. */
function folderOf(context: TestContext, files: Record<string, string>): string {
	const folder = mkdtempSync(join(tmpdir(), 'aliases-'));
	context.after(() => rmSync(folder, {recursive: true, force: true}));
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, name)), {recursive: true});
		writeFileSync(join(folder, name), text.replaceAll('HERE', folder));
	}
	return folder;
}

const aliases = async (context: TestContext, files: Record<string, string>, env: NodeJS.ProcessEnv = {}) => {
	const home = folderOf(context, files);
	const own = env['HANDRAIL_SSH_CONFIG'];
	return await readAliases(own ? {HANDRAIL_SSH_CONFIG: own.replace('HERE', home)} : {}, home, join(home, 'etc'));
};

test('lines are read as ssh reads them', () => {
	const cases: [line: string, words: string[]][] = [
		['Host web1 web2', ['host', 'web1', 'web2']],
		['\thost=web1\r', ['host', 'web1']],
		['HOST = "web 1" web2', ['host', 'web 1', 'web2']],
		['"Host" web1', ['host', 'web1']],
		['Host \'web1\' we\\"b2 web"3"', ['host', 'web1', 'we"b2', 'web3']],
		['Host web1 # the old one', ['host', 'web1']],
		['Host web1#2', ['host', 'web1#2']],
		['# Host web1', []],
		['Host "web1', []],
		['Host', []],
		['', []],
	];
	for (const [line, words] of cases) {
		assert.deepEqual(
			configLines(line).flatMap(({keyword, words}) => [keyword, ...words]),
			words,
			line,
		);
	}
});

test('hosts without wildcards and negations are listed once, the files of the user before those of the system', async context => {
	const found = await aliases(context, {
		'.ssh/config': [
			'Include conf.d/*.conf ~/more "HERE/absolute"',
			'Host web1 web2 *.example !web9 web? db_1',
			'  HostName 10.0.0.1',
			'Match host web7 exec "touch HERE/ran"',
			'Host web1 local',
			'Host -oProxyCommand=x a;b $(id) root@web1 web1:22 2001:db8::7',
			'Include none.conf none/*',
		].join('\n'),
		'.ssh/conf.d/b.conf': 'Host b1',
		'.ssh/conf.d/a.conf': 'Host a1\nInclude conf.d/deep/c',
		'.ssh/conf.d/deep/c': 'Host c1',
		'.ssh/conf.d/.hidden.conf': 'Host hidden',
		'.ssh/conf.d/other': 'Host other',
		more: 'Host m1\nInclude relative',
		'.ssh/relative': 'Host r1',
		absolute: 'Host abs1',
		'etc/ssh_config': 'Include ssh_config.d/*.conf\nHost sys1 web1',
		'etc/ssh_config.d/s.conf': 'Host sys2',
	});
	assert.deepEqual(found, {
		names: ['a1', 'c1', 'b1', 'm1', 'r1', 'abs1', 'web1', 'web2', 'db_1', 'ssh:local', '2001:db8::7', 'sys2', 'sys1'],
		problems: [],
	});
});

test('files that include each other, or too deep, are read as far as that makes sense', async context => {
	const deep = Object.fromEntries(
		Array.from({length: 30}, (_, at) => [`.ssh/d${at}`, `Include d${at + 1}\nHost deep${at}`]),
	);
	const found = await aliases(context, {
		'.ssh/config': 'Include config loop d0\nHost one',
		'.ssh/loop': 'Include config\nHost two',
		...deep,
	});
	assert.deepEqual(found.problems, []);
	assert.deepEqual(found.names.slice(0, 1), ['two']);
	assert.equal(found.names.at(-1), 'one');
	assert.ok(found.names.includes('deep15'));
	assert.ok(!found.names.includes('deep16'));
});

test('HANDRAIL_SSH_CONFIG stands for all files, as it does for ssh', async context => {
	const files = {'.ssh/config': 'Host mine', 'etc/ssh_config': 'Host sys', 'own/config': 'Host own'};
	const env = {HANDRAIL_SSH_CONFIG: 'HERE/own/config'};
	assert.deepEqual((await aliases(context, files, env)).names, ['own']);
	assert.deepEqual((await aliases(context, files, {HANDRAIL_SSH_CONFIG: 'none'})).names, []);
	assert.deepEqual((await aliases(context, files)).names, ['mine', 'sys']);
});

test('what cannot be read is said, and the rest is listed; what is not there is no news', async context => {
	assert.deepEqual(await aliases(context, {other: ''}), {names: [], problems: []});
	const home = folderOf(context, {'.ssh/config': 'Include loop pipe .\nHost one', 'etc/ssh_config': 'Host sys'});
	symlinkSync('loop', join(home, '.ssh/loop'));
	execFileSync('mkfifo', [join(home, '.ssh/pipe')]);
	const {names, problems} = await readAliases({}, home, join(home, 'etc'));
	assert.deepEqual(names, ['one', 'sys']);
	assert.deepEqual(problems, [`${home}/.ssh/loop cannot be read (ELOOP)`]);
});
