import {randomBytes} from 'node:crypto';
import type {Host} from '../../../source/runtime/hosts/host.ts';
import {shellHost} from '../../../source/runtime/hosts/shell-host.ts';
import {interleaved} from '../measure.ts';
import {type Figure, milliseconds} from './figures.ts';
import {type Lab, never, runTrue, shellOn} from './lab.ts';
import {timed} from './timed.ts';

/** `true` as a task that outlives its connection, to the moment when all is known of it, against the bare command. */
export async function durable({first}: Lab): Promise<Figure[]> {
	const shell = shellOn(first);
	await shell.connect(never);
	const host = shellHost('web1', shell);
	const {task, bare} = await interleaved(
		{
			task: () => timed(() => asTask(host)),
			bare: () => timed(() => runTrue(shell)),
		},
		25,
	);
	for (const task of await host.tasks()) await host.reap(task);
	await shell.close();
	return [
		{
			what: 'a durable task `true`',
			ours: milliseconds(task.wall),
			peer: `${milliseconds(bare.wall)} bare`,
			is: task.wall - bare.wall,
			goal: 40,
			unit: 'ms',
		},
	];
}

async function asTask(host: Host): Promise<void> {
	const task = `bench-${randomBytes(8).toString('hex')}`;
	const spec = {task, script: 'true', interpreter: ['sh', '-e'], values: {}, secrets: [], capture: false, sudo: false};
	await host.start(spec, {});
	for await (const _ of host.follow(task, 0, never));
	const report = await host.ask(task);
	if (report.is !== 'ended' || report.exit !== 0) throw new Error(`The task is ${report.is}`);
	await host.handed(task);
}
