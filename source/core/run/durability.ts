import type {Command} from '../runbook/model.ts';
import type {Judgement} from './events.ts';
import type {HostState} from './state.ts';

/** Where a command runs: on the host, or on the machine that Handrail runs on. */
export type On = Command['on'];

/** Whether tasks outlive the connection there; `why` not, with what to do. */
export type Durability = {can: boolean; why?: string};

/** Why this command would end with the connection, as far as that is known. */
export function endsWithConnection(host: HostState, {on, risk}: Command): string | undefined {
	const known = host.durable[on];
	return known && !known.can && risk !== 'reads' ? (known.why ?? '') : undefined;
}

/** `durable` insists: nothing overrides it. */
export function judgeDurable(host: HostState, command: Command): Judgement[] {
	const why = command.durable ? endsWithConnection(host, command) : undefined;
	return why === undefined ? [] : [{guard: 'durable', holds: false, evidence: why}];
}
