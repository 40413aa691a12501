import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {currentHolder, Driven, type LockHolder, thisProcess} from '../../../source/runtime/journal/lock-holder.ts';
import {processStart} from '../../../source/runtime/journal/process-identity.ts';
import {takeOver} from '../../../source/runtime/journal/take-over.ts';
import {takeLock} from '../../../source/runtime/journal/writer-lock.ts';
import {scratch} from './a-record.ts';
import {TalkingProcess} from './talking-process.ts';

const now = new Date(Date.UTC(2026, 10, 22, 19, 21));

/** A process that is ready to take the lock. */
async function contender(context: TestContext, folder: string) {
	const process = new TalkingProcess('contender.ts', [folder]);
	context.after(() => process.kill());
	assert.equal(await process.heard(), 'ready');
	return process;
}

/** A process that holds the lock. */
async function holder(context: TestContext, folder: string) {
	const process = await contender(context, folder);
	process.say('take');
	assert.equal(await process.heard(), 'held');
	return process;
}

test('a lock says who holds it, and is gone when it is released', async context => {
	const folder = scratch(context);
	const lock = await takeLock(folder, now);
	const {nonce, ...said} = JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'));
	assert.match(nonce, /^[0-9a-f]{16}$/);
	assert.deepEqual(said, thisProcess(now));
	assert.equal(said.pid, process.pid);
	assert.deepEqual([said.start, said.host], [processStart(process.pid), hostname()]);
	assert.equal((await currentHolder(folder))?.pid, process.pid);
	assert.ok(lock.isHeld());
	await lock.release();
	assert.ok(!lock.isHeld());
	assert.deepEqual(readdirSync(folder), []);
	await lock.release();
	await (await takeLock(folder, now)).release();
});

test('a second program is told which process drives the run, and may have it once that one is gone', async context => {
	const folder = scratch(context);
	const other = await holder(context, folder);
	await assert.rejects(takeLock(folder, now), (error: Driven) => {
		assert.ok(error instanceof Driven);
		assert.equal(error.exitCode, 5);
		assert.equal(error.holder.pid, other.child.pid);
		assert.match(error.message, new RegExp(`driven by process ${other.child.pid} of \\S+ on `));
		return true;
	});
	await other.kill();
	assert.equal(await currentHolder(folder), undefined);
	await (await takeLock(folder, now)).release();
	assert.deepEqual(readdirSync(folder), []);
});

test('of six processes that want the lock of a killed one at once exactly one wins, ten times over', async context => {
	const folder = scratch(context);
	const processes = await Promise.all(Array.from({length: 6}, () => contender(context, folder)));
	for (let round = 0; round < 10; round++) {
		for (const one of processes) one.say('take');
		const answers = await Promise.all(processes.map(one => one.heard()));
		const winners = processes.filter((_, index) => answers[index] === 'held');
		assert.equal(winners.length, 1, answers.join(', '));
		const pid = winners[0]!.child.pid;
		assert.ok(
			answers.every(answer => answer === 'held' || answer?.startsWith('driven by ')),
			answers.join(', '),
		);
		assert.equal((await currentHolder(folder))?.pid, pid);
		await winners[0]!.kill();
		processes.splice(processes.indexOf(winners[0]!), 1, await contender(context, folder));
	}
});

test('of many takers that are killed at any moment none leaves a lock that the next cannot take', async context => {
	const folder = scratch(context);
	for (let round = 0; round < 12; round++) {
		const pair = await Promise.all([contender(context, folder), contender(context, folder)]);
		for (const one of pair) one.say('take');
		const moment = Math.random() * 6;
		for (const end = performance.now() + moment; performance.now() < end; ) await new Promise(setImmediate);
		await Promise.all(pair.map(one => one.kill()));
	}
	const lock = await takeLock(folder, now);
	assert.deepEqual(readdirSync(folder), ['lock']);
	await lock.release();
});

