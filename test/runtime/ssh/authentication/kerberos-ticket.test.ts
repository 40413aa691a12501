import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {hasValidTicket} from '../../../../source/runtime/ssh/authentication/kerberos-ticket.ts';
import {once} from '../../../../source/runtime/ssh/once.ts';

test('A ticket is looked for once, however many hosts there are', async context => {
	const folder = mkdtempSync(join(tmpdir(), 'klist-'));
	context.after(() => rmSync(folder, {recursive: true}));
	const calls = join(folder, 'calls');
	writeFileSync(join(folder, 'klist'), `#!/bin/sh\necho "$@" >> '${calls}'\n`, {mode: 0o755});
	const env = {PATH: `${folder}:/usr/bin:/bin`};
	assert.deepEqual(await Promise.all([1, 2, 3].map(() => hasValidTicket(env))), [true, true, true]);
	assert.equal(await hasValidTicket(env), true);
	assert.equal(readFileSync(calls, 'utf8'), '-s\n');
	assert.equal(await hasValidTicket({PATH: '/nowhere'}), false);
});

test('What is asked once for each key is asked again for another one', async () => {
	const asked: string[] = [];
	const ask = once(async (path: string) => asked.push(path));
	assert.deepEqual(await Promise.all(['a', 'b', 'a'].map(ask)), [1, 2, 1]);
	assert.deepEqual(asked, ['a', 'b']);
});
