// Programs that rewritten scripts call, and nobody else.
import {devices} from './devices.ts';
import {guardName, returnName} from './guarded-script.ts';
import {goesOnName} from './lawful-lists.ts';
import {lineName} from './live-script.ts';
import type {Call, Program} from './program.ts';
import {absentPrograms} from './usual-programs.ts';

/** Whether a list goes on behind `and` or `or` after an exit code. */
const goesOn: Program = ({args: [operator, code]}) => ((operator === 'and') === (code === '0') ? 0 : 1);

/** The shell language would say why it does not bring them. */
const notFound: Program = ({name, err}) => {
	err(`bash: ${name}: command not found\n`);
	return 127;
};

/** Whether files can be opened for writing. */
async function guard({args, cwd, machine, err}: Call): Promise<number> {
	for (const word of args) {
		const problem = await machine.files.problemWith(machine.files.resolvePath(cwd, word));
		if (problem === undefined) continue;
		err(`sh: cannot create ${word}: ${problem}\n`);
		return 2;
	}
	return 0;
}

/** `read` of a task: waits for a line, prints the prompt, leaves the line where the shell's own `read` finds it. */
async function waitForLine({args, machine}: Call): Promise<number> {
	const value = (flag: string) => {
		const at = args.findIndex(word => new RegExp(`^-[rs]*${flag}$`).test(word));
		return at < 0 ? undefined : args[at + 1];
	};
	machine.print(value('p') ?? '', false);
	const seconds = value('t');
	const line = await machine.line(seconds === undefined ? undefined : Math.max(0, Number(seconds) || 0) * 1000);
	if (line === undefined) return seconds === undefined ? 1 : 142;
	await machine.files.writeFile(devices.line, `${line}\n`);
	return 0;
}

export const innerPrograms: Record<string, Program> = {
	[lineName]: waitForLine,
	[guardName]: guard,
	[returnName]: ({args}) => Number(args[0]) || 0,
	[goesOnName]: goesOn,
	...Object.fromEntries(absentPrograms.map(name => [name, notFound])),
};
