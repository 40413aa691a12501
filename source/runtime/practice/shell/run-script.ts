import {Bash, defineCommand, type ExecResult, type ResolvedCommandContext} from 'just-bash/browser';
import {type Machine, Stopped} from '../machine.ts';
import {programs} from '../programs/table.ts';
import {guardedScript, guardName, returnName} from './guarded-script.ts';
import {lawfulAssignments} from './lawful-assignments.ts';
import {goesOnName, lawfulLists} from './lawful-lists.ts';
import {lineName, liveName, liveScript} from './live-script.ts';
import type {Call, Program} from './program.ts';
import {absentPrograms, usualPrograms} from './usual-programs.ts';

export type Script = {
	text: string;
	/** Options of the shell: `-e`, `-o pipefail`, `-x`. */
	options: string[];
	values: Record<string, string>;
	/** Not exported. */
	secrets?: Record<string, string>;
	cwd: string;
	/** stdout is kept apart. */
	captures?: boolean;
	arguments?: string[];
};

/** Runs a script on the server; resolves to its exit code. Throws `Stopped`. Never another error. */
export async function runScript(machine: Machine, script: Script): Promise<number> {
	const bash = shell(machine, script);
	const exported = Object.keys(script.values).filter(name => /^[A-Za-z_]\w*$/.test(name));
	const prologue = [
		...(exported.length > 0 ? [`export ${exported.join(' ')}`] : []),
		...Object.entries(script.secrets ?? {}).map(([name, value]) => `${name}=${quote(value)}`),
		...(script.options.length > 0 ? [`set ${script.options.map(quote).join(' ')}`] : []),
		...(script.arguments ? [`set -- ${script.arguments.map(quote).join(' ')}`] : []),
	];
	try {
		// A script of many lines keeps its line numbers.
		const result = await bash.exec(`${prologue.map(line => `${line}; `).join('')}${script.text}\n`, {
			rawScript: true,
			env: script.values,
			signal: machine.stopping,
		});
		machine.check();
		print(machine, result, script.captures ?? false);
		return result.exitCode;
	} catch (error) {
		if (machine.stopping.aborted) throw machine.stopping.reason;
		if (error instanceof Stopped) throw error;
		machine.print(`sh: ${(error as Error).message.split('\n')[0]}\n`, false);
		return 2;
	}
}

/** Bounds of what one script may ask for. */
const limits = {
	maxExecutionTimeMs: 2 ** 31 - 1,
	maxOutputSize: 8 << 20,
	maxStringLength: 8 << 20,
	maxFileSystemBytes: 64 << 20,
	maxLiveBytes: 64 << 20,
	maxInputBytes: 64 << 20,
	maxLoopIterations: 10_000,
	maxCallDepth: 60,
};

function shell(machine: Machine, script: Script): Bash {
	const own = Object.entries(programs).map(([name, {run}]) => command(machine, name, run));
	const absent = absentPrograms.map(name => command(machine, name, notFound));
	const bash = new Bash({
		fs: machine.files,
		cwd: script.cwd,
		env: {
			HOME: machine.isRoot ? '/root' : '/home/admin',
			USER: machine.isRoot ? 'root' : 'admin',
			LOGNAME: machine.isRoot ? 'root' : 'admin',
			HOSTNAME: machine.world.name,
			PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
			SHELL: '/bin/bash',
			LANG: 'C.UTF-8',
			LC_ALL: 'C.UTF-8',
		},
		commands: usualPrograms,
		customCommands: [
			...own,
			...absent,
			live(machine, script),
			command(machine, lineName, waitForLine),
			command(machine, guardName, guard),
			command(machine, returnName, ({args}) => Number(args[0]) || 0),
			command(machine, goesOnName, goesOn),
		],
		executionLimits: limits,
		sleep: milliseconds => machine.pass(milliseconds),
		processInfo: {
			pid: machine.world.nextPid,
			ppid: 812,
			uid: machine.isRoot ? 0 : 1000,
			gid: machine.isRoot ? 0 : 1000,
		},
		// It would replace globals of this whole process while a script runs; nothing here evaluates code.
		defenseInDepth: false,
	});
	const slow = (name: string) => name in slowWrappers || Boolean(programs[name]?.slow);
	let isOutermost = true;
	bash.registerTransformPlugin({
		name: 'practice',
		transform({ast}) {
			const plain = lawfulLists(lawfulAssignments(guardedScript(ast)));
			// Scripts that programs like xargs run print to whoever called them.
			const isNested = !isOutermost;
			isOutermost = false;
			return {ast: isNested ? plain : liveScript(plain, {slow, captures: script.captures ?? false})};
		},
	});
	return bash;
}

