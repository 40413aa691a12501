import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {isMissing, shells} from '../../helpers/shells.ts';
import {nap, outputOf, spec, taskHost, until} from '../../helpers/task-host.ts';

for (const shell of shells) {
	describe(`What has left the group of a task, in ${shell.name},`, {skip: isMissing(shell)}, () => {
		test('is ended with it when it is cancelled, politely and then not', async context => {
			const lab = taskHost(shell);
			context.after(() => lab.remove());
			const [polite, stubborn] = [nap(), nap()];
			const script = `setsid ${polite.sleep} & (trap '' TERM; exec setsid ${stubborn.sleep}) & echo ready; wait`;
			await lab.host.start(spec('strays', script), {});
			await until(() => polite.processes().length === 1 && stubborn.processes().length === 1);
			await lab.host.cancel('strays', 'TERM');
			await until(() => polite.processes().length === 0);
			assert.deepEqual([(await lab.host.ask('strays')).is, stubborn.processes().length], ['running', 1]);
			await lab.host.cancel('strays', 'KILL');
			assert.equal((await outputOf(lab.host, 'strays')).toString(), 'ready\n');
			assert.deepEqual(await lab.host.ask('strays'), {is: 'ended', exit: 143, bytes: 6});
			assert.deepEqual(stubborn.processes(), []);
		});

		test('lives on where it is not, and is at work where only the supervisor is gone', async context => {
			const lab = taskHost(shell);
			context.after(() => lab.remove());
			const [daemon, orphan] = [nap(), nap()];
			await lab.host.start(spec('daemon', `setsid ${daemon.sleep} >/dev/null 2>&1 & exit 3`), {});
			await outputOf(lab.host, 'daemon');
			await lab.host.cancel('daemon', 'KILL');
			await lab.host.reap('daemon');
			const [alive] = await until(() => daemon.processes().length === 1 && daemon.processes());
			process.kill(alive!, 'SIGKILL');
			await lab.host.start(spec('orphan', `setsid ${orphan.sleep} >/dev/null 2>&1 & read -r line`), {});
			await until(() => orphan.processes().length === 1);
			for (const [file, sign] of [
				['pid', 1],
				['group', -1],
			] as const) {
				process.kill(sign * Number(readFileSync(join(lab.tasks, 'orphan', file), 'utf8').split(' ')[0]), 'SIGKILL');
			}
			await until(async () => (await lab.host.ask('orphan')).is === 'lost');
			assert.deepEqual(await lab.host.ask('orphan'), {is: 'lost', rebooted: false, alive: true});
			await lab.host.cancel('orphan', 'TERM');
			await until(() => orphan.processes().length === 0);
			assert.deepEqual(await lab.host.ask('orphan'), {is: 'lost', rebooted: false, alive: false});
		});
	});
}
