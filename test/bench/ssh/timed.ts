import type {Cost} from '../measure.ts';

/** What work in this process costs; `cpu` without that of programs that it starts. */
export async function timed(work: () => Promise<unknown>): Promise<Cost> {
	const before = process.cpuUsage();
	const began = performance.now();
	await work();
	const {user, system} = process.cpuUsage(before);
	return {wall: performance.now() - began, cpu: (user + system) / 1000};
}
