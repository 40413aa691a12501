import {secretsOf} from '../../core/run/needs.ts';
import type {HostState, RunState, TaskState} from '../../core/run/state.ts';
import {needsPassword} from '../../core/run/sudo.ts';
import type {Command} from '../../core/runbook/model.ts';
import type {TaskSpec} from '../hosts/host.ts';

/** What a host needs to start a task. */
export function taskSpec(
	state: RunState,
	host: HostState,
	task: TaskState,
	command: Command,
	terminal: {rows: number; columns: number},
): TaskSpec {
	const script = task.edited?.script ?? command.script;
	return {
		task: remoteId(state, task.task),
		script,
		interpreter: interpreterOf(command),
		values: knownValues(state, host),
		secrets: secretsOf(state.runbook, host, command, script),
		...(command.cwd !== undefined && {cwd: command.cwd}),
		capture: command.capture !== undefined,
		sudo: command.sudo,
		...(command.durable && {durable: true}),
		...(needsPassword(host, command, script) && {askpass: true}),
		...(command.tty && {tty: terminal}),
	};
}

/** A task's name on its host: unique over all runs. */
export const remoteId = (state: RunState, task: string): string => `${state.beginning!.run}.${task}`;

/** Inputs and captured values: what a command gets exported. The captured ones are the later word. */
export const knownValues = (state: RunState, host: HostState): Record<string, string> => ({
	...Object.fromEntries(
		Object.entries(state.runbook.inputs).flatMap(([name, input]) => {
			const value = state.inputs[name];
			return input.secret || value === undefined || host.withheld.includes(name) ? [] : [[name, value]];
		}),
	),
	...host.values,
});

/** Program and arguments; the script's path comes last. */
export function interpreterOf(command: Command): string[] {
	if (command.interpreter) return command.interpreter.trim().split(/\s+/);
	const shell = shells[command.language] ?? 'sh';
	if (!command.errexit) return [shell];
	return shell === 'bash' || shell === 'zsh' ? [shell, '-e', '-o', 'pipefail'] : [shell, '-e'];
}

const shells: Partial<Record<string, string>> = {bash: 'bash', zsh: 'zsh', ksh: 'ksh', dash: 'dash'};
