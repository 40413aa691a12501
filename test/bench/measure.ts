import {spawnSync} from 'node:child_process';

/** Milliseconds; `cpu` is user and system time of the program and of everything that it waited for. */
export type Cost = {wall: number; cpu: number};

/** Runs a program once to its end. bash counts its CPU time in milliseconds, node only in ticks of 10. */
export function costOf(command: string[]): Cost {
	const script = 'TIMEFORMAT="%3R %3U %3S"; time "$@" > /dev/null';
	const {status, stderr, error} = spawnSync('bash', ['-c', script, 'bash', ...command], {encoding: 'utf8'});
	if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}: ${error?.message ?? stderr}`);
	const [wall, user, system] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number);
	return {wall: wall! * 1000, cpu: (user! + system!) * 1000};
}

/** Each in turn, round after round, so that what else the machine does hits all alike; the first round only warms up. */
export async function interleaved<Name extends string>(
	contestants: Record<Name, () => Cost | Promise<Cost>>,
	rounds: number,
): Promise<Record<Name, Cost>> {
	const names = Object.keys(contestants) as Name[];
	const costs = Object.fromEntries(names.map(name => [name, [] as Cost[]])) as Record<Name, Cost[]>;
	for (let round = 0; round <= rounds; round++) {
		for (const name of names) {
			const cost = await contestants[name]();
			if (round > 0) costs[name].push(cost);
		}
	}
	const middle = (values: Cost[]) => ({
		wall: median(values.map(cost => cost.wall)),
		cpu: median(values.map(cost => cost.cpu)),
	});
	return Object.fromEntries(names.map(name => [name, middle(costs[name])])) as Record<Name, Cost>;
}

/** A table of medians, with the ratio of each to the first, the peer. */
export function table(title: string, costs: Record<string, Cost>): string {
	const [peer] = Object.values(costs);
	const lines = Object.entries(costs).map(([name, {wall, cpu}]) =>
		[
			name.padEnd(40),
			`${wall.toFixed(1)} ms`.padStart(11),
			(wall / peer!.wall).toFixed(2).padStart(7),
			`${cpu.toFixed(1)} ms`.padStart(12),
			(cpu / peer!.cpu).toFixed(2).padStart(7),
		].join(''),
	);
	return `${title}\n${''.padEnd(40)}       wall  ratio         cpu  ratio\n${lines.join('\n')}\n`;
}

export function median(values: number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
