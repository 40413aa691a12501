import assert from 'node:assert/strict';
import {test} from 'node:test';
import {SecretBytes} from '../../../source/views/plain/secret-bytes.ts';

test('a secret is taken byte by byte as a terminal would, and what it came in is wiped', () => {
	const cases: [typed: string[], secret: string | undefined][] = [
		[['sesame\r'], 'sesame'],
		[['ses', 'ame', '\n'], 'sesame'],
		[['sesame'], undefined],
		[['\r'], ''],
		[['sesamx\x7fe\r'], 'sesame'],
		[['\x7f\x7fa日é\x08\x7fb\r'], 'ab'],
		[['wrong\x15right\r'], 'right'],
		[['one\rtwo\r'], 'one'],
		[['\x1b[200~pasted', ' here\x1b[201~', '\r'], 'pasted here'],
		[['x'.repeat(5000), '\r'], 'x'.repeat(5000)],
	];
	for (const [typed, secret] of cases) {
		const line = new SecretBytes();
		const chunks = typed.map(each => Buffer.from(each));
		const hasEnded = chunks.map(chunk => line.type(chunk)).at(-1);
		assert.equal(hasEnded ? line.take().toString() : undefined, secret, JSON.stringify(typed));
		assert.ok(chunks.every(chunk => chunk.every(byte => byte === 0)));
		assert.equal(hasEnded ? line.take().length : 0, 0);
	}
});
