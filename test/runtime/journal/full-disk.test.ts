import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmdirSync, rmSync, statfsSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {DiskFailure} from '../../../source/runtime/journal/disk-failure.ts';
import {openJournal} from '../../../source/runtime/journal/journal.ts';
import {OutputFile} from '../../../source/runtime/journal/output-file.ts';
import {readJournal} from '../../../source/runtime/journal/read-journal.ts';
import {openStateFolder} from '../../../source/runtime/journal/state-folder.ts';
import {createTaskFolder} from '../../../source/runtime/journal/task-folder.ts';
import {note, recordRun, scratch, started, steadyClock} from './a-record.ts';

/** A real file system of 256 kB; undefined, and the test skipped, where this user may not mount one. */
function smallDisk(context: TestContext): string | undefined {
	const folder = mkdtempSync(join(tmpdir(), 'handrail-disk-'));
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k,mode=0700', 'handrail-test', folder], {stdio: 'pipe'});
	} catch {
		rmdirSync(folder);
		context.skip('mounting a tmpfs needs root');
		return undefined;
	}
	context.after(() => {
		execFileSync('umount', ['-l', folder]);
		rmdirSync(folder);
	});
	return folder;
}

/** Fills the disk but for so many bytes. */
function fill(disk: string, free: number) {
	const {bavail, bsize} = statfsSync(disk);
	writeFileSync(join(disk, 'filler'), Buffer.alloc(bavail * bsize - free));
}

const isFull = (error: DiskFailure) => {
	assert.ok(error instanceof DiskFailure, String(error));
	assert.equal(error.code, 'ENOSPC');
	assert.match(error.message, /no space left on the disk/);
	return true;
};

test('on a full disk an append fails as a whole, and succeeds once there is room again', async context => {
	const disk = smallDisk(context);
	if (!disk) return;
	const file = join(disk, 'journal.jsonl');
	const journal = await openJournal(file, {clock: steadyClock()});
	await journal.append([started()]);
	fill(disk, 8192);
	const before = readFileSync(file);
	const head = journal.head;
	await assert.rejects(journal.append([note('small'), note('x'.repeat(40_000))]), isFull);
	assert.deepEqual(readFileSync(file), before);
	assert.deepEqual(journal.head, head);
	await journal.append([note('small alone')]);
	rmSync(join(disk, 'filler'));
	await journal.append([note('x'.repeat(40_000))]);
	await journal.close();
	const {events, problem} = await readJournal(file);
	assert.deepEqual([events.length, problem], [3, undefined]);
});

test('a torn end is not cut where the disk has no room to keep it', async context => {
	const disk = smallDisk(context);
	if (!disk) return;
	const file = join(disk, 'journal.jsonl');
	const journal = await openJournal(file, {clock: steadyClock()});
	await journal.append([started()]);
	await journal.close();
	writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from('{"torn')]));
	fill(disk, 0);
	const before = readFileSync(file);
	await assert.rejects(openJournal(file, {clock: steadyClock()}), isFull);
	assert.deepEqual(readFileSync(file), before);
});

test('output that finds no room fails, what is there stays, and the rest is taken from there', async context => {
	const disk = smallDisk(context);
	if (!disk) return;
	const state = await openStateFolder({HANDRAIL_STATE_DIR: join(disk, 'state')});
	const files = await createTaskFolder(await recordRun(state, []), 't1', Buffer.from('true'));
	const bytes = Buffer.from(Array.from({length: 60_000}, (_, index) => index % 251));
	const output = await OutputFile.open(files, () => 0);
	await output.append(bytes.subarray(0, 1000));
	fill(disk, 16_384);
	await assert.rejects(output.append(bytes.subarray(1000)), isFull);
	const size = output.size();
	assert.equal(statSync(files.output).size, size);
	assert.ok(size >= 1000 && size < bytes.length);
	rmSync(join(disk, 'filler'));
	await output.append(bytes.subarray(size));
	await output.sync();
	await output.close();
	assert.ok(readFileSync(files.output).equals(bytes));
});

test('a run that finds no room for its runbook is refused before anything has happened', async context => {
	const disk = smallDisk(context);
	if (!disk) return;
	const state = await openStateFolder({HANDRAIL_STATE_DIR: join(disk, 'state')});
	fill(disk, 0);
	await assert.rejects(recordRun(state, []), isFull);
});

test('on a file system that turned read-only an append fails, and succeeds once it is writable again', async context => {
	const disk = smallDisk(context);
	if (!disk) return;
	const file = join(disk, 'journal.jsonl');
	const journal = await openJournal(file, {clock: steadyClock()});
	await journal.append([started()]);
	await journal.close();
	execFileSync('mount', ['-o', 'remount,ro', disk]);
	await assert.rejects(openJournal(file, {clock: steadyClock()}), /cannot be written: the file system is read-only/);
	assert.equal((await readJournal(file)).events.length, 1);
	await assert.rejects(openStateFolder({HANDRAIL_STATE_DIR: join(disk, 'state')}), /the file system is read-only/);
	execFileSync('mount', ['-o', 'remount,rw', disk]);
	await (await openJournal(file, {clock: steadyClock()})).close();
});

test('where the system allows no larger file, the half-written event is taken out again and the next one succeeds', async context => {
	const folder = scratch(context);
	const script = fileURLToPath(new URL('limited-writer.ts', import.meta.url));
	// 8 KiB for files; without the signal that would end the process, as a shell's user may have it.
	const limited = 'trap "" XFSZ; ulimit -f 8; exec "$0" "$@"';
	const out = execFileSync('bash', ['-c', limited, process.execPath, script, folder], {encoding: 'utf8'});
	const [first, second, third] = out.split('\n');
	assert.deepEqual([first, third], ['event 1', 'event 2']);
	assert.match(second!, /^EFBIG: The journal cannot be written: the file would be larger than is allowed/);
	const {events, problem} = await readJournal(join(folder, 'journal.jsonl'));
	assert.deepEqual([events.length, problem], [2, undefined]);
});