test('of forty takers in one process exactly one wins', async context => {
	const folder = scratch(context);
	for (let round = 0; round < 5; round++) {
		const taken = await Promise.allSettled(Array.from({length: 40}, () => takeLock(folder, now)));
		const won = taken.filter(one => one.status === 'fulfilled');
		assert.equal(won.length, 1);
		assert.ok(taken.every(one => one.status === 'fulfilled' || one.reason instanceof Driven));
		await won[0]!.value.release();
	}
});

const stale: [title: string, change: (holder: LockHolder) => object | string][] = [
	['of a process that is no more', holder => ({...holder, pid: 0x3fffff})],
	['whose number another process has now', holder => ({...holder, start: holder.start - 1})],
	['of an earlier boot', holder => ({...holder, boot: '00000000-0000-0000-0000-000000000000'})],
	['that a power cut emptied', () => ''],
	['that is none of ours', () => '{"pid": "1; rm"}'],
];

for (const [title, change] of stale) {
	test(`a lock ${title} is taken over`, async context => {
		const folder = scratch(context);
		const content = change(thisProcess(now));
		writeFileSync(join(folder, 'lock'), typeof content === 'string' ? content : JSON.stringify(content));
		const lock = await takeLock(folder, now);
		assert.ok(lock.isHeld());
		assert.deepEqual(readdirSync(folder), ['lock']);
		await lock.release();
	});
}

test('a process that was killed and not yet asked for counts as gone', async context => {
	// The shell's child ends at once; the shell becomes a sleep, which never asks for it.
	const parent = spawn('sh', ['-c', 'sh -c "echo \\$\\$; kill -9 \\$\\$" & exec sleep 60'], {
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	context.after(() => parent.kill('SIGKILL'));
	const [line] = await once(parent.stdout, 'data');
	const pid = Number(String(line));
	const deadline = performance.now() + 5000;
	while (!/^State:\sZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) {
		assert.ok(performance.now() < deadline, 'it became no zombie');
		await new Promise(setImmediate);
	}
	assert.equal(processStart(pid), undefined);
});

test('of a process on another machine nobody can tell from here: it counts as alive', async context => {
	const folder = scratch(context);
	writeFileSync(join(folder, 'lock'), JSON.stringify({...thisProcess(now), host: 'elsewhere', boot: 'other'}));
	await assert.rejects(takeLock(folder, now), Driven);
	const lock = await takeOver(folder, now);
	assert.ok(lock.isHeld());
	await lock.release();
});

test('who takes a run over deliberately ends the program that drives it', async context => {
	const folder = scratch(context);
	const other = await holder(context, folder);
	const gone = once(other.child, 'exit');
	const lock = await takeOver(folder, now);
	assert.deepEqual((await gone)[1], 'SIGTERM');
	assert.ok(lock.isHeld());
});

test('one that does not leave when asked is killed', async context => {
	const folder = scratch(context);
	const deaf = spawn('sh', ['-c', 'trap "" TERM; echo ready; while :; do sleep 1; done'], {
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	context.after(() => deaf.kill('SIGKILL'));
	await once(deaf.stdout, 'data');
	const gone = once(deaf, 'exit');
	const held = {...thisProcess(now), pid: deaf.pid!, start: processStart(deaf.pid!)!};
	writeFileSync(join(folder, 'lock'), JSON.stringify(held));
	const lock = await takeOver(folder, now, {leave: 100, die: 5000});
	assert.deepEqual((await gone)[1], 'SIGKILL');
	assert.ok(lock.isHeld());
});

test('a holder that was given up finds that it holds nothing, and its release takes nothing away', async context => {
	const folder = scratch(context);
	const lock = await takeLock(folder, now);
	const next = await takeLock(folder, now, readFileSync(join(folder, 'lock')));
	assert.deepEqual([lock.isHeld(), next.isHeld()], [false, true]);
	await lock.release();
	assert.ok(next.isHeld());
	await next.release();
});
