import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {commandsOf} from './bundled.ts';

/** Runs the page's own awk program, which it writes into the folder of the backup. */
function readTable(context: TestContext, table: string, versions: string[]) {
	const folder = mkdtempSync(join(tmpdir(), 'table-'));
	context.after(() => rmSync(folder, {recursive: true}));
	const reader = commandsOf('linux-patching.md').find(({script}) => script.startsWith('cat > "$BACKUP/table.awk"'))!;
	assert.equal(spawnSync('sh', ['-e'], {input: reader.script, env: {...process.env, BACKUP: folder}}).status, 0);
	writeFileSync(join(folder, 'versions'), versions.map(line => `${line}\n`).join(''));
	writeFileSync(join(folder, 'answer'), table);
	const words = ['-f', 'table.awk', 'versions', 'answer'];
	const {status, stdout, stderr} = spawnSync('awk', words, {cwd: folder, encoding: 'utf8'});
	return {status, plan: stdout.split('\n').filter(Boolean), stderr};
}

const fixture = (name: string) =>
	readFileSync(new URL(`../fixtures/dnf/${name}.txt`, import.meta.url), 'utf8').replace(/^\[exit=.*\n/m, '');

const demo = ['app', 'big', 'clash', 'dep', 'fail', 'lib', 'pre', 'sec', 'slow'];
const demoVersions = [...demo.map(name => `demo-${name}:noarch 1.0-1.el9`), 'kernel:noarch 1.0-1.el9'];

test('what dnf would do is read from its table, without what it skips', context => {
	const {status, plan} = readTable(context, fixture('upgrade-assumeno'), demoVersions);
	assert.equal(status, 0);
	assert.deepEqual(plan, [
		'kernel noarch - 2.0-1.el9 updates',
		...['app', 'big', 'clash', 'fail', 'pre', 'sec', 'slow'].map(
			name => `demo-${name} noarch 1.0-1.el9 2.0-1.el9 updates`,
		),
	]);
});

for (const name of ['nothing-to-do', 'upgrade-skips-broken', 'error-best', 'error-no-repos']) {
	test(`nothing is read from ${name}`, context => {
		const {status, plan} = readTable(context, fixture(name), demoVersions);
		assert.deepEqual([status, plan], [0, []]);
	});
}

test('what dnf removes has no version to go to', context => {
	const {plan} = readTable(context, fixture('history-undo'), ['demo-sec:noarch 2.0-1.el9']);
	assert.deepEqual(plan, ['kernel noarch 2.0-1.el9 - @updates', 'demo-sec noarch 2.0-1.el9 1.0-1.el9 base']);
});

const wrapped = `Dependencies resolved.
==========================================================================
 Package           Arch    Version                  Repository       Size
==========================================================================
Installing:
 kernel-core       x86_64  5.14.0-503.11.1.el9_5    baseos            18 M
Upgrading:
 java-17-openjdk-headless
                   x86_64  1:17.0.13.0.11-4.el9     appstream         44 M
 NetworkManager    x86_64  1:1.48.10-2.el9_5        rhel-9-for-x86_64-baseos-rpms
                                                                     2.3 M
 glibc             i686    2.34-125.el9_5.1         baseos           1.9 M
 glibc             x86_64  2.34-125.el9_5.1         baseos           2.0 M
 moved             x86_64  2.0-1                    baseos           2.0 k
 successor         noarch  2-1                      baseos           2.0 k
     replacing  first.noarch 1-1
     replacing  second.x86_64 3:1-1
Installing weak dependencies:
 extra             noarch  1-1                      appstream        3.0 k

Transaction Summary
==========================================================================
Install  2 Packages
Upgrade  6 Packages

Total download size: 70 M
`;

test('long names, foreign architectures and what is replaced are read as they are meant', context => {
	const {status, plan} = readTable(context, wrapped, [
		...['glibc:i686 2.34-100.el9', 'glibc:x86_64 2.34-100.el9', 'java-17-openjdk-headless:x86_64 1:17.0.9-2.el9'],
		...['kernel-core:x86_64 5.14.0-427.el9', 'moved:noarch 1.0-1', 'NetworkManager:x86_64 1:1.46.0-1.el9'],
		'successor:noarch 1-1',
	]);
	assert.equal(status, 0);
	assert.deepEqual(plan, [
		'kernel-core x86_64 - 5.14.0-503.11.1.el9_5 baseos',
		'java-17-openjdk-headless x86_64 1:17.0.9-2.el9 1:17.0.13.0.11-4.el9 appstream',
		'NetworkManager x86_64 1:1.46.0-1.el9 1:1.48.10-2.el9_5 rhel-9-for-x86_64-baseos-rpms',
		'glibc i686 2.34-100.el9 2.34-125.el9_5.1 baseos',
		'glibc x86_64 2.34-100.el9 2.34-125.el9_5.1 baseos',
		'moved x86_64 1.0-1 2.0-1 baseos',
		'second x86_64 3:1-1 - replaced by successor',
		'first noarch 1-1 - replaced by successor',
		'successor noarch 1-1 2-1 baseos',
		'extra noarch - 1-1 appstream',
	]);
});

// The layout of yum 3, as its documentation shows it.
const ofYum = `Dependencies Resolved

================================================================================
 Package        Arch          Version                      Repository      Size
================================================================================
Installing:
 kernel         x86_64        3.10.0-1160.119.1.el7        updates         52 M
Updating:
 bind-license   noarch        32:9.11.4-26.P2.el7_9.16     updates         91 k
Installing for dependencies:
 needed         x86_64        1.0-1.el7                    base           1.0 k

Transaction Summary
================================================================================
Install  1 Package (+1 Dependent package)
Upgrade  1 Package

Total download size: 52 M
Exiting on user command
`;

test('so is the table of yum 3', context => {
	const {status, plan} = readTable(context, ofYum, ['bind-license:noarch 32:9.11.4-26.P2.el7_9.13']);
	assert.equal(status, 0);
	assert.deepEqual(plan, [
		'kernel x86_64 - 3.10.0-1160.119.1.el7 updates',
		'bind-license noarch 32:9.11.4-26.P2.el7_9.13 32:9.11.4-26.P2.el7_9.16 updates',
		'needed x86_64 - 1.0-1.el7 base',
	]);
});

// The layout of dnf 5, as its documentation shows it.
const ofDnf5 = `Package             Arch   Version              Repository      Size
Upgrading:
 bash               x86_64 5.2.32-1.fc41        updates      8.2 MiB
   replacing bash   x86_64 5.2.26-4.fc41        fedora       8.1 MiB
 python3.12         x86_64 0:3.12.7-1.fc41      updates     30.0 KiB
   replacing python3.12
                    x86_64 0:3.12.6-1.fc41      fedora      30.0 KiB
Installing dependencies:
 needed             noarch 1:1.0-1.fc41         fedora       1.0 KiB

Transaction Summary:
 Installing:         1 package
 Upgrading:          2 packages
 Replacing:          2 packages
`;

test('and that of dnf 5', context => {
	const {status, plan} = readTable(context, ofDnf5, ['bash:x86_64 5.2.26-4.fc41', 'python3.12:x86_64 3.12.6-1.fc41']);
	assert.equal(status, 0);
	assert.deepEqual(plan, [
		'bash x86_64 5.2.26-4.fc41 5.2.32-1.fc41 updates',
		'python3.12 x86_64 3.12.6-1.fc41 3.12.7-1.fc41 updates',
		'needed noarch - 1:1.0-1.fc41 fedora',
	]);
});

test('a table that was not read to its end is an error', context => {
	const {status, stderr} = readTable(context, wrapped.replace('Upgrade  6', 'Upgrade  7'), []);
	assert.equal(status, 1);
	assert.match(stderr, /this table cannot be read/);
});