/** Programs that run others. */
const slowWrappers = {sh: true, bash: true, dash: true};

function command(machine: Machine, name: string, program: Program) {
	return defineCommand(name, async (args, context) => {
		const result = {stdout: '', stderr: '', exitCode: 0};
		const call = callOf(machine, name, args, context, {
			isLive: false,
			out: text => {
				result.stdout += text;
			},
			err: text => {
				result.stderr += text;
			},
		});
		result.exitCode = await program(call);
		return result;
	});
}

/** Prints what it runs line by line. */
function live(machine: Machine, script: Script) {
	return defineCommand(liveName, async ([name = '', ...args], context) => {
		const streams = {
			isLive: true,
			out: (text: string) => machine.print(text, script.captures ?? false),
			err: (text: string) => machine.print(text, false),
		};
		const call = callOf(machine, liveName, [], context, streams);
		return {stdout: '', stderr: '', exitCode: await call.run([name, ...args])};
	});
}

type Streams = Pick<Call, 'isLive' | 'out' | 'err'>;

function callOf(
	machine: Machine,
	name: string,
	args: string[],
	context: ResolvedCommandContext,
	streams: Streams,
): Call {
	const give = async (result: ExecResult) => {
		streams.out(result.stdout);
		streams.err(result.stderr);
		return result.exitCode;
	};
	const call: Call = {
		args,
		name,
		machine,
		env: context.env,
		exported: context.exportedEnv ?? {},
		cwd: context.cwd,
		stdin: String(context.stdin),
		...streams,
		async run([program = '', ...rest], environment = {}) {
			const inner = {
				...context,
				env: new Map([...context.env, ...Object.entries(environment)]),
				exportedEnv: {...context.exportedEnv, ...environment},
			};
			if (Object.hasOwn(programs, program) && !programs[program]!.wraps) {
				return await programs[program]!.run(callOf(machine, program, rest, inner, streams));
			}
			if (streams.isLive && program in slowWrappers) {
				const nested = await shellScript(machine, rest);
				const values = {...context.exportedEnv, ...environment};
				if (nested) return await runScript(machine, {...nested, values, cwd: context.cwd});
			}
			const line = [program, ...rest].map(quote).join(' ');
			return await give(
				await context.exec!(line, {
					cwd: context.cwd,
					env: {...context.exportedEnv, ...environment},
					stdin: context.stdin as never,
				}),
			);
		},
		async usual(words = args, change = text => text) {
			if (!context.origCommand) return 127;
			const result = await context.origCommand(words);
			return await give({...result, stdout: change(result.stdout)});
		},
	};
	return call;
}

/** What `sh -c TEXT` or `sh FILE` would run; undefined where it is neither. */
async function shellScript(machine: Machine, words: string[]): Promise<Omit<Script, 'values' | 'cwd'> | undefined> {
	const options: string[] = [];
	let index = 0;
	for (; /^[-+][a-z]+$/.test(words[index] ?? '') && !words[index]!.includes('c'); index++) {
		options.push(words[index]!);
		if (words[index] === '-o') options.push(words[++index] ?? '');
	}
	const word = words[index];
	if (word === undefined) return undefined;
	if (/^-[a-z]*c$/.test(word)) {
		if (word.length > 2) options.push(word.replace('c', ''));
		return {text: words[index + 1] ?? '', options, arguments: words.slice(index + 3)};
	}
	const isFile = await machine.files.exists(word);
	return isFile ? {text: await machine.files.readFile(word), options, arguments: words.slice(index + 1)} : undefined;
}

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
	await machine.files.writeFile('/dev/.line', `${line}\n`);
	return 0;
}

function print(machine: Machine, {stdout, stderr}: ExecResult, captures: boolean): void {
	machine.print(stdout, captures);
	machine.print(stderr, false);
}

export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
