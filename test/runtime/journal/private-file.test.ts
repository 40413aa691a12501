import assert from 'node:assert/strict';
import {existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {openPrivateFile, writePrivateFile} from '../../../source/runtime/journal/private-file.ts';
import {scratch} from './a-record.ts';

test('a private file is not opened through a symbolic link', async context => {
	const folder = scratch(context);
	const elsewhere = join(folder, 'elsewhere');
	symlinkSync(elsewhere, join(folder, 'output'));
	await assert.rejects(
		openPrivateFile(join(folder, 'output'), async handle => handle),
		{code: 'ELOOP'},
	);
	assert.ok(!existsSync(elsewhere));
});

test('a private file is this user’s alone whatever the umask is, and a link in its place is replaced', async context => {
	const folder = scratch(context);
	mkdirSync(join(folder, 'sub'));
	const path = join(folder, 'sub', 'receipt');
	writeFileSync(join(folder, 'elsewhere'), 'as it was');
	symlinkSync(join(folder, 'elsewhere'), path);
	const before = process.umask(0);
	try {
		await writePrivateFile(path, Buffer.from('new'));
	} finally {
		process.umask(before);
	}
	assert.equal(readFileSync(path, 'utf8'), 'new');
	assert.equal(statSync(path).mode & 0o777, 0o600);
	assert.equal(readFileSync(join(folder, 'elsewhere'), 'utf8'), 'as it was');
});
