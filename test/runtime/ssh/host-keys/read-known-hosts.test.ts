import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {judgeHostKey, namesOf, parseKnownHosts} from '../../../../source/runtime/ssh/host-keys/known-hosts.ts';
import {readKnownHosts} from '../../../../source/runtime/ssh/host-keys/read-known-hosts.ts';

const folder = mkdtempSync(join(tmpdir(), 'known-hosts-'));
after(() => rmSync(folder, {recursive: true, force: true}));

const file = join(folder, 'known_hosts');
const key = 'AAAAC3NzaC1lZDI1NTE5AAAAI';
const shown = Buffer.from(`${key}AAA`, 'base64');
const [first, second] = [`web1 ssh-ed25519 ${key}AAA\n`, `web1 ssh-ed25519 ${key}BBB\n`];

test('is read once for many hosts, and anew where a byte of it is another', async () => {
	writeFileSync(file, first);
	const entries = await readKnownHosts([file, join(folder, 'none')]);
	assert.deepEqual(entries, parseKnownHosts(first, file));
	assert.equal(judgeHostKey(entries, namesOf('web1', 22), shown).is, 'known');
	assert.equal(await readKnownHosts([file, join(folder, 'none')]), entries);

	// Neither its size nor its time tells.
	const {atime, mtime} = statSync(file);
	writeFileSync(file, second);
	utimesSync(file, atime, mtime);
	const changed = await readKnownHosts([file, join(folder, 'none')]);
	assert.deepEqual(changed, parseKnownHosts(second, file));
	assert.equal(judgeHostKey(changed, namesOf('web1', 22), shown).is, 'changed');
});
