import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {appendFileSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {Failure} from '../../source/commands/command.ts';
import {command} from '../../source/commands/runs.ts';
import {openJournal} from '../../source/runtime/journal/journal.ts';
import {takeLock} from '../../source/runtime/journal/writer-lock.ts';
import {fakeIo} from '../helpers/fake-io.ts';
import {ended, note, recordRun, scratch, steadyClock} from '../runtime/journal/a-record.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour));

async function runs(state: string, words: string[] = [], json = false) {
	const io = fakeIo({env: {HANDRAIL_STATE_DIR: state}});
	const exit = await command.run({arguments: words, flags: {json}, io});
	return {exit, out: io.out(), err: io.err()};
}

test('without a run, and without a state folder, there are none', async context => {
	const state = join(scratch(context), 'none');
	assert.deepEqual(await runs(state), {
		exit: 0,
		out: 'No runs yet. handrail run RUNBOOK -H HOST begins one.\n',
		err: '',
	});
	assert.equal((await runs(state, [], true)).out, '[]\n');
});

test('runs are listed newest first, open or by how they ended, and by whom they are driven', async context => {
	const state = scratch(context);
	const first = await recordRun(state, [note('one'), ended], at(1));
	const second = await recordRun(state, [note('one')], at(3));
	const third = await recordRun(state, [], at(2));
	const lock = await takeLock(second.path, at(4));
	const list = JSON.parse((await runs(state, [], true)).out);
	assert.deepEqual(
		list.map(({id, state, end}: {id: string; state: string; end: string | null}) => [id, state, end]),
		[
			[second.id, 'open', null],
			[third.id, 'open', null],
			[first.id, 'ended', 'completed'],
		],
	);
	const {sha256, driven, ...rest} = list[0];
	assert.match(sha256, /^[0-9a-f]{64}$/);
	assert.equal(driven.pid, process.pid);
	assert.deepEqual(rest, {
		id: second.id,
		title: 'Patch',
		hosts: ['web1'],
		state: 'open',
		started: '2026-11-22T03:00:00.000Z',
		ended: null,
		end: null,
		runbook: 'patch.md',
		problem: null,
	});
	assert.equal(list[2].ended, '2026-11-22T01:00:02.000Z');
	const {out} = await runs(state);
	assert.match(
		out,
		new RegExp(`^RUN +STATE +HOSTS +STARTED \\(UTC\\) +RUNBOOK\n${second.id} +open +web1 +2026-11-22 03:00 +Patch\n`),
	);
	assert.match(out, new RegExp(`  driven by process ${process.pid} of `));
	assert.match(out, new RegExp(`${first.id} +completed`));
	await lock.release();
});

test('a damaged record is listed with what is wrong, and hostile text in it does nothing to the terminal', async context => {
	const state = scratch(context);
	const folders = [];
	for (let hour = 0; hour < 6; hour++) folders.push(await recordRun(state, [note('one'), note('two')], at(hour)));
	const [changed, torn, empty, binary, hostile, newer] = folders.map(({journal}) => journal);
	writeFileSync(changed!, readFileSync(changed!, 'utf8').replace('one', 'ONE'));
	appendFileSync(torn!, '{"torn');
	writeFileSync(empty!, '');
	writeFileSync(binary!, Buffer.from([0, 255, 10, 10]));
	const text = readFileSync(hostile!, 'utf8').split('\n')[0]!;
	writeFileSync(hostile!, `${text.replace('"title":"Patch"', '"title":"\\u001b]0;x\\u0007\\nPatch"')}\n`);
	writeFileSync(newer!, `${readFileSync(newer!, 'utf8').split('\n')[0]!.replace('"journal":1', '"journal":9')}\n`);
	mkdirSync(join(state, 'runs', '20200101T0000-folder-of-nothing-00'));
	mkdirSync(join(state, 'runs', '20200101T0000-journal-is-a-folder-00', 'journal.jsonl'), {recursive: true});

	const {exit, out} = await runs(state);
	assert.equal(exit, 0);
	for (const what of [
		/ damaged .*\n {2}damaged: line 3 does not continue line 2/,
		/ open .*\n {2}the end is torn \(6 bytes\)/,
		/ damaged .*\n {2}never began: no event was recorded/,
		/ damaged .*\n {2}damaged: line 1 is no event/,
		/ open .* \ufffd\]0;x\ufffd Patch\n/,
		/ open .*\n {2}written by a newer Handrail/,
		/folder-of-nothing-00 +damaged .*\n {2}never began/,
		/journal-is-a-folder-00 +damaged .*\n {2}The journal cannot be read: it is a folder/,
	])
		assert.match(out, what);
	assert.equal(JSON.parse((await runs(state, [], true)).out).length, 8);
});

