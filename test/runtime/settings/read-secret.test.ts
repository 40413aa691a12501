import assert from 'node:assert/strict';
import {closeSync, mkdtempSync, openSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {readSecrets} from '../../../source/runtime/settings/read-secret.ts';

const declared = (name: string) => name === 'PASSWORD';

test('a secret is the line of its descriptor, once, and a missing descriptor is named in the remedy', context => {
	const folder = mkdtempSync(join(tmpdir(), 'secret-'));
	const file = join(folder, 'secret');
	writeFileSync(file, 'correct horse\n');
	const fd = openSync(file, 'r');
	context.after(() => {
		closeSync(fd);
		rmSync(folder, {recursive: true});
	});
	assert.deepEqual(readSecrets([`PASSWORD=fd:${fd}`], declared), new Map([['PASSWORD', Buffer.from('correct horse')]]));
	const twice = [`sudo=fd:${fd}`, `sudo=fd:${fd}`];
	assert.throws(() => readSecrets(twice, declared), {name: 'UsageError', message: '--secret gives sudo twice'});
	assert.throws(() => readSecrets(['PASSWORD=fd:999'], declared), {
		message: 'The secret PASSWORD cannot be read from file descriptor 999 (EBADF)',
		hint: 'Open it: 999< FILE',
	});
});
