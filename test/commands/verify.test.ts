import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {appendFileSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {command} from '../../source/commands/verify.ts';
import type {NewEvent} from '../../source/core/run/events.ts';
import type {RunFolder} from '../../source/runtime/journal/run-folder.ts';
import {createTaskFolder} from '../../source/runtime/journal/task-folder.ts';
import {fakeIo} from '../helpers/fake-io.ts';
import {ended, note, recordRun, scratch} from '../runtime/journal/a-record.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const linesOf = ({journal}: RunFolder) => readFileSync(journal, 'utf8').split('\n').slice(0, -1);

async function verify(state: string, run: string, flags: {head?: string; json?: boolean} = {}) {
	const io = fakeIo({env: {HANDRAIL_STATE_DIR: state}});
	const exit = await command.run({arguments: [run], flags: {head: undefined, json: false, ...flags}, io});
	return {exit, out: io.out()};
}

const planned: NewEvent = {
	type: 'task.planned',
	host: 'web1',
	task: 't1',
	block: 'patch/1',
	attempt: 1,
	risk: 'changes',
	delay: 0,
	edited: {script: 'echo edited', reason: 'a test'},
};
const reported: NewEvent = {
	type: 'task.reported',
	host: 'web1',
	task: 't1',
	report: {is: 'ended', exit: 0, bytes: 5},
	seen: {sha256: sha256('hello')},
};

/** An ended run of one edited command. */
async function aRun(context: TestContext) {
	const state = scratch(context);
	const folder = await recordRun(state, [note('one'), planned, reported, ended]);
	const files = await createTaskFolder(folder, 't1', Buffer.from('echo edited'));
	writeFileSync(files.output, 'hello');
	return {state, folder, files, head: sha256(linesOf(folder).at(-1)!)};
}

test('an unchanged run says so, with its head', async context => {
	const {state, folder, head} = await aRun(context);
	assert.deepEqual(await verify(state, folder.id), {
		exit: 0,
		out: `${folder.id}: unchanged up to this head, 5 events\nhead ${head}\n`,
	});
	assert.deepEqual(await verify(state, folder.id.slice(0, 10), {head: head.toUpperCase()}), {
		exit: 0,
		out: `${folder.id}: unchanged up to that head, 5 events\nhead ${head}\n`,
	});
	assert.deepEqual(JSON.parse((await verify(state, folder.id, {json: true, head})).out), {
		run: folder.id,
		isUnchanged: true,
		events: 5,
		head,
		upTo: 5,
		torn: 0,
		changes: [],
	});
});

test('a head that was taken earlier holds for what stood there then', async context => {
	const {state, folder} = await aRun(context);
	const {exit, out} = await verify(state, folder.id, {head: sha256(linesOf(folder)[1]!)});
	assert.equal(exit, 0);
	assert.match(out, /unchanged up to that head, 2 of 5 events; those after it continue it/);
});

const changes: [title: string, change: (run: Awaited<ReturnType<typeof aRun>>) => void, says: RegExp][] = [
	[
		'a changed line',
		({folder}) => writeFileSync(folder.journal, readFileSync(folder.journal, 'utf8').replace('one', 'ONE')),
		/CHANGED after 2 events .*\n.*journal\.jsonl:3: line 3 does not continue line 2/,
	],
	[
		'an emptied journal',
		({folder}) => writeFileSync(folder.journal, ''),
		/CHANGED after 0 events .*\n.*journal\.jsonl:1: it holds no complete event/,
	],
	[
		'a changed runbook',
		({folder}) => appendFileSync(join(folder.path, 'runbook.md'), ' '),
		/runbook\.md: its SHA-256 is/,
	],
	['a missing runbook', ({folder}) => rmSync(join(folder.path, 'runbook.md')), /runbook\.md: it is missing/],
	['a changed command', ({files}) => writeFileSync(files.command, 'reboot'), /t1\/command: its SHA-256 is/],
	['changed output', ({files}) => writeFileSync(files.output, 'hallo'), /t1\/output: its SHA-256 is/],
	['missing output', ({files}) => rmSync(files.output), /t1\/output: it is missing/],
];

for (const [title, change, says] of changes) {
	test(`${title} is named, with exit code 1`, async context => {
		const run = await aRun(context);
		change(run);
		const {exit, out} = await verify(run.state, run.folder.id);
		assert.equal(exit, 1);
		assert.match(out, says);
		assert.equal((await verify(run.state, run.folder.id, {json: true})).exit, 1);
	});
}

test('a last line that was changed, or cut off, shows by the head that was kept', async context => {
	const {state, folder, head} = await aRun(context);
	const lines = linesOf(folder);
	for (const forged of [
		[...lines.slice(0, -1), lines.at(-1)!.replace('completed', 'rolled-back')],
		lines.slice(0, -1),
	]) {
		writeFileSync(folder.journal, `${forged.join('\n')}\n`);
		assert.equal((await verify(state, folder.id)).exit, 0);
		const {exit, out} = await verify(state, folder.id, {head});
		assert.equal(exit, 1);
		assert.match(out, new RegExp(`no event has the head ${head}`));
	}
});

test('a torn last line is said and is no change', async context => {
	const {state, folder} = await aRun(context);
	appendFileSync(folder.journal, '{"seq":6');
	const {exit, out} = await verify(state, folder.id);
	assert.equal(exit, 0);
	assert.match(out, /The end is torn \(8 bytes\)/);
});

test('a head that is none is wrong usage', async context => {
	const {state, folder} = await aRun(context);
	for (const head of ['', 'abc', 'z'.repeat(64)])
		await assert.rejects(verify(state, folder.id, {head}), /A head is a SHA-256: 64 hexadecimal digits/);
	await assert.rejects(verify(state, 'none'), /No run is called "none"/);
});

test('the recipes of docs/record.md find what verify finds, with nothing but sha256sum and jq', async context => {
	try {
		execFileSync('jq', ['--version'], {stdio: 'pipe'});
	} catch {
		return context.skip('jq is not installed');
	}
	const doc = readFileSync(new URL('../../docs/record.md', import.meta.url), 'utf8');
	const scripts = Array.from(doc.matchAll(/```sh\n([\s\S]*?)```/g), ([, script]) => script!);
	const {folder, files, head} = await aRun(context);
	const recipes = () => scripts.map(script => spawnSync('bash', ['-c', script], {cwd: folder.path, encoding: 'utf8'}));
	const [chain, runbook, outputs, questions] = recipes();
	assert.equal(chain?.stdout, `5 lines, head ${head}\n`);
	assert.deepEqual([runbook?.stdout, runbook?.status], ['runbook.md: OK\n', 0]);
	assert.deepEqual([outputs?.stdout, outputs?.status], ['tasks/t1/output: OK\n', 0]);
	assert.match(questions!.stdout, /^1\t2026-11-22T19:21:00\.000Z\trun\trun\.started\n/);
	assert.deepEqual([questions?.stderr, questions?.status], ['', 0]);

	writeFileSync(folder.journal, readFileSync(folder.journal, 'utf8').replace('one', 'ONE'));
	appendFileSync(join(folder.path, 'runbook.md'), ' ');
	writeFileSync(files.output, 'hallo');
	const after = recipes();
	assert.equal(after[0]?.stdout, 'line 3 does not continue line 2\n');
	assert.match(after[1]!.stdout, /runbook\.md: FAILED/);
	assert.match(after[2]!.stdout, /output: FAILED/);
});
