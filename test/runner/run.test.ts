import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';

const runner = fileURLToPath(new URL('../run.ts', import.meta.url));

/** Runs the runner on a made-up tree. */
function run(files: Record<string, string>, words: string[] = [], environment: Record<string, string> = {}) {
	const folder = mkdtempSync(join(tmpdir(), 'tree-'));
	mkdirSync(join(folder, 'test'));
	for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'test', name), prelude + text);
	const {NODE_TEST_CONTEXT: _, ...inherited} = process.env;
	const {stdout, status} = spawnSync(process.execPath, [runner, ...words], {
		cwd: folder,
		encoding: 'utf8',
		env: {...inherited, ...environment},
	});
	return {stdout, status, last: stdout.trimEnd().split('\n').at(-1)};
}

const prelude = "import assert from 'node:assert/strict'; import {describe, test} from 'node:test';\n";
const passing = "test('passes', () => {});";
const skipping = "test('needs ksh', {skip: 'no ksh here'}, () => {});";

const cases: [string, Record<string, string>, number, string][] = [
	['a pass', {'a.test.ts': passing}, 0, '1 passed, 0 failed, 0 skipped'],
	['a skip', {'a.test.ts': passing + skipping}, 0, '1 passed, 0 failed, 1 skipped'],
	[
		'a failure',
		{'a.test.ts': `${passing}test('fails', () => assert.equal(1, 2));`},
		1,
		'1 passed, 1 failed, 0 skipped',
	],
	[
		'a failed subtest, counted once',
		{'a.test.ts': "test('outer', t => t.test('inner', () => assert.fail('no')));"},
		1,
		'0 passed, 1 failed, 0 skipped',
	],
	[
		'a suite, of which only the tests count',
		{'a.test.ts': `describe('all', () => {${passing}});`},
		0,
		'1 passed, 0 failed, 0 skipped',
	],
	[
		'a file that throws',
		{'a.test.ts': "throw new Error('at once');", 'b.test.ts': passing},
		1,
		'1 passed, 1 failed, 0 skipped',
	],
	['a file without tests', {'a.test.ts': ''}, 1, '0 passed, 1 failed, 0 skipped'],
	[
		'an exit behind the tests',
		{'a.test.ts': `${passing}process.on('exit', () => process.exit(7));`},
		1,
		'1 passed, 1 failed, 0 skipped',
	],
	['no files at all', {}, 1, '0 passed, 0 failed, 0 skipped'],
];

for (const [what, files, status, last] of cases) {
	test(`the runner ends with ${status} and the right closing line for ${what}`, () => {
		const result = run(files);
		assert.equal(result.last, last, result.stdout);
		assert.equal(result.status, status);
	});
}

test('a failure is printed in full, with its place', () => {
	const {stdout} = run({'a.test.ts': "console.log('said'); test('fails', () => assert.equal('left', 'right'));"});
	for (const part of ['fails (test/a.test.ts:2)', 'left', 'right', 'said']) assert.ok(stdout.includes(part), part);
});

test('with CI set a skipped test is a failure that is named', () => {
	const {stdout, status, last} = run({'a.test.ts': passing + skipping}, [], {CI: 'true'});
	assert.equal(status, 1);
	assert.equal(last, '1 passed, 1 failed, 0 skipped');
	assert.match(stdout, /test\/a\.test\.ts: needs ksh: no ksh here/);
});

test('arguments choose files by a part of their path', () => {
	const {last} = run({'a.test.ts': passing, 'b.test.ts': passing}, ['test/b']);
	assert.equal(last, '1 passed, 0 failed, 0 skipped');
});

test('a test process writes below a folder of its own and inherits neither CI nor NO_COLOR', () => {
	const check = `test('isolated', () => {
		assert.deepEqual([process.env.CI, process.env.NO_COLOR, process.umask()], [undefined, undefined, 0o077]);
		for (const name of ['HANDRAIL_STATE_DIR', 'HANDRAIL_LOCK', 'XDG_STATE_HOME']) assert.ok(process.env[name].startsWith(process.env.TMPDIR + '/'), name);
		assert.notEqual(process.env.TMPDIR, ${JSON.stringify(process.env['TMPDIR'])});
	});`;
	assert.equal(run({'a.test.ts': check}, [], {CI: '', NO_COLOR: '1'}).last, '1 passed, 0 failed, 0 skipped');
});

test('a .tsx file may hold JSX', () => {
	const text =
		"/** @jsxRuntime classic @jsx h */ const h = (name: string) => name; test('jsx', () => assert.equal(<b />, 'b'));";
	assert.equal(run({'a.test.tsx': text}).last, '1 passed, 0 failed, 0 skipped');
});

const cannotMount = process.getuid?.() !== 0 && 'only root can mount a disk';

test('what a killed test file has mounted is unmounted, and its folder removed', {skip: cannotMount}, () => {
	const mounting = `const disk = mkdtempSync(join(process.env.TMPDIR, 'left-behind-'));
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'handrail-test', disk]);
		console.log('mounted ' + disk);
		process.kill(process.pid, 'SIGKILL');`;
	const imports = ['child_process', 'fs', 'path'].map(name => `import * as ${name} from 'node:${name}';`).join(' ');
	const names = 'const {execFileSync, mkdtempSync, join} = {...child_process, ...fs, ...path};';
	const {stdout, status} = run({'a.test.ts': `${imports} ${names} test('is killed', () => {${mounting}});`});
	assert.equal(status, 1, stdout);
	const disk = /mounted (.*left-behind-.*)/.exec(stdout)?.[1];
	assert.ok(disk, stdout);
	assert.ok(!readFileSync('/proc/self/mounts', 'utf8').includes(disk), stdout);
	assert.ok(!existsSync(disk));
});

test('a file that fails is tried once more, alone, and both tries are shown', () => {
	const marker = join(mkdtempSync(join(tmpdir(), 'marker-')), 'tried');
	const once = `import {existsSync, writeFileSync} from 'node:fs';
test('fails the first time', () => {
	const isSecond = existsSync(${JSON.stringify(marker)});
	writeFileSync(${JSON.stringify(marker)}, '');
	assert.ok(isSecond);
});`;
	const {stdout, status, last} = run({'a.test.ts': once});
	assert.equal(status, 0, stdout);
	assert.equal(last, '1 passed, 0 failed, 0 skipped');
	assert.match(stdout, /^FAIL .*a\.test\.ts$/m);
	assert.match(stdout, /^again, alone: ok .*a\.test\.ts$/m);
	assert.match(stdout, /^failed beside another file, passed alone: test\/a\.test\.ts\n1 passed/m);
});
