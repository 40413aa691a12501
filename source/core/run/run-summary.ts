import type {End, Event} from './events.ts';
import type {HostName} from './host.ts';

/** A run in a list of runs. What its journal does not say is null. */
export type RunSummary = {
	id: string;
	title: string | null;
	hosts: HostName[];
	/** Damaged where its record cannot be relied on, whatever it says. */
	state: 'open' | 'ended' | 'damaged';
	/** When it began and ended by the wall clock, UTC. */
	started: string | null;
	ended: string | null;
	/** Null while it is open. */
	end: End | null;
	/** The file it was read from, and the SHA-256 of its bytes. */
	runbook: string | null;
	sha256: string | null;
	/** The process that drives it now. */
	driven: Driver | null;
	/** What is wrong with its record. */
	problem: string | null;
};

export type Driver = {pid: number; login: string; host: string; since: string};

type OfRecord = Pick<RunSummary, 'driven' | 'problem'> & {isDamaged: boolean};

/** What the events of a run's journal say of it. */
export function summaryOf(id: string, events: Event[], record: OfRecord): RunSummary {
	const [first] = events;
	const start = first?.type === 'run.started' ? first : undefined;
	const last = events.findLast(event => event.type === 'run.ended');
	const {isDamaged, ...now} = record;
	return {
		id,
		state: isDamaged ? 'damaged' : last ? 'ended' : 'open',
		title: textOf(start?.runbook?.title),
		hosts: Array.isArray(start?.hosts) ? start.hosts.map(String) : [],
		started: start?.at ?? null,
		ended: last?.at ?? null,
		end: last?.type === 'run.ended' ? last.end : null,
		runbook: textOf(start?.runbook?.file),
		sha256: textOf(start?.runbook?.sha256),
		...now,
	};
}

/** A journal may come from another version, or another hand. */
const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
