import type {Readable, Writable} from 'node:stream';

export {Failure, UsageError} from '../core/text/failure.ts';

/** A command of the program: one module in this folder exports it as `command`. */
export type Command = {
	name: string;
	/** One line for the list of commands. */
	summary: string;
	/** The usage lines, each from the command's name on. */
	usage: string;
	/** By name, without the dashes. `help` is everyone's. */
	flags: Record<string, Flag>;
	arguments: {minimum: number; maximum: number};
	/** Resolves to the exit code. Throws `UsageError` and `Failure` for what the user can mend. */
	// biome-ignore lint/suspicious/noExplicitAny: each command knows the types of its own flags (`defineCommand`)
	run(input: Input<any>): Promise<number>;
};

export type Flag = {
	type: 'boolean' | 'string';
	/** May be given more than once; its value is a list then. */
	multiple?: boolean;
	/** What the help calls its value: `HOST`. */
	value?: string;
	choices?: readonly string[];
	/** One letter, given with one dash. */
	short?: string;
	help: string;
};

/** What a command gets for its flags: booleans, strings where given, lists. */
export type FlagValues<F extends Record<string, Flag>> = {
	[K in keyof F]: F[K] extends {type: 'boolean'}
		? boolean
		: F[K] extends {multiple: true}
			? string[]
			: F[K] extends {choices: readonly (infer C)[]}
				? C | undefined
				: string | undefined;
};

export type Input<F extends Record<string, Flag>> = {arguments: string[]; flags: FlagValues<F>; io: Io};

/** The world as a command sees it. */
export type Io = {
	stdout: Writable;
	stderr: Writable;
	stdin: Readable;
	env: NodeJS.ProcessEnv;
	cwd: string;
	/** Standard input and output are terminals. */
	isTerminal: boolean;
};

/** Gives `run` the exact types of the command's flags. */
export function defineCommand<const F extends Record<string, Flag>>(
	command: Omit<Command, 'flags' | 'run'> & {flags: F; run(input: Input<F>): Promise<number>},
): Command {
	return command;
}
