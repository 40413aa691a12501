import type {Machine} from '../machine.ts';

/** A program of the server, called by a script. */
export type Call = {
	/** Without the program's own name. */
	args: string[];
	name: string;
	machine: Machine;
	env: ReadonlyMap<string, string>;
	/** What of `env` is handed on to other programs. */
	exported: Readonly<Record<string, string>>;
	cwd: string;
	/** What a pipe or a redirection gave it; a character for each byte. */
	stdin: string;
	/** Whether lines are seen as they are printed. */
	isLive: boolean;
	out(text: string): void;
	err(text: string): void;
	/** Runs another program with the same streams; resolves to its exit code. */
	run(words: string[], environment?: Record<string, string>): Promise<number>;
	/** The program of this name that the shell language brings. */
	usual(args?: string[], change?: (output: string) => string): Promise<number>;
};

/** Resolves to the exit code. */
export type Program = (call: Call) => Promise<number> | number;

/** `slow` programs print over time; those that wrap one of the shell language are always called by it. */
export type Programs = Record<string, {run: Program; slow?: boolean; wraps?: boolean}>;
