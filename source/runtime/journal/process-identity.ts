import {readFileSync} from 'node:fs';

/**
 * When a process began, in clock ticks since boot (proc(5): field 22 of /proc/PID/stat): with the boot's id it tells a
 * process from a later one with the same number. Undefined where no such process is alive; 0 where nobody can say.
 */
export function processStart(pid: number): number | undefined {
	let line: string;
	try {
		line = readFileSync(`/proc/${pid}/stat`, 'latin1');
	} catch {
		return isSignalable(pid) ? 0 : undefined;
	}
	// The name in parentheses may hold blanks and parentheses of its own.
	const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
	// A zombie has ended; only its parent has not asked yet.
	return fields[0] === 'Z' || fields[0] === 'X' ? undefined : Number(fields[19]);
}

/** Another user's process cannot be signalled, but is there (EPERM). */
function isSignalable(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
