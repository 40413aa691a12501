import assert from 'node:assert/strict';
import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {setImmediate as turn} from 'node:timers/promises';
import {LinkLost} from '../../../source/runtime/hosts/host.ts';
import {localShell} from '../../../source/runtime/hosts/local-shell.ts';
import type {Channel, Shell} from '../../../source/runtime/hosts/shell.ts';
import {shellHost} from '../../../source/runtime/hosts/shell-host.ts';
import {outputOf, spec, taskHost, until} from '../../helpers/task-host.ts';

const never = new AbortController().signal;

test('What a task writes between a look at the output and its end is not missed', async () => {
	const lab = taskHost();
	const slow = join(lab.folder, 'slow');
	mkdirSync(slow);
	// A `cat` that comes back only when the task has ended.
	writeFileSync(
		join(slow, 'cat'),
		`#!/bin/sh\n/bin/cat "$@"\nuntil [ -e '${lab.tasks}/late/exit' ]; do sleep 0.01; done\n`,
	);
	chmodSync(join(slow, 'cat'), 0o755);
	const again = taskHost(undefined, {XDG_STATE_HOME: lab.folder, PATH: `${slow}:${process.env['PATH']}`});
	await again.host.start(spec('late', 'sleep 0.3; echo late'), {});
	assert.equal((await outputOf(again.host, 'late')).toString(), 'late\n');
	await again.remove();
	await lab.remove();
});

test('Output that nobody takes stays on the host, and comes when it is wanted', async () => {
	const lab = taskHost();
	await lab.host.start(spec('flood', 'head -c 20000000 /dev/zero'), {});
	await until(async () => (await lab.host.ask('flood')).is === 'ended');
	const before = process.memoryUsage.rss();
	let length = 0;
	for await (const chunk of lab.host.follow('flood', 0, never)) {
		length += chunk.length;
		await turn();
	}
	assert.equal(length, 20_000_000);
	assert.ok(process.memoryUsage.rss() - before < 15_000_000);
	await lab.remove();
});

test('A link that is lost in the middle is said to be lost, and the rest comes from where it broke', async () => {
	const lab = taskHost();
	const channels: Channel[] = [];
	const local = localShell(lab.environment);
	const shell: Shell = {
		...local,
		async open(command, stdin) {
			const channel = await local.open(command, stdin);
			channels.push(channel);
			return channel;
		},
	};
	const host = shellHost('local', shell);
	await host.start(spec('cut', 'printf first; read -r line; printf second'), {});
	const got: Uint8Array[] = [];
	await assert.rejects(async () => {
		for await (const chunk of host.follow('cut', 0, never)) {
			got.push(chunk);
			channels[0]!.kill();
		}
	}, LinkLost);
	assert.equal(Buffer.concat(got).toString(), 'first');
	await host.write('cut', Buffer.from('go\n'));
	assert.equal((await outputOf(host, 'cut', 5)).toString(), 'second');
	assert.deepEqual(await host.ask('cut'), {is: 'ended', exit: 0, bytes: 11});
	await host.close();
	await lab.remove();
});

test('Following ends when it is not wanted any more, and the task goes on', async () => {
	const lab = taskHost();
	const controller = new AbortController();
	await lab.host.start(spec('unwanted', 'echo ready; read -r line'), {});
	const got: Uint8Array[] = [];
	for await (const chunk of lab.host.follow('unwanted', 0, controller.signal)) {
		got.push(chunk);
		controller.abort();
	}
	assert.equal(Buffer.concat(got).toString(), 'ready\n');
	assert.equal((await lab.host.ask('unwanted')).is, 'running');
	await lab.remove();
});

test('A task of which nothing is known has no output and no state', async () => {
	const lab = taskHost();
	assert.equal((await outputOf(lab.host, 'nothing')).length, 0);
	assert.deepEqual(await lab.host.ask('nothing'), {is: 'none'});
	await assert.rejects(lab.host.handed('nothing'), /no such task/);
	await lab.host.cancel('nothing', 'TERM');
	for (const id of ['', '.', '../x', 'a b', '.hidden', 'x'.repeat(300)])
		await assert.rejects(lab.host.ask(id), /Not a task's id/);
	await lab.remove();
});

test('Closing a host leaves its tasks alone', async () => {
	const lab = taskHost();
	await lab.host.start(spec('left', 'read -r line; exit 6'), {});
	await lab.host.close();
	const again = taskHost(undefined, {XDG_STATE_HOME: lab.folder});
	assert.equal((await again.host.ask('left')).is, 'running');
	await again.host.write('left', Buffer.from('go\n'));
	assert.equal((await outputOf(again.host, 'left')).length, 0);
	assert.deepEqual(await again.host.ask('left'), {is: 'ended', exit: 6, bytes: 0});
	await again.remove();
	await lab.host.connect(AbortSignal.timeout(20_000));
	await lab.remove();
});
