import type {End, Event} from './events.ts';
import type {HostName} from './host.ts';
import type {RunState} from './state.ts';

/** The short public summary of an ended run: no command, no output, no captured value is in it. */
export type Receipt = {
	receipt: 1;
	run: string;
	title: string;
	/** SHA-256 of the runbook. */
	runbook: string;
	ticket: string | null;
	/** On a simulated server: it counts for nothing. */
	practice?: true;
	hosts: {
		name: HostName;
		ownName: string | null;
		machineId: string | null;
		environment: string | null;
		end: End | null;
	}[];
	/** Wall clock, UTC. */
	started: string;
	ended: string;
	end: End;
	deviations: number;
	/** Hash of the event that ended the run. */
	head: string;
};

/** `head` is the hash of the last event. Throws `RangeError` for a run that has not ended. */
export function receiptOf(state: RunState, events: Event[], head: string): Receipt {
	const [first] = events;
	const last = events.findLastIndex(event => event.type === 'run.ended');
	const beginning = state.beginning;
	if (!first || !beginning || last === -1 || !state.ended) throw new RangeError('The run has not ended');
	return {
		receipt: 1,
		run: beginning.run,
		title: beginning.runbook.title,
		runbook: beginning.runbook.sha256,
		ticket: state.inputs['TICKET'] ?? null,
		...(isPractice(state.order) && {practice: true}),
		hosts: state.order.map(name => {
			const {identity, facts, ended} = state.hosts[name]!;
			const {ownName = null, machineId = null} = identity ?? {};
			return {name, ownName, machineId, environment: facts['env'] ?? null, end: ended ?? null};
		}),
		started: first.at,
		ended: events[last]!.at,
		end: state.ended,
		deviations: events.filter(event => event.type === 'deviation').length,
		// The event after it names it; notes and tidying may follow the end.
		head: events[last + 1]?.prev ?? head,
	};
}

/** Whether a run is on the simulated server; `practice` is a reserved name. */
export const isPractice = (hosts: HostName[]): boolean => hosts.includes('practice');
