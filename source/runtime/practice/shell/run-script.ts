import {Bash, defineCommand, type ExecResult} from 'just-bash/browser';
import {type Machine, Stopped} from '../machine.ts';
import {programs} from '../programs/table.ts';
import {callOf, shells} from './call.ts';
import {guardedScript} from './guarded-script.ts';
import {innerPrograms} from './inner-programs.ts';
import {lawfulAssignments} from './lawful-assignments.ts';
import {lawfulLists} from './lawful-lists.ts';
import {liveName, liveScript} from './live-script.ts';
import type {Program} from './program.ts';
import {quote, type Script} from './script.ts';
import {usualPrograms} from './usual-programs.ts';

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
	const inner = Object.entries(innerPrograms).map(([name, run]) => command(machine, name, run));
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
		customCommands: [...own, ...inner, live(machine, script)],
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
	const slow = (name: string) => shells.has(name) || (Object.hasOwn(programs, name) && Boolean(programs[name]!.slow));
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

function command(machine: Machine, name: string, program: Program) {
	const nest = (script: Script) => runScript(machine, script);
	return defineCommand(name, async (args, context) => {
		const result = {stdout: '', stderr: '', exitCode: 0};
		const call = callOf(machine, name, args, context, {
			nest,
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
			nest: (nested: Script) => runScript(machine, nested),
			isLive: true,
			out: (text: string) => machine.print(text, script.captures ?? false),
			err: (text: string) => machine.print(text, false),
		};
		const call = callOf(machine, liveName, [], context, streams);
		return {stdout: '', stderr: '', exitCode: await call.run([name, ...args])};
	});
}

function print(machine: Machine, {stdout, stderr}: ExecResult, captures: boolean): void {
	machine.print(stdout, captures);
	machine.print(stderr, false);
}
