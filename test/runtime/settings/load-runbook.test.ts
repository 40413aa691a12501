import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {Failure} from '../../../source/core/text/failure.ts';
import {bundledRunbooks, loadRunbook} from '../../../source/runtime/settings/load-runbook.ts';

const cwd = mkdtempSync(join(tmpdir(), 'load-runbook-'));
const bundled = join(cwd, 'runbooks');
mkdirSync(bundled);
after(() => rmSync(cwd, {recursive: true}));

const text = '# A title\n\n## Do it\n\n```sh\necho hello\n```\n';
const yaml = 'handrail: 1\ntitle: A title\nsections:\n  - title: Do it\n    content:\n      - sh: echo hello\n';
writeFileSync(join(cwd, 'own.md'), text);
writeFileSync(join(cwd, 'own.yaml'), yaml);
writeFileSync(join(cwd, 'both'), text);
writeFileSync(join(bundled, 'both.md'), '# Bundled\n');
writeFileSync(join(bundled, 'linux-patching.md'), text);
writeFileSync(join(bundled, 'other.yaml'), yaml);
writeFileSync(join(bundled, 'notes.txt'), 'no runbook');

const load = (name: string) => loadRunbook(name, {cwd, bundled});

const found: [string, {file: string; form: string; bundled: boolean}][] = [
	['own.md', {file: 'own.md', form: 'markdown', bundled: false}],
	['./own.md', {file: './own.md', form: 'markdown', bundled: false}],
	['own.yaml', {file: 'own.yaml', form: 'yaml', bundled: false}],
	['both', {file: 'both', form: 'markdown', bundled: false}],
	['linux-patching', {file: join(bundled, 'linux-patching.md'), form: 'markdown', bundled: true}],
	['linux-patching.md', {file: join(bundled, 'linux-patching.md'), form: 'markdown', bundled: true}],
	['other', {file: join(bundled, 'other.yaml'), form: 'yaml', bundled: true}],
];
for (const [name, expected] of found) {
	test(`"${name}" is ${expected.bundled ? 'a bundled runbook' : 'a path'}`, async () => {
		const {file, form, bundled: isBundled} = await load(name);
		assert.deepEqual({file, form, bundled: isBundled}, expected);
	});
}

test('the bytes that were read are the ones that were hashed and parsed', async () => {
	const {bytes, sha256, document} = await load('own.md');
	assert.equal(bytes.toString(), text);
	assert.equal(sha256, createHash('sha256').update(text).digest('hex'));
	assert.equal(document.runbook.title, 'A title');
});

test('the bundled runbooks are listed by name', async () => {
	assert.deepEqual(await bundledRunbooks(bundled), ['both', 'linux-patching', 'other']);
	assert.deepEqual(await bundledRunbooks(join(cwd, 'gone')), []);
});

symlinkSync('loop', join(cwd, 'loop'));
execFileSync('mkfifo', [join(cwd, 'fifo')]);

const refused: [string, RegExp, RegExp][] = [
	['gone.md', /^gone\.md: no such file, and no bundled runbook has this name$/, /Give a path/],
	['linux-patchin', /no such file/, /Did you mean the bundled runbook linux-patching\?/],
	['../linux-patching', /no such file/, /./],
	['', /An empty name/, /Give the path/],
	['own.md/inside', /no such file/, /./],
	['runbooks', /^runbooks: is a directory$/, /Name the document in it/],
	['loop', /^loop: cannot be read \(its symbolic links go round in circles\)$/, /Check/],
	['fifo', /^fifo: is no ordinary file$/, /Save the runbook in a file/],
	['/dev/zero', /^\/dev\/zero: is no ordinary file$/, /Save/],
	['x'.repeat(300), /its name is too long/, /./],
];
for (const [name, message, hint] of refused) {
	test(`"${name.slice(0, 40)}" is refused with a remedy`, async () => {
		await assert.rejects(load(name), error => {
			assert.ok(error instanceof Failure);
			assert.match(error.message, message);
			assert.match(error.hint, hint);
			assert.equal(error.exitCode, 2);
			return true;
		});
	});
}

test('a file without read permission is refused', async () => {
	writeFileSync(join(cwd, 'secret.md'), text);
	chmodSync(cwd, 0o755);
	chmodSync(join(cwd, 'secret.md'), 0);
	const isRoot = process.getuid!() === 0;
	// Root may read everything: for this moment be nobody.
	if (isRoot) process.seteuid!(65534);
	try {
		await assert.rejects(load('secret.md'), /secret\.md: cannot be read \(permission denied\)/);
	} finally {
		if (isRoot) process.seteuid!(0);
	}
});

test('of 50 MB no more than 10 MiB and a byte are read, and it is an error', async () => {
	writeFileSync(join(cwd, 'huge.md'), '');
	truncateSync(join(cwd, 'huge.md'), 50_000_000);
	const {bytes, document} = await load('huge.md');
	assert.equal(bytes.length, 10 * 1024 * 1024 + 1);
	assert.equal(document.findings[0]?.severity, 'error');
});

test('binary is an error with a place, never a crash', async () => {
	writeFileSync(join(cwd, 'program'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0xff, 0xfe, 10]));
	const {document} = await load('program');
	assert.equal(document.findings[0]?.severity, 'error');
	assert.equal(document.findings[0]?.file, 'program');
});
