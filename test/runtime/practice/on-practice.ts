import type {Readings} from '../../../source/core/gauges/gauge.ts';
import type {TaskReport} from '../../../source/core/run/host.ts';
import {LinkLost, type TaskSpec} from '../../../source/runtime/hosts/host.ts';
import {type PracticeOptions, practiceHost} from '../../../source/runtime/practice/practice-host.ts';

export const never = new AbortController().signal;

export type Ran = {output: string; exit: number | undefined; report: TaskReport; values: string; stdout: string};

/** A practice server without waiting, and scripts on it one after another. */
export async function onPractice(options: PracticeOptions = {}) {
	const host = practiceHost('practice', {speed: 0, ...options});
	let meeting = await host.connect(never);
	let count = 0;
	const specOf = (script: string, more: Partial<TaskSpec> = {}): TaskSpec => ({
		task: `run.t${++count}`,
		script,
		interpreter: ['sh', '-e'],
		values: {},
		secrets: [],
		capture: false,
		sudo: false,
		...more,
	});
	const follow = async (task: string, offset = 0): Promise<string> => {
		const chunks: Uint8Array[] = [];
		for await (const bytes of host.follow(task, offset, never)) chunks.push(bytes);
		return Buffer.concat(chunks).toString('utf8');
	};
	return {
		host,
		follow,
		specOf,
		boot: () => meeting.bootId,
		async reconnect() {
			meeting = await host.connect(never);
		},
		/** Runs a script to its end; a lost connection is made anew. */
		async run(script: string, more: Partial<TaskSpec> = {}): Promise<Ran> {
			const spec = specOf(script, more);
			await host.start(spec, {});
			const output = await follow(spec.task).catch(async error => {
				if (!(error instanceof LinkLost)) throw error;
				meeting = await host.connect(never);
				return '';
			});
			const report = await host.ask(spec.task);
			const {values, stdout} = await host.handed(spec.task);
			await host.reap(spec.task);
			const exit = report.is === 'ended' ? report.exit : undefined;
			return {output, exit, report, values: Buffer.from(values).toString(), stdout: Buffer.from(stdout).toString()};
		},
		readings: (): Promise<Readings> => host.sample(),
	};
}
