import {memoryTotal, processTable, swapTotal} from './data/process-table.ts';
import {unitTable} from './data/unit-table.ts';
import type {World} from './world.ts';

export type Process = {
	pid: number;
	user: string;
	memory: number;
	command: string;
	isKernel: boolean;
	since: number;
	unit?: string;
};

/** What runs, by process number. */
export function processes(world: World): Process[] {
	const fixed = processTable.map(each => ({...each, since: world.boot.at}));
	const services = unitTable.flatMap(({name, program, user = 'root', memory = 1000}): Process[] => {
		const unit = world.units[name];
		if (!program || !unit?.pid) return [];
		const main = {pid: unit.pid, user, memory, command: program, isKernel: false, since: unit.since, unit: name};
		if (name !== 'nginx.service') return [main];
		const workers = [1, 2].map(each => ({
			...main,
			pid: unit.pid + each,
			user: 'www-data',
			memory: 5_800,
			command: 'nginx: worker process',
		}));
		return [main, ...workers];
	});
	return [...fixed, ...services].sort((one, other) => one.pid - other.pid);
}

/** Memory in KiB, as /proc/meminfo has it. */
export function memory(world: World) {
	const used = 420_000 + processes(world).reduce((sum, each) => sum + each.memory, 0) + world.activity.memory * 1024;
	const cached = 1_320_000;
	const available = Math.max(60_000, memoryTotal - used);
	return {
		total: memoryTotal,
		available,
		cached,
		buffers: 88_000,
		free: Math.max(40_000, available - cached - 88_000),
		used: memoryTotal - available,
		swapTotal,
		swapFree: swapTotal - 12_288,
	};
}
