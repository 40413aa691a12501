import assert from 'node:assert/strict';
import {Failure} from '../../../source/core/text/failure.ts';
import {NotConnected} from '../../../source/runtime/hosts/host.ts';
import type {Shell} from '../../../source/runtime/hosts/shell.ts';

/** The two lines of a connection that was not made; it must not take longer than the promised 15 s. */
export async function refusal(shell: Shell): Promise<string> {
	const began = performance.now();
	const error = await shell.connect(new AbortController().signal).then(
		() => assert.fail('it connected'),
		error => error,
	);
	assert.ok(performance.now() - began < 15_000, 'within 15 s');
	assert.ok(error instanceof NotConnected || error instanceof Failure, error.stack);
	assert.match(error.message, /^[^\n]+$/);
	assert.match(error.hint, /^[^\n]+$/);
	return `${error.message}\n${error.hint}`;
}
