import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import {pacedBy} from '../../../source/views/plain/paced-by.ts';

test('who prints waits for a reader that is a mebibyte behind, until it has read or has left', async () => {
	for (const go of [(stream: PassThrough) => stream.resume(), (stream: PassThrough) => stream.destroy()]) {
		const stream = new PassThrough();
		assert.equal(pacedBy(stream), undefined);
		stream.write(Buffer.alloc(3 * 1024 * 1024));
		const behind = pacedBy(stream);
		assert.ok(behind);
		let isOver = false;
		const over = behind.then(() => {
			isOver = true;
		});
		await new Promise(resolve => setImmediate(resolve));
		assert.equal(isOver, false);
		go(stream);
		await over;
		assert.equal(pacedBy(stream), undefined);
		assert.equal(stream.listenerCount('close'), new PassThrough().listenerCount('close'));
	}
});
