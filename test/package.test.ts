import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {before, test} from 'node:test';
import {fileURLToPath} from 'node:url';

// The published package, as a consumer gets it: packed, then installed into an empty folder without development parts.

const root = fileURLToPath(new URL('..', import.meta.url));
const {version, dependencies, engines} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'package-'));
let packed: {filename: string; unpackedSize: number; files: {path: string}[]};

before(() => {
	if (!existsSync(join(root, 'dist/cli.js'))) execFileSync(process.execPath, ['build.ts'], {cwd: root});
	// What is packed was built before; building here would pull dist away under other tests.
	const list = npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder);
	packed = JSON.parse(list)[0];
	writeFileSync(join(folder, 'package.json'), '{"private": true}');
	npm(folder, 'install', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund', join(folder, packed.filename));
});

test('the package holds the program, its runbooks, its documents, and nothing else', () => {
	const tops = new Set(packed.files.map(({path}) => path.split('/')[0]!));
	const allowed = ['dist', 'runbooks', 'docs', 'README.md', 'LICENSE', 'package.json'];
	assert.deepEqual(
		[...tops].filter(top => !allowed.includes(top)),
		[],
	);
	for (const part of ['dist', 'README.md', 'LICENSE', 'package.json']) assert.ok(tops.has(part), part);
	assert.ok(packed.files.some(({path}) => path === 'dist/LICENSES.txt'));
	assert.ok(packed.unpackedSize < 10_000_000, `${packed.unpackedSize} bytes`);
});

test('a consumer downloads ssh2 and what it needs, no other node, no Ink, no tools', () => {
	const names = readdirSync(join(folder, 'node_modules')).filter(name => !name.startsWith('.'));
	assert.deepEqual(Object.keys(dependencies), ['ssh2']);
	for (const name of ['node', 'ink', 'react', 'esbuild', 'typescript', '@biomejs'])
		assert.ok(!names.includes(name), name);
	assert.ok(sizeOf(join(folder, 'node_modules')) < 20_000_000);
});

test('the installed program tells its version', () => {
	assert.deepEqual(handrail('--version'), {stdout: `${version}\n`, stderr: '', status: 0});
});

test('with a Node that is too old, the installed program says which it needs', () => {
	assert.deepEqual(engines, {node: '>=22'});
	const old = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"20.20.2"}})';
	const {stdout, stderr, status} = handrailWith({NODE_OPTIONS: `--import=${encodeURI(old)}`}, 'runs');
	assert.deepEqual(
		[stdout, stderr, status],
		['', 'handrail: This is Node 20.20.2; 22 or newer is needed\n  See https://nodejs.org\n', 2],
	);
});

test('the installed program tells what it can do', () => {
	const {stdout, stderr, status} = handrail('--help');
	assert.deepEqual([stderr, status], ['', 0]);
	for (const name of ['run', 'resume', 'check', 'show', 'verify']) assert.match(stdout, new RegExp(`^ +${name} `, 'm'));
});

test('the installed program checks a document', () => {
	const file = join(folder, 'runbook.md');
	writeFileSync(file, '# A\n\n## B\n\n```sh { rsik=reads }\nid\n```\n');
	const {stdout, status} = handrail('check', file);
	assert.equal(status, 0);
	assert.match(stdout, /runbook\.md:5:/);
});

test('the installed program walks a runbook on this machine to its end', () => {
	const file = join(folder, 'walk.md');
	writeFileSync(file, '# Walk\n\n## One\n\n```sh { name=one risk=changes }\necho "walked by $((40 + 2))"\n```\n');
	const {stdout, stderr, status} = handrail('run', file, '-H', 'local', '--plain', '--yes');
	assert.equal(status, 0, stdout + stderr);
	assert.match(stdout, /walked by 42/);
});

/** Runs the program as a shell would: by the name that npm links. */
const handrail = (...words: string[]) => handrailWith({}, ...words);

function handrailWith(env: NodeJS.ProcessEnv, ...words: string[]) {
	const state = join(folder, 'state');
	mkdirSync(state, {recursive: true, mode: 0o700});
	const {stdout, stderr, status} = spawnSync(join(folder, 'node_modules/.bin/handrail'), words, {
		cwd: folder,
		encoding: 'utf8',
		env: {
			...process.env,
			PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
			HANDRAIL_STATE_DIR: state,
			...env,
		},
		timeout: 60_000,
	});
	return {stdout, stderr, status};
}

function npm(cwd: string, ...words: string[]): string {
	return execFileSync('npm', words, {cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 100_000});
}

function sizeOf(path: string): number {
	if (!statSync(path).isDirectory()) return statSync(path).size;
	return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
