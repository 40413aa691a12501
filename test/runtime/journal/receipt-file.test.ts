import assert from 'node:assert/strict';
import {existsSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {fold} from '../../../source/core/run/evolve.ts';
import {readDocument} from '../../../source/core/runbook/read-document.ts';
import {DiskFailure} from '../../../source/runtime/journal/disk-failure.ts';
import {readJournal} from '../../../source/runtime/journal/read-journal.ts';
import {keepReceipt, readReceipt} from '../../../source/runtime/journal/receipt-file.ts';
import type {RunFolder} from '../../../source/runtime/journal/run-folder.ts';
import {bytesOfRunbook, ended, note, recordRun, scratch} from './a-record.ts';

async function sessionOf(folder: RunFolder) {
	const {events, head} = await readJournal(folder.journal);
	const state = fold(readDocument(bytesOfRunbook, 'patch.md').runbook, events);
	return {session: {state, world: {folder}}, head};
}

test('The receipt of an ended run is kept beside its journal, for its owner alone', async t => {
	const folder = await recordRun(scratch(t), [note('x'), ended]);
	const {session, head} = await sessionOf(folder);
	await keepReceipt(session);
	const receipt = await readReceipt(folder);
	assert.deepEqual([receipt?.run, receipt?.end, receipt?.head], [folder.id, 'completed', head.hash]);
	assert.equal(statSync(join(folder.path, 'receipt.json')).mode & 0o777, 0o600);
});

test('Of an open run no receipt is kept', async t => {
	const folder = await recordRun(scratch(t), [note('x')]);
	await keepReceipt((await sessionOf(folder)).session);
	assert.equal(existsSync(join(folder.path, 'receipt.json')), false);
	assert.equal(await readReceipt(folder), undefined);
});

test('A receipt that cannot be written is a failure of the disk', async t => {
	const folder = await recordRun(scratch(t), [ended]);
	const {session} = await sessionOf(folder);
	const elsewhere = {state: session.state, world: {folder: {...folder, path: join(folder.path, 'gone')}}};
	await assert.rejects(keepReceipt(elsewhere), DiskFailure);
});

for (const text of ['', '{', '[]', 'null', '{"receipt":2}', '{"receipt":1,"run":5}']) {
	test(`${JSON.stringify(text)} is no receipt`, async t => {
		const folder = await recordRun(scratch(t), [ended]);
		const path = join(folder.path, 'receipt.json');
		writeFileSync(path, text);
		assert.equal(await readReceipt(folder), undefined);
		rmSync(path);
	});
}
