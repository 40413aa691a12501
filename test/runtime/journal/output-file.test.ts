import assert from 'node:assert/strict';
import {appendFileSync, readFileSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {type TestContext, test} from 'node:test';
import fc from 'fast-check';
import {OutputFile} from '../../../source/runtime/journal/output-file.ts';
import {readRange, readTail} from '../../../source/runtime/journal/read-output.ts';
import {createTaskFolder} from '../../../source/runtime/journal/task-folder.ts';
import {parseTimes, readTimes} from '../../../source/runtime/journal/times.ts';
import {recordRun, scratch} from './a-record.ts';

const task = async (context: TestContext) =>
	await createTaskFolder(await recordRun(scratch(context), []), 't1', Buffer.from('true'));

test('bytes are kept exactly, and the size is the offset to follow from', async context => {
	const files = await task(context);
	const bytes = Buffer.from(Array.from({length: 1000}, (_, index) => index % 256));
	const first = await OutputFile.open(files, () => 0);
	assert.equal(first.size(), 0);
	await Promise.all([first.append(bytes.subarray(0, 300)), first.append(bytes.subarray(300, 600))]);
	await first.sync();
	await first.close();
	const second = await OutputFile.open(files, () => 0);
	assert.equal(second.size(), 600);
	await second.append(bytes.subarray(600));
	await second.close();
	assert.ok(readFileSync(files.output).equals(bytes));
	for (const file of [files.output, files.times]) assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('times say when each byte came, at most every 50 ms, and never fall', async context => {
	const files = await task(context);
	const moments = [0, 10, 49.4, 50, 99, 100.2, 70, 400];
	const file = await OutputFile.open(files, () => moments.shift()!);
	for (const text of ['a', 'bb', 'ccc', 'dddd', 'e', 'ff', 'ggg', 'h']) await file.append(Buffer.from(text));
	await file.close();
	assert.equal(readFileSync(files.times, 'utf8'), '0 0\n50 6\n100 11\n400 16\n');
	const resumed = await OutputFile.open(files, () => 420);
	await resumed.append(Buffer.from('too soon'));
	await resumed.close();
	assert.equal((await readTimes(files.times)).length, 4);
});

test('times that a crash left torn, or beyond the output, are cut when the file is opened again', async context => {
	const files = await task(context);
	const moments = [0, 100, 200];
	const file = await OutputFile.open(files, () => moments.shift()!);
	for (const text of ['a', 'b', 'c']) await file.append(Buffer.from(text));
	await file.close();
	truncateSync(files.output, 2);
	appendFileSync(files.times, '300 ');
	const again = await OutputFile.open(files, () => 350);
	await again.append(Buffer.from('d'));
	await again.close();
	assert.equal(readFileSync(files.times, 'utf8'), '0 0\n100 1\n350 2\n');
	assert.equal(readFileSync(files.output, 'utf8'), 'abd');
});

test('times are read up to the first line that is none', () => {
	const cases: [text: string, offsets: number[]][] = [
		['', []],
		['0 0\n50 7\n', [0, 7]],
		['0 0\n50 7', [0]],
		['0 0\nx\n60 9\n', [0]],
		['50 5\n40 6\n', [5]],
		['50 5\n60 4\n', [5]],
		['-1 0\n', []],
	];
	for (const [text, offsets] of cases)
		assert.deepEqual(
			parseTimes(text).map(({offset}) => offset),
			offsets,
			JSON.stringify(text),
		);
});

test('whatever the bytes are, reading by lines gives every byte once', async context => {
	const {output} = await task(context);
	const lengths = fc.oneof(fc.nat(20), fc.constantFrom(65_535, 65_536, 65_537, 131_072, 200_000));
	await fc.assert(
		fc.asyncProperty(fc.array(lengths, {maxLength: 6}), fc.boolean(), async (lines, isEnded) => {
			const bytes = Buffer.from(lines.map(length => 'x'.repeat(length)).join('\n') + (isEnded ? '\n' : ''));
			writeFileSync(output, bytes);
			const read = await readTail(output, bytes.length, bytes.length);
			for (const {offset, bytes: line} of read) {
				assert.ok(line.length <= 65_536);
				assert.ok(bytes.subarray(offset, offset + line.length).equals(line));
			}
			const feeds = bytes.filter(byte => byte === 10).length;
			assert.equal(read.reduce((sum, {bytes: line}) => sum + line.length, 0) + feeds, bytes.length);
		}),
		{numRuns: 60},
	);
});

test('ranges and tails find what is there', async context => {
	const {output} = await task(context);
	const lines = Array.from({length: 5000}, (_, index) => `line ${index}`);
	writeFileSync(output, `${lines.join('\n')}\n`);
	const texts = (found: {bytes: Buffer}[]) => found.map(({bytes}) => bytes.toString());
	assert.equal((await readRange(output, 5, 11)).toString(), '0\nline');
	assert.equal((await readRange(output, -5, 4)).toString(), 'line');
	assert.equal((await readRange(output, 1e9, 2e9)).length, 0);
	assert.deepEqual(texts(await readTail(output, 2)), ['line 4998', 'line 4999']);
	assert.deepEqual(texts(await readTail(output, 9, 25)), ['line 4998', 'line 4999']);
	assert.deepEqual(await readTail(output, 0), []);
});

test('output that is not there reads as empty', async context => {
	const {output} = await task(context);
	assert.deepEqual([(await readRange(output, 0, 9)).length, await readTail(output, 5)], [0, []]);
});
