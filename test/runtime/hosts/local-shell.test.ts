import assert from 'node:assert/strict';
import {test} from 'node:test';
import {localShell} from '../../../source/runtime/hosts/local-shell.ts';

async function* nothing(): AsyncGenerator<Uint8Array> {}

test('what is begun on this machine after closing ends at once, and nothing waits for it', {
	timeout: 20_000,
}, async () => {
	const shell = localShell();
	const signal = new AbortController().signal;
	await shell.connect(signal);
	const before = await shell.open(['sleep', '30'], nothing());
	await shell.close();
	assert.equal(await before.ended, 'lost');
	const after = await shell.open(['sleep', '30'], nothing());
	assert.equal(await after.ended, 'lost');
	await shell.connect(signal);
	const again = await shell.open(['true'], nothing());
	assert.deepEqual(await again.ended, {exit: 0});
});
