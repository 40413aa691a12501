import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate as turn} from 'node:timers/promises';
import {readAhead} from '../../../source/runtime/hosts/read-ahead.ts';

/** Pieces of one byte each, counted as they are taken, and how the stream ends. */
function counted(count: number, end: 'ends' | 'fails' = 'ends') {
	const seen = {given: 0, isLeft: false};
	async function* stream(): AsyncGenerator<Uint8Array> {
		try {
			for (; seen.given < count; seen.given++) yield Buffer.from([seen.given % 256]);
			if (end === 'fails') throw new Error('lost');
		} finally {
			seen.isLeft = true;
		}
	}
	return {seen, stream: stream()};
}

test('Every byte comes once and in order, also those that came while others were written', async () => {
	const {stream} = counted(1000);
	const pieces: Uint8Array[] = [];
	for await (const bytes of readAhead(stream)) {
		pieces.push(bytes);
		await turn();
	}
	assert.deepEqual(Buffer.concat(pieces), Buffer.from(Array.from({length: 1000}, (_, at) => at % 256)));
	assert.ok(pieces.length < 1000, `${pieces.length} pieces`);
});

test('No more is read ahead than is allowed', async () => {
	const {seen, stream} = counted(1000);
	const ahead = readAhead(stream, 10);
	assert.equal((await ahead.next()).value!.length > 0, true);
	for (let turns = 0; turns < 50; turns++) await turn();
	assert.ok(seen.given <= 22, `${seen.given} pieces`);
	let length = 0;
	for await (const bytes of ahead) length += bytes.length;
	assert.ok(length >= 978, `${length} bytes`);
});

test('What came before a failure is given before it', async () => {
	let length = 0;
	const {stream} = counted(5, 'fails');
	await assert.rejects(
		async () => {
			for await (const bytes of readAhead(stream)) length += bytes.length;
		},
		{message: 'lost'},
	);
	assert.equal(length, 5);
});

test('Who leaves early leaves the source, too', async () => {
	const {seen, stream} = counted(1000);
	for await (const _ of readAhead(stream, 10)) break;
	for (let turns = 0; turns < 50 && !seen.isLeft; turns++) await turn();
	assert.ok(seen.isLeft);
	assert.ok(seen.given < 30);
});

test('An empty stream ends', async () => {
	for await (const _ of readAhead(counted(0).stream)) assert.fail('there is nothing');
});
