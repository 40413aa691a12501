import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {nap, outputOf, runTask, spec, type TaskHost, taskHost, until} from '../../helpers/task-host.ts';

const isMissing = !existsSync('/usr/bin/script') && 'script is not installed';

describe('A task with a terminal', {skip: isMissing}, () => {
	let lab: TaskHost;
	before(() => {
		lab = taskHost();
	});
	after(() => lab.remove());
	const tty = {rows: 33, columns: 77};
	const said = (task: string) => readFileSync(join(lab.tasks, task, 'output'), 'utf8');

	test('has the size that was asked for, its own shell and an exit status', async () => {
		const {output, report} = await runTask(
			lab,
			spec('size', 'stty size; [ -t 0 ] && [ -t 1 ]; echo "$SHELL"; exit 5', {tty}),
		);
		assert.equal(output, `33 77\r\n${process.env['SHELL'] ?? ''}\r\n`);
		assert.equal(report.is === 'ended' && report.exit, 5);
	});

	test('is told of another size', async () => {
		const script = "trap 'stty size' WINCH; echo ready; while :; do sleep 0.05; done";
		await lab.host.start(spec('resize', script, {tty}), {});
		await until(() => said('resize').includes('ready'));
		await lab.host.resize('resize', 50, 132);
		await until(() => said('resize').includes('50 132'));
		await lab.host.cancel('resize', 'KILL');
		assert.equal(
			(
				await until(async () => {
					const report = await lab.host.ask('resize');
					return report.is === 'ended' && report;
				})
			).exit,
			137,
		);
	});

	test('takes answers and the interrupt key', async () => {
		const long = nap();
		await lab.host.start(spec('keys', `echo ready; read -r line; echo "got $line"; ${long.sleep}`, {tty}), {});
		await until(() => said('keys').includes('ready'));
		await lab.host.write('keys', Buffer.from('yes\n'));
		await until(() => said('keys').includes('got yes'));
		await lab.host.write('keys', Buffer.from('\x03'));
		const report = await until(async () => {
			const now = await lab.host.ask('keys');
			return now.is === 'ended' && now;
		});
		assert.equal(report.exit, 130);
	});

	test('reads secrets first, and then what is typed', async () => {
		const script = 'read -r line; printf "%s/%s" "$line" "$SECRET"';
		await lab.host.start(spec('secret', script, {tty, secrets: ['SECRET']}), {SECRET: Buffer.from('hush')});
		await until(() =>
			lab.host.write('secret', Buffer.from('typed\n')).then(
				() => true,
				() => false,
			),
		);
		assert.match((await outputOf(lab.host, 'secret')).toString(), /typed\/hush$/);
	});

	test('is refused another size without one', async () => {
		await runTask(lab, spec('none', 'true'));
		await assert.rejects(lab.host.resize('none', 1, 1), /no terminal/);
	});
});
