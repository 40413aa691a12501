import {readFileSync} from 'node:fs';
import type {SshServer} from '../../helpers/ssh/ssh-server.ts';

/** Milliseconds that the processes of a server have computed, those that have ended included. */
export function serverTime(server: SshServer): number {
	const all = [server.process, ...descendants(server.process)];
	return all.reduce((sum, process) => sum + processTime(process), 0);
}

/** User and system time in milliseconds, that of children which were waited for included; proc(5) has it in ticks of 10. */
export function processTime(process: number | 'self'): number {
	try {
		const fields = readFileSync(`/proc/${process}/stat`, 'utf8').split(') ')[1]!.split(' ');
		return 10 * fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0);
	} catch {
		return 0;
	}
}

function descendants(process: number): number[] {
	try {
		const children = readFileSync(`/proc/${process}/task/${process}/children`, 'utf8')
			.split(' ')
			.filter(Boolean)
			.map(Number);
		return children.flatMap(child => [child, ...descendants(child)]);
	} catch {
		return [];
	}
}

/** MiB that a process has held at most, proc(5). */
export function peakOf(process: number | 'self'): number {
	try {
		return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1] ?? 0) / 1024;
	} catch {
		return 0;
	}
}
