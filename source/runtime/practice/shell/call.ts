import type {ExecResult, ResolvedCommandContext} from 'just-bash/browser';
import type {Machine} from '../machine.ts';
import {programs} from '../programs/table.ts';
import type {Call} from './program.ts';
import {quote, type Script, shellScript} from './script.ts';

/** Where a program prints, and how a script within the script is run. */
export type Streams = Pick<Call, 'isLive' | 'out' | 'err'> & {nest: (script: Script) => Promise<number>};

/** What a program of the server is given, from what the shell language gives it. */
export function callOf(
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
		isLive: streams.isLive,
		out: streams.out,
		err: streams.err,
		async run([program = '', ...rest], environment = {}) {
			const inner = {
				...context,
				env: new Map([...context.env, ...Object.entries(environment)]),
				exportedEnv: {...context.exportedEnv, ...environment},
			};
			if (Object.hasOwn(programs, program) && !programs[program]!.wraps) {
				return await programs[program]!.run(callOf(machine, program, rest, inner, streams));
			}
			if (streams.isLive && shells.has(program)) {
				const nested = await shellScript(machine, rest);
				const values = {...context.exportedEnv, ...environment};
				if (nested) return await streams.nest({...nested, values, cwd: context.cwd});
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

/** Programs that run a script line by line, as this one is run. */
export const shells = new Set(['sh', 'bash', 'dash']);
