import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {runTask, spec, taskHost} from '../../helpers/task-host.ts';

const isMissing = process.getuid?.() !== 0 && 'only root can mount a small disk';

test('A full disk costs output, never the exit status, and nothing is started on one', {skip: isMissing}, async () => {
	const outer = taskHost();
	const disk = join(outer.folder, 'disk');
	mkdirSync(disk);
	execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k,mode=700', 'tmpfs', disk]);
	const lab = taskHost(undefined, {XDG_STATE_HOME: disk});
	try {
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
	} finally {
		await lab.remove().finally(() => execFileSync('umount', ['-l', disk]));
		await outer.remove();
	}
});
