import type {Readings} from '../gauges/gauge.ts';
import type {Runbook} from '../runbook/model.ts';
import type {Durability, On} from './durability.ts';
import type {EarlierState} from './earlier.ts';
import type {Answer, Beginning, BlockEnd, End, Judgement, Plan, Request, Seen} from './events.ts';
import type {Finding} from './finding.ts';
import type {Cause, HostName, Identity, SudoAnswer, TaskId, TaskReport} from './host.ts';
import type {Rebooted, RebootState} from './reboot.ts';
import type {Waiting} from './waiting.ts';

/** A run as it stands: the fold of its journal over its runbook. */
export type RunState = {
	runbook: Runbook;
	/** Undefined until the first event. */
	beginning: Beginning | undefined;
	/** Events so far. */
	seq: number;
	order: HostName[];
	hosts: Record<HostName, HostState>;
	/** Inputs, the same for every host. */
	inputs: Record<string, string>;
	/** Guards that may be answered with a reason in this session. */
	overrides: Record<string, string>;
	trusted: boolean;
	/** Blocks with `once` that a host of this run has done. */
	once: string[];
	tasks: number;
	/** The program was left and not resumed since. */
	left: string | undefined;
	ended: End | undefined;
};

export type HostState = {
	name: HostName;
	/** A connection stands in this session, and the machine is the one we know. */
	link: boolean;
	identity: Identity | undefined;
	/** Another own name than the one we know answered, and waits for a `y`. */
	renamed: Identity | undefined;
	bootId: string | undefined;
	/** A reboot that a block asked for and that is not proven yet. */
	reboot: RebootState | undefined;
	/** The last reboot, until the next change is asked for. */
	rebooted: Rebooted | undefined;
	/** The operator waits no longer for its reboot: what runs on the jump box goes on without it. */
	isGivenUp: boolean;
	facts: Record<string, string>;
	/** Captured and handed on by commands. */
	values: Record<string, string>;
	/** Names whose last value held a secret, so that it was not recorded. */
	withheld: string[];
	/** Names of secrets that the engine holds for this host in this session. */
	secrets: string[];
	/** Whether tasks outlive the connection, once it was asked in this session. */
	durable: Partial<Record<On, Durability>>;
	/** What sudo wants there, once it was asked in this session. */
	sudo: SudoState | undefined;
	/** Passwords that sudo was sent and did not take, one after another. */
	sudoTries: number;
	locked: boolean;
	/** The section walked now. */
	at: string;
	/** The choice that was taken last: what is left out then is left out by it. */
	choice: string;
	/** The operator went back here: the walk stays, though all is done. */
	stays: boolean;
	/** Visits under way, the innermost last. */
	visits: Visit[];
	blocks: Record<string, BlockState>;
	tasks: Record<TaskId, TaskState>;
	/** Tasks of earlier runs that were found on it. */
	earlier: EarlierState[];
	request: PendingRequest | undefined;
	requests: number;
	/** The last request that a guard refused, until something else is asked for. */
	refused: {request: Request; guards: Judgement[]} | undefined;
	/** Requirement scopes that were judged in this session. */
	judged: string[];
	baseline: Readings | undefined;
	final: Readings | undefined;
	probes: Record<string, Probe>;
	/** Changes that have ended so far; a probe is as old as the number it was made at. */
	changes: number;
	/** After how many changes a person asked last what can be taken back. */
	waysAsked?: number;
	/** Every walk to an end has begun; obligations come first. */
	ending: End | undefined;
	ended: End | undefined;
};

/** `declined`: the operator goes on without a password. */
export type SudoState = {is: Exclude<SudoAnswer['is'], 'refused'> | 'declined'; user: string; why?: string};

export type Visit = {section: string; from: string};
export type Probe = {answer: Answer; evidence: string; after: number};

export type BlockState = {
	status: BlockStatus;
	attempts: TaskId[];
	/** It failed at least once and was then skipped or left so. */
	failed: boolean;
	/** The choice that left it out. */
	leftBy?: string;
	cause?: Cause;
	exit?: number;
	reason?: string;
};
export type BlockStatus = 'todo' | 'running' | BlockEnd;

export type TaskState = Plan & {
	/** `planned` until the host was heard of it; `unknown` where nobody can say how it ended. */
	phase: 'planned' | 'running' | 'unknown' | 'ended' | 'reaped';
	cancel?: {signal: 'TERM' | 'KILL'; cause: 'cancelled' | 'timeout'};
	/** Why the last signal could not be sent to it. */
	unsent?: string;
	overdue?: 'timeout' | 'idle';
	/** What it waits for, after how many bytes of output; until it was answered. */
	silent?: {waits: Exclude<Waiting, 'nothing'>; bytes: number};
	/** The host is to be asked about it again. */
	looking?: boolean;
	/** What can be seen on its host, while nobody knows how it ended. */
	findings?: Finding[];
	report?: TaskReport;
	seen?: Seen;
	/** When it was planned, UTC. */
	at: string;
};

export type PendingRequest = Request & {
	readings?: Readings;
	guards: Record<string, {holds: boolean; evidence: string}>;
};

/** The request itself, without what was found out for it. */
export const requestOf = ({id, block, edited}: Request): Request => ({id, block, ...(edited && {edited})});

export const initialState = (runbook: Runbook): RunState => ({
	runbook,
	beginning: undefined,
	seq: 0,
	order: [],
	hosts: {},
	inputs: {},
	overrides: {},
	trusted: false,
	once: [],
	tasks: 0,
	left: undefined,
	ended: undefined,
});

export const initialHost = (name: HostName, at: string): HostState => ({
	name,
	link: false,
	identity: undefined,
	renamed: undefined,
	bootId: undefined,
	reboot: undefined,
	rebooted: undefined,
	isGivenUp: false,
	facts: {},
	values: {},
	withheld: [],
	secrets: [],
	durable: {},
	sudo: undefined,
	sudoTries: 0,
	locked: false,
	at,
	choice: '',
	stays: false,
	visits: [],
	blocks: {},
	tasks: {},
	earlier: [],
	request: undefined,
	requests: 0,
	refused: undefined,
	judged: [],
	baseline: undefined,
	final: undefined,
	probes: {},
	changes: 0,
	ending: undefined,
	ended: undefined,
});

/** Something that was told of by a name that may come from anywhere. */
export const named = <T>(things: Record<string, T>, name: string | null): T | undefined =>
	name !== null && Object.hasOwn(things, name) ? things[name] : undefined;

/** The host that the run is at: the first that has not ended. */
export const currentHost = (state: RunState): HostState | undefined =>
	state.ended ? undefined : state.order.map(name => state.hosts[name]!).find(host => !host.ended);

export const blockState = (host: HostState, id: string): BlockState =>
	host.blocks[id] ?? {status: 'todo', attempts: [], failed: false};

/** A task that changes and of which it is not settled how it ends: nothing else may change the host meanwhile. */
export const unsettledTask = (host: HostState): TaskState | undefined =>
	Object.values(host.tasks).find(task => task.risk !== 'reads' && task.phase !== 'ended' && task.phase !== 'reaped');

export const runningTask = (host: HostState): TaskState | undefined =>
	Object.values(host.tasks).find(task => task.phase === 'planned' || task.phase === 'running');

const settled: BlockStatus[] = ['done', 'skipped', 'not-applicable', 'undone'];
export const isSettled = (host: HostState, block: string): boolean => settled.includes(blockState(host, block).status);