test('watch prints an ended run and ends, as lines or as journal lines', async context => {
	const state = scratch(context);
	const folder = await recordRun(state, [note('hello'), ended]);
	const {exit, out, err} = await runs(state, ['watch', folder.id.slice(0, 8)]);
	assert.deepEqual([exit, err], [0, '']);
	assert.match(out, /note: hello\n.*completed\n$/);
	assert.equal((await runs(state, ['watch', folder.id], true)).out, readFileSync(folder.journal, 'utf8'));
});

test('watch follows what another program records until the run ends', async context => {
	const state = scratch(context);
	const folder = await recordRun(state, []);
	const watching = runs(state, ['watch', folder.id], true);
	const journal = await openJournal(folder.journal, {clock: steadyClock()});
	for (const event of [note('one'), note('two'), ended]) await journal.append([event]);
	await journal.close();
	const {out, err} = await watching;
	assert.equal(out, readFileSync(folder.journal, 'utf8'));
	assert.equal(err, `No program drives ${folder.id} now; ctrl-c ends the watching.\n`);
});

test('watch stops at a line that was changed, and names it', async context => {
	const state = scratch(context);
	const folder = await recordRun(state, [note('one'), ended]);
	writeFileSync(folder.journal, readFileSync(folder.journal, 'utf8').replace('one', 'ONE'));
	await assert.rejects(runs(state, ['watch', folder.id]), (error: Failure) => {
		assert.ok(error instanceof Failure);
		assert.match(error.message, /journal\.jsonl:3: the journal is damaged at event 3/);
		return true;
	});
});

test('an event that this version does not know is shown by its type', async context => {
	const state = scratch(context);
	const folder = await recordRun(state, [{...note('x'), type: 'moon.landed'} as never, {...ended}]);
	assert.match((await runs(state, ['watch', folder.id])).out, /web1 {2}moon\.landed\n/);
});

test('Ctrl-C ends the watching, not the run', async context => {
	const state = scratch(context);
	const folder = await recordRun(state, [note('one')]);
	const script = `
		import {command} from ${JSON.stringify(fileURLToPath(new URL('../../source/commands/runs.ts', import.meta.url)))};
		const {stdout, stderr, stdin, env} = process;
		process.exitCode = await command.run({arguments: ['watch', ${JSON.stringify(folder.id)}], flags: {json: false}, io: {stdout, stderr, stdin, env, cwd: '/', isTerminal: false}});
	`;
	const watcher = spawn(process.execPath, ['--input-type=module', '-e', script], {
		env: {...process.env, HANDRAIL_STATE_DIR: state},
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	context.after(() => watcher.kill('SIGKILL'));
	let out = '';
	watcher.stdout.on('data', piece => {
		out += piece;
		if (out.includes('note: one')) watcher.kill('SIGINT');
	});
	assert.deepEqual(await once(watcher, 'exit'), [0, null]);
});

test('wrong words are wrong usage', async context => {
	const state = scratch(context);
	await recordRun(state, []);
	await assert.rejects(runs(state, ['look']), /knows no "look"/);
	await assert.rejects(runs(state, ['watch']), /Which run\?/);
	await assert.rejects(runs(state, ['watch', 'x']), /No run is called "x"/);
});
