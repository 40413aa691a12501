import type {Command, Input, Runbook} from '../runbook/model.ts';
import {sectionsOf} from '../runbook/outline.ts';
import type {HostState, RunState} from './state.ts';
import type {Confirmation} from './told.ts';

/** Declared inputs that a command uses and that have no value yet, in the order of their declaration. */
export function missingInputs(state: RunState, host: HostState, command: Command, script: string): string[] {
	return Object.entries(state.runbook.inputs)
		.filter(([name, input]) => !isKnown(state, host, name, input) && isUsed(command, script, name))
		.map(([name]) => name);
}

/** Names of the secrets that a command reads. */
export const secretsOf = (runbook: Runbook, command: Command, script: string): string[] =>
	Object.entries(runbook.inputs)
		.filter(([name, input]) => input.secret && isUsed(command, script, name))
		.map(([name]) => name);

/** What a person must do to start a command: Enter for what reads, y for what changes, the name for what disrupts. */
export function neededConfirmation(command: Command, isEdited: boolean): Confirmation {
	if (command.risk === 'disrupts') return 'name';
	return command.risk === 'changes' || isEdited ? 'y' : 'enter';
}

const order: Confirmation[] = ['enter', 'y', 'name'];
export const isConfirmed = (given: Confirmation, needed: Confirmation): boolean =>
	order.indexOf(given) >= order.indexOf(needed);

/** What a runbook lets the program run by itself: checks, ready, available, gauges. */
export const selfRun = (runbook: Runbook): Command[] =>
	sectionsOf(runbook).flatMap(section =>
		section.content.filter(
			content => content.kind === 'command' && ['check', 'ready', 'available', 'gauge'].includes(content.role),
		),
	) as Command[];

function isKnown(state: RunState, host: HostState, name: string, input: Input): boolean {
	if (input.secret) return host.secrets.includes(name);
	return host.values[name] !== undefined || state.inputs[name] !== undefined;
}

/** `$NAME` and `${NAME...}` of a shell; the bare word for any other interpreter. */
function isUsed(command: Command, script: string, name: string): boolean {
	const pattern = command.interpreter ? `\\b${name}\\b` : `\\$(?:${name}\\b|\\{[#!]?${name}\\b)`;
	return new RegExp(pattern).test(script);
}
