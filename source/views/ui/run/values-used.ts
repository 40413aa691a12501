import type {HostState, RunState} from '../../../core/run/state.ts';
import {visibleLine} from '../../../core/text/filter.ts';

/** What the inputs and captured values in a script stand for now, one `NAME=value` each; never a secret. */
export function valuesUsed(state: RunState, host: HostState, script: string): string[] {
	const names = new Set([...script.matchAll(/\$\{?[#!]?([A-Z_][A-Z0-9_]*)/g)].map(match => match[1]!));
	return [...names].flatMap(name => {
		if (state.runbook.inputs[name]?.secret) return [`${name} is a secret`];
		const value = host.values[name] ?? state.inputs[name];
		return value === undefined ? [] : [`${name}=${visibleLine(value)}`];
	});
}
