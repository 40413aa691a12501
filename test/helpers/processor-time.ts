/** Milliseconds of processor time that the work took: what else the machine does meanwhile hardly counts. */
export function processorTime(work: () => unknown): number {
	const before = process.cpuUsage();
	work();
	const {user, system} = process.cpuUsage(before);
	return (user + system) / 1000;
}
