import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import type {Stillness} from '../../../source/core/run/waiting.ts';
import type {TaskSpec} from '../../../source/runtime/hosts/host.ts';
import {isMissing, shells} from '../../helpers/shells.ts';
import {nap, spec, type TaskHost, taskHost} from '../../helpers/task-host.ts';

const tty = {rows: 24, columns: 80};
const terminal = (isCanonical: boolean, isEchoing: boolean) => ({terminal: {isCanonical, isEchoing}});

const tasks: {title: string; script: string; more?: Partial<TaskSpec>; seen: Stillness}[] = [
	{title: 'a read of the input', script: 'head -n 1', seen: {reads: 'yes'}},
	{title: 'a read of the input by a program far below', script: '(cat; :) | cat', seen: {reads: 'yes'}},
	{title: 'a sleep', script: nap().sleep, seen: {reads: 'no'}},
	{title: 'a read of a pipe of its own', script: `${nap().sleep} | cat`, seen: {reads: 'no'}},
	{
		title: 'a question on a terminal',
		script: 'read -r line',
		more: {tty},
		seen: {...terminal(true, true), reads: 'yes'},
	},
	{
		title: 'a password on a terminal',
		script: 'stty -echo; read -r line',
		more: {tty},
		seen: {...terminal(true, false), reads: 'yes'},
	},
	{
		title: 'a program that takes single keys',
		script: 'stty -icanon -echo; head -c 1',
		more: {tty},
		seen: {...terminal(false, false), reads: 'yes'},
	},
	{
		title: 'a sleep on a terminal',
		script: nap().sleep,
		more: {tty},
		seen: {...terminal(true, true), reads: 'no'},
	},
];

for (const shell of shells) {
	describe(`What a task waits for, seen with ${shell.name}`, {skip: isMissing(shell)}, () => {
		let lab: TaskHost;
		before(() => {
			lab = taskHost(shell);
		});
		after(() => lab.remove());
		// busybox has no `script`: there a task has no terminal.
		const possible = tasks.filter(({more}) => !more?.tty || shell.name !== 'busybox');

		test('the host tells a read from work, and a password from a question', async () => {
			const {host} = lab;
			await Promise.all(
				possible.map(async ({script, more, seen, title}, at) => {
					await host.start(spec(`waits-${at}`, script, more), {});
					let last: unknown;
					for (const end = performance.now() + 8000; performance.now() < end; await wait(50)) {
						last = await host.waits(`waits-${at}`);
						if (JSON.stringify(last) === JSON.stringify(seen)) break;
					}
					assert.deepEqual(last, seen, title);
				}),
			);
		});

		test('keys reach a task in their order, over one command', async () => {
			const {host} = lab;
			await host.start(spec('typed', 'read -r one; read -r two; echo "$one-$two"'), {});
			const keyboard = await host.type('typed');
			assert.equal(keyboard.hasTerminal, false);
			for (const key of 'first\nsecond\n') keyboard.write(Buffer.from(key));
			const output: Uint8Array[] = [];
			for await (const bytes of host.follow('typed', 0, new AbortController().signal)) output.push(bytes);
			assert.equal(Buffer.concat(output).toString(), 'first-second\n');
			keyboard.close();
			await keyboard.closed;
		});

		test('a task that has ended takes no keys, and waits for nothing', async () => {
			const {host} = lab;
			await host.start(spec('over', 'true'), {});
			for await (const _ of host.follow('over', 0, new AbortController().signal));
			await assert.rejects(host.type('over'), /not running/);
			await assert.rejects(host.waits('over'), /not running/);
		});
	});
}
