import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {ByteReader} from '../../../source/runtime/hosts/byte-reader.ts';

test('Lines and the rest are the same however the bytes arrive', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.uint8Array({maxLength: 8})), fc.nat(3), async (chunks, lines) => {
			const whole = Buffer.concat(chunks);
			const reader = new ByteReader(streamOf(chunks));
			let at = 0;
			for (let index = 0; index < lines; index++) {
				const end = whole.indexOf(10, at);
				const line = await reader.line();
				if (end < 0) {
					assert.equal(line, undefined);
					return;
				}
				assert.equal(line, whole.subarray(at, end).toString());
				at = end + 1;
			}
			assert.deepEqual(Buffer.from(await reader.all(1000)), whole.subarray(at));
		}),
	);
});

test('A line without end is cut, and does not fill the memory', async () => {
	const reader = new ByteReader(
		streamOf([...Array.from({length: 1000}, () => Buffer.alloc(1000, 'x')), Buffer.from('\nnext\n')]),
	);
	assert.equal((await reader.line(100))?.length, 100);
	assert.equal(await reader.line(), 'next');
	assert.equal(await reader.line(), undefined);
});

async function* streamOf(chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
	yield* chunks;
}
