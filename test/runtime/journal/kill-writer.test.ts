import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';
import {readJournal} from '../../../source/runtime/journal/read-journal.ts';
import {scratch} from './a-record.ts';
import {TalkingProcess} from './talking-process.ts';

test('twenty writers in a row are killed with -9, and the chain holds every event that one of them called safe', async context => {
	const folder = scratch(context);
	let safe = 0;
	for (let round = 0; round < 20; round++) {
		const writer = new TalkingProcess('endless-writer.ts', [folder]);
		context.after(() => writer.kill());
		const enough = safe + 1 + Math.floor(Math.random() * 40);
		for (let line = await writer.heard(); line && safe < enough; line = await writer.heard()) safe = Number(line);
		await writer.kill();
		for (let line = await writer.heard(); line; line = await writer.heard()) safe = Number(line);
		const {events, problem} = await readJournal(join(folder, 'journal.jsonl'));
		assert.equal(problem, undefined);
		assert.ok(events.length >= safe, `${events.length} events, ${safe} were safe`);
	}
	const {events} = await readJournal(join(folder, 'journal.jsonl'));
	assert.equal(events.filter(({boot}) => boot !== undefined).length, 20);
});
