import type {Command, Input, Runbook} from '../runbook/model.ts';
import {sectionsOf} from '../runbook/outline.ts';
import type {HostState, RunState} from './state.ts';
import type {Confirmation} from './told.ts';

/** Declared inputs that a command uses and that have no value yet, in their order; then what was withheld of it. */
export function missingInputs(state: RunState, host: HostState, command: Command, script: string): string[] {
	const withheld = host.withheld.filter(name => !Object.hasOwn(state.runbook.inputs, name));
	return [...Object.keys(state.runbook.inputs), ...withheld].filter(
		name => !isKnown(state, host, name) && isUsed(command, script, name),
	);
}

/** Names of the secrets that a command reads. */
export const secretsOf = (runbook: Runbook, host: HostState, command: Command, script: string): string[] =>
	[...new Set([...Object.keys(runbook.inputs), ...host.withheld])].filter(
		name => isSecret(runbook, host, name) && isUsed(command, script, name),
	);

/** Declared as one, or a value that was handed on and held one. */
export const isSecret = (runbook: Runbook, host: HostState, name: string): boolean =>
	(Object.hasOwn(runbook.inputs, name) && runbook.inputs[name]!.secret) || host.withheld.includes(name);

/** The input of a name as it is asked for; undefined where the name is none's. */
export function inputOf(runbook: Runbook, host: HostState, name: string): Input | undefined {
	const declared = Object.hasOwn(runbook.inputs, name) ? runbook.inputs[name] : undefined;
	return host.withheld.includes(name) ? {prompt: declared?.prompt ?? 'Holds a secret', secret: true} : declared;
}

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

function isKnown(state: RunState, host: HostState, name: string): boolean {
	if (isSecret(state.runbook, host, name)) return host.secrets.includes(name);
	return host.values[name] !== undefined || state.inputs[name] !== undefined;
}

/** `$NAME` and `${NAME...}` of a shell; the bare word for any other interpreter. */
function isUsed(command: Command, script: string, name: string): boolean {
	const pattern = command.interpreter ? `\\b${name}\\b` : `\\$(?:${name}\\b|\\{[#!]?${name}\\b)`;
	return new RegExp(pattern).test(script);
}
