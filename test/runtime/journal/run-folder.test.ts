import assert from 'node:assert/strict';
import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {UsageError} from '../../../source/core/text/failure.ts';
import {createRunFolder, findRunFolder, readRunbookCopy} from '../../../source/runtime/journal/run-folder.ts';
import {claimRunId} from '../../../source/runtime/journal/run-id.ts';
import {createTaskFolder, taskFolder} from '../../../source/runtime/journal/task-folder.ts';
import {bytesOfRunbook, scratch, sha256OfRunbook} from './a-record.ts';

const now = new Date('2026-11-22T19:21:59Z');
const runbook = {form: 'markdown', bytes: bytesOfRunbook} as const;

const names: [host: string, runbook: string, id: RegExp][] = [
	['web1', 'linux-patching', /^20261122T1921-web1-linux-patching-[0-9a-f]{2}$/],
	[
		'root@db.example.com:2222',
		'/srv/books/Patch Night!.md',
		/^20261122T1921-root-db-example-com-patch-night-[0-9a-f]{2}$/,
	],
	['../../etc', '..', /^20261122T1921-etc-runbook-[0-9a-f]{2}$/],
	['補丁', '補丁.yaml', /^20261122T1921-host-runbook-[0-9a-f]{2}$/],
	['Ünï', 'Überprüfung.YML', /^20261122T1921-uni-uberprufung-[0-9a-f]{2}$/],
	['h'.repeat(99), 'r'.repeat(99), /^20261122T1921-h{20}-r{30}-[0-9a-f]{2}$/],
	['a$(reboot)\n', '-rf.md', /^20261122T1921-a-reboot-rf-[0-9a-f]{2}$/],
];

for (const [host, book, id] of names) {
	test(`a run of ${JSON.stringify(book.slice(0, 30))} on ${JSON.stringify(host.slice(0, 30))} gets an id that is safe everywhere`, async context => {
		assert.match(await claimRunId(scratch(context), {now, host, runbook: book}), id);
	});
}

test('more runs than two digits can tell apart still get ids of their own', async context => {
	const runs = scratch(context);
	const ids = await Promise.all(Array.from({length: 400}, () => claimRunId(runs, {now, host: 'a', runbook: 'b'})));
	assert.equal(new Set(ids).size, 400);
	assert.equal(readdirSync(runs).length, 400);
});

test('a new run has the exact bytes of its runbook, everything for this user alone', async context => {
	const state = scratch(context);
	const folder = await createRunFolder(state, {now, host: 'web1', runbook: 'patch'}, runbook);
	assert.equal(folder.path, join(state, 'runs', folder.id));
	assert.deepEqual(readdirSync(folder.path).sort(), ['runbook.md', 'tasks']);
	assert.ok(readFileSync(join(folder.path, 'runbook.md')).equals(bytesOfRunbook));
	assert.equal(statSync(join(folder.path, 'runbook.md')).mode & 0o777, 0o600);
	for (const path of [folder.path, join(folder.path, 'tasks'), join(state, 'runs')])
		assert.equal(statSync(path).mode & 0o777, 0o700);
});

test('the copy of the runbook is read back only while it is what the journal names', async context => {
	const folder = await createRunFolder(
		scratch(context),
		{now, host: 'web1', runbook: 'patch'},
		{...runbook, form: 'yaml'},
	);
	assert.deepEqual(await readRunbookCopy(folder, 'yaml', sha256OfRunbook), bytesOfRunbook);
	writeFileSync(join(folder.path, 'runbook.yaml'), 'x');
	await assert.rejects(readRunbookCopy(folder, 'yaml', sha256OfRunbook), /The copy of the runbook was changed/);
	await assert.rejects(readRunbookCopy(folder, 'markdown', sha256OfRunbook), /cannot be read: it is gone/);
});

test('RUN is an id or a unique beginning of one', async context => {
	const state = scratch(context);
	const ids = ['20261122T1921-web1-a-00', '20261122T1921-web1-a-00-1', '20261123T0100-web2-b-ff'];
	for (const id of ids) mkdirSync(join(state, 'runs', id), {recursive: true});
	writeFileSync(join(state, 'runs', 'notes.txt'), '');
	const cases: [run: string, found: string | RegExp][] = [
		['20261123', ids[2]!],
		[ids[0]!, ids[0]!],
		[ids[1]!, ids[1]!],
		['20261122', /"20261122" is the beginning of 2 runs: 20261122T1921-web1-a-00-1, 20261122T1921-web1-a-00$/],
		['web1', /No run is called "web1" or begins so/],
		['', /No run is called "" or begins so/],
		['..', /No run is called/],
		['notes', /No run is called/],
		[`${ids[0]}/../${ids[2]}`, /No run is called/],
	];
	for (const [run, found] of cases) {
		if (typeof found === 'string') assert.equal((await findRunFolder(state, run)).id, found);
		else
			await assert.rejects(findRunFolder(state, run), (error: UsageError) => {
				assert.ok(error instanceof UsageError);
				assert.match(error.message, found);
				return true;
			});
	}
	await assert.rejects(findRunFolder(undefined, '2026'), /No run is called/);
});

test('the text of a command is on the disk before it runs; again is no harm, and half of one is replaced', async context => {
	const folder = await createRunFolder(scratch(context), {now, host: 'web1', runbook: 'patch'}, runbook);
	const {command, path} = await createTaskFolder(folder, 't1', Buffer.from('true\n'));
	assert.equal(readFileSync(command, 'utf8'), 'true\n');
	assert.deepEqual([statSync(command).mode & 0o777, statSync(path).mode & 0o777], [0o600, 0o700]);
	writeFileSync(command, 'tr');
	await createTaskFolder(folder, 't1', Buffer.from('true\n'));
	assert.equal(readFileSync(command, 'utf8'), 'true\n');
	assert.deepEqual(readdirSync(path), ['command']);
});

test('a task whose id leads elsewhere has no folder', async context => {
	const folder = await createRunFolder(scratch(context), {now, host: 'web1', runbook: 'patch'}, runbook);
	for (const id of ['..', '.', '', 'a/b', '-x', 'a\n', 'x'.repeat(201)])
		assert.throws(() => taskFolder(folder, id), /no id of a task/);
});
