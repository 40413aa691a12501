import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import type {ReadSpec} from '../../../source/runtime/hosts/host.ts';
import {isMissing, shells} from '../../helpers/shells.ts';
import {nap, type TaskHost, taskHost, until} from '../../helpers/task-host.ts';

for (const shell of shells) {
	describe(`A script that only reads, in ${shell.name}`, {skip: isMissing(shell)}, () => {
		let lab: TaskHost;
		before(() => {
			lab = taskHost(shell);
		});
		after(() => lab.remove());
		const run = async (script: string, more: Partial<ReadSpec> = {}) => {
			const spec = {script, interpreter: ['sh', '-e'], values: {}, timeout: 10_000, ...more};
			const {stdout, output, exit} = await lab.host.read(spec);
			return {stdout: Buffer.from(stdout).toString(), output: Buffer.from(output).toString(), exit};
		};

		test('gives its output, its standard output alone, and its exit status', async () => {
			const {stdout, output, exit} = await run('echo out; sleep 0.1; echo err >&2; sleep 0.1; echo more; exit 7');
			assert.deepEqual({stdout, output, exit}, {stdout: 'out\nmore\n', output: 'out\nerr\nmore\n', exit: 7});
		});

		test('knows values, its home folder and the locale, and has no input', async () => {
			const value = "it's $(id)\n\\ ü";
			const {stdout} = await run('printf "%s|%s|%s|" "$VALUE" "$PWD" "$LC_ALL"; cat', {values: {VALUE: value}});
			assert.equal(stdout, `${value}|${process.env['HOME']}|C.UTF-8|`);
		});

		test('may be longer than a pipe holds', async () => {
			const {stdout} = await run(`: ${'x'.repeat(200_000)}\necho end`);
			assert.equal(stdout, 'end\n');
		});

		test('is ended after its time-out, with all its processes', async () => {
			const long = nap();
			const from = performance.now();
			const {stdout, exit} = await run(`echo begun; ${long.sleep} & ${long.sleep}`, {timeout: 1500});
			assert.deepEqual({stdout, exit}, {stdout: 'begun\n', exit: 124});
			assert.ok(performance.now() - from < 6000);
			await until(() => long.processes().length === 0);
		});

		test('may tidy up when it is ended', async () => {
			const long = nap();
			const controller = new AbortController();
			const script = `trap 'echo tidied; exit 3' TERM; echo begun; ${long.sleep} & wait`;
			const reading = run(script, {signal: controller.signal});
			await until(() => long.processes().length > 0);
			controller.abort();
			assert.deepEqual(await reading, {stdout: 'begun\ntidied\n', output: 'begun\ntidied\n', exit: 124});
		});

		test('is killed where it does not end when told to', async () => {
			const long = nap();
			const {exit} = await run(`trap '' TERM; ${long.sleep}; ${long.sleep}`, {timeout: 300});
			assert.equal(exit, 124);
			await until(() => long.processes().length === 0);
		});

		test('is ended when nobody waits for it any more', async () => {
			const long = nap();
			const controller = new AbortController();
			const reading = run(long.sleep, {signal: controller.signal});
			await until(() => long.processes().length > 0);
			controller.abort();
			assert.equal((await reading).exit, 124);
			await until(() => long.processes().length === 0);
		});

		test('leaves nothing behind that holds up its answer', async () => {
			const long = nap();
			const {stdout, exit} = await run(`${long.sleep} & echo done`);
			assert.deepEqual({stdout, exit}, {stdout: 'done\n', exit: 0});
			await until(() => long.processes().length === 0);
		});
	});
}
