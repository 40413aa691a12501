import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, type TestContext, test} from 'node:test';
import {isMissing, shells} from '../../helpers/shells.ts';
import {outputOf, runTask, spec, type TaskHost, taskHost, until} from '../../helpers/task-host.ts';

const noRoot = process.getuid?.() !== 0 && 'only root can mount a small disk';

/** A host whose tasks are on a disk of their own. */
function onDisk(context: TestContext, options: string, shell = shells[0]): TaskHost & {disk: string} {
	const outer = taskHost();
	const disk = join(outer.folder, 'disk');
	mkdirSync(disk);
	execFileSync('mount', ['-t', 'tmpfs', '-o', `${options},mode=700`, 'tmpfs', disk]);
	const lab = taskHost(shell, {XDG_STATE_HOME: disk});
	context.after(async () => {
		await lab.remove().finally(() => execFileSync('umount', ['-l', disk]));
		await outer.remove();
	});
	return {...lab, disk, tasks: join(disk, 'handrail/tasks')};
}

/** Makes files until no more can be made; answers how to remove them. */
function useUpInodes(disk: string): () => void {
	const place = (number: number) => join(disk, `full-${number}`);
	let made = 0;
	try {
		for (; made < 10_000; made++) writeFileSync(place(made), '');
	} catch {
		// None is left.
	}
	assert.ok(made < 10_000);
	return () => {
		for (let number = 0; number < made; number++) rmSync(place(number));
	};
}

for (const shell of shells) {
	describe(`With ${shell.name}, on a full disk`, {skip: noRoot || isMissing(shell)}, () => {
		test('output is lost, never the exit status, and nothing is started', async context => {
			const lab = onDisk(context, 'size=256k', shell);
			const script = 'head -c 1000000 /dev/zero || true; exit 5';
			const {output, report} = await runTask(lab, spec('full', script));
			assert.ok(output.length > 100_000);
			assert.equal(report.is === 'ended' && report.exit, 5);
			await assert.rejects(lab.host.start(spec('more', 'true'), {}), /full|nothing can be written/);
			assert.deepEqual(await lab.host.ask('more'), {is: 'none'});
			const durable = await lab.host.durable();
			assert.ok(!durable.can && /nothing can be written/.test(durable.why));
			await lab.host.reap('full');
			assert.deepEqual(await lab.host.durable(), {can: true});
		});

		test('without an inode left, nothing is started, and what runs goes on and can be ended', async context => {
			const lab = onDisk(context, 'size=4m,nr_inodes=200', shell);
			const script = 'echo ready; read -r line; echo "$line" | tr a-z A-Z; exit 7';
			await lab.host.start(spec('before', script), {});
			await lab.host.start(spec('other', 'echo ready; exec sleep 1000'), {});
			await until(async () => {
				const said = await Promise.all(['before', 'other'].map(task => lab.host.ask(task)));
				return said.every(each => each.is === 'running' && each.bytes > 0);
			});
			const remove = useUpInodes(lab.disk);
			await assert.rejects(lab.host.start(spec('more', 'true'), {}), /full|nothing can be written/);
			assert.deepEqual(await lab.host.ask('more'), {is: 'none'});
			const durable = await lab.host.durable();
			assert.ok(!durable.can && /nothing can be written/.test(durable.why));
			const keyboard = await lab.host.type('before');
			keyboard.write(Buffer.from('hello\n'));
			assert.equal((await outputOf(lab.host, 'before')).toString(), 'ready\nHELLO\n');
			keyboard.close();
			assert.deepEqual(await lab.host.ask('before'), {is: 'ended', exit: 7, bytes: 12});
			await lab.host.cancel('other', 'TERM');
			assert.equal((await outputOf(lab.host, 'other')).toString(), 'ready\n');
			assert.deepEqual(await lab.host.ask('other'), {is: 'ended', exit: 143, bytes: 6});
			remove();
			await lab.host.reap('before');
			assert.ok(!existsSync(join(lab.tasks, 'before')));
			assert.deepEqual(await lab.host.durable(), {can: true});
		});
	});
}
