import assert from 'node:assert/strict';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import type {TaskReport} from '../../source/core/run/host.ts';
import type {Host, TaskSpec} from '../../source/runtime/hosts/host.ts';
import {localHost} from '../../source/runtime/hosts/local.ts';
import {pathWith, shells} from './shells.ts';

/** A local host with a state folder of its own, gone with the test. */
export type TaskHost = {
	host: Host;
	folder: string;
	tasks: string;
	environment: NodeJS.ProcessEnv;
	remove(): Promise<void>;
};

export function taskHost(shell = shells[0]!, more: NodeJS.ProcessEnv = {}): TaskHost {
	const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'));
	const environment = {
		...process.env,
		PATH: pathWith(shell, folder),
		XDG_STATE_HOME: folder,
		HANDRAIL_LOCK: join(folder, 'lock'),
		...more,
	};
	const host = localHost('local', environment);
	const remove = async () => {
		for (const task of await host.tasks()) {
			if ((await host.ask(task)).is === 'running') await host.cancel(task, 'KILL');
		}
		await host.close();
		rmSync(folder, {recursive: true, force: true});
	};
	return {host, folder, tasks: join(folder, 'handrail/tasks'), environment, remove};
}

export function spec(task: string, script: string, more: Partial<TaskSpec> = {}): TaskSpec {
	return {task, script, interpreter: ['sh', '-e'], values: {}, secrets: [], capture: false, sudo: false, ...more};
}

/** Starts a task and gives all its output with what is said of it at the end. */
export async function runTask(
	{host}: TaskHost,
	task: TaskSpec,
	secrets: Record<string, Uint8Array> = {},
): Promise<{output: string; report: TaskReport}> {
	assert.equal(await host.start(task, secrets), 'started');
	const output = await outputOf(host, task.task);
	return {output: output.toString('utf8'), report: await host.ask(task.task)};
}

export async function outputOf(host: Host, task: string, offset = 0): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of host.follow(task, offset, new AbortController().signal)) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** Resolves with what is found; fails after the limit in milliseconds. */
export async function until<T>(find: () => T | Promise<T>, limit = 10_000): Promise<NonNullable<Exclude<T, false>>> {
	for (const end = performance.now() + limit; performance.now() < end; await wait(20)) {
		const found = await find();
		if (found) return found as NonNullable<Exclude<T, false>>;
	}
	throw new Error(`Nothing was found within ${limit} ms: ${find}`);
}

/** Ids of the processes that have a text in their command line or environment. */
export function processesWith(text: string, file: 'cmdline' | 'environ' = 'cmdline'): number[] {
	return readdirSync('/proc')
		.filter(name => /^\d+$/.test(name))
		.filter(name => {
			try {
				return readFileSync(`/proc/${name}/${file}`).includes(text);
			} catch {
				return false;
			}
		})
		.map(Number);
}

let naps = 0;

/** A command that sleeps for hours, and the processes that run it: no other test, and no other run, has the same. */
export function nap(): {sleep: string; processes(): number[]} {
	const seconds = 1e9 + process.pid * 100 + naps++;
	return {sleep: `sleep ${seconds}`, processes: () => processesWith(`sleep\x00${seconds}`)};
}
