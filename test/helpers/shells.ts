import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';

/** The shells that the programs for the host have to run in. */
export const shells: {name: string; program: string}[] = [
	{name: 'dash', program: '/bin/dash'},
	{name: 'bash', program: '/bin/bash'},
	{name: 'busybox', program: '/bin/busybox'},
];

/** The reason to skip, by name, or false. */
export function isMissing({name, program}: {name: string; program: string}): string | false {
	return !existsSync(program) && `${name} is not installed`;
}

/** A PATH on which `sh` is that shell; with busybox all other programs are busybox's too. */
export function pathWith({name, program}: {name: string; program: string}, folder: string): string {
	const programs = join(folder, name);
	mkdirSync(programs);
	if (name === 'busybox') {
		execFileSync(program, ['--install', '-s', programs]);
		return programs;
	}
	symlinkSync(program, join(programs, 'sh'));
	return `${programs}:${process.env['PATH']}`;
}
