// What a run's report says, as one value: the shape of `report --format json`, from which the Markdown is made.
import type {GaugeState, Reading} from '../gauges/gauge.ts';
import type {CommandRole, Runbook} from '../runbook/model.ts';
import type {EarlierState} from './earlier.ts';
import type {Answer, Because, BlockEnd, End, Event, LoginAbout, Person, Way} from './events.ts';
import type {Finding} from './finding.ts';
import type {Cause, HostName, TaskId} from './host.ts';
import type {Boot} from './reboot.ts';
import type {Receipt} from './receipt.ts';
import type {Driver} from './run-summary.ts';
import type {BlockStatus} from './state.ts';
import type {Verdict} from './verdict.ts';

/** What a run's folder holds, as far as it can be read. */
export type Material = {
	run: string;
	/** The valid beginning of the journal. */
	events: Event[];
	verdict: Verdict;
	/** The journal was written by a newer Handrail. */
	isNewer: boolean;
	/** Undefined where its copy is missing, was changed or is not understood; `problems` says so then. */
	runbook: Runbook | undefined;
	problems: string[];
	tasks: Record<TaskId, TaskFiles>;
	receipt: Receipt | undefined;
	driven: Driver | null;
};

/** What the folder of a task holds; undefined what is missing. `tail`: the last lines as plain text. */
export type TaskFiles = {command: string | undefined; bytes: number | undefined; tail: string[]};

/** Times are UTC (ISO 8601), durations milliseconds; what is not known is null. Lists are in the order of the events. */
export type RunReport = {
	report: 1;
	run: string;
	title: string;
	ticket: string | null;
	/** On a simulated server: evidence for nothing. */
	practice: boolean;
	/** Version of the program that began it. */
	handrail: string;
	runbook: {file: string; sha256: string; form: string; bundled: boolean};
	/** The ended run that this one goes back from, and the option taken on each host. */
	rollbackOf: {run: string; options: Record<HostName, string>} | null;
	/** What is wrong with the record; empty where nothing is. */
	problems: string[];
	started: string;
	ended: string | null;
	/** Null while it is open. */
	end: End | null;
	/** To the end, or to the last event of an open run. */
	milliseconds: number;
	/** The program that goes on with the run just now. */
	driven: Driver | null;
	sessions: Session[];
	hosts: HostReport[];
	deviations: DeviationReport[];
	failures: FailureReport[];
	steps: StepReport[];
	commands: CommandReport[];
	jumps: {at: string; host: HostName; to: string; how: Way; reason: string | null; by: Person | null}[];
	notes: {at: string; host: HostName | null; text: string; by: Person | null}[];
	/** Of a secret there is the name only; it belongs to a host. */
	inputs: {at: string; host: HostName | null; name: string; value: string | null; secret: boolean; by: Person | null}[];
	/** Captured from commands; the value is null where the command's output holds a secret. */
	values: {at: string; host: HostName; task: TaskId; name: string; value: string | null}[];
	/** Names that a command handed on and that were not taken. */
	dropped: {host: HostName; task: TaskId; name: string}[];
	guards: GuardReport[];
	probes: {at: string; host: HostName; option: string; role: string | null; answer: Answer; evidence: string}[];
	health: HealthReport[];
	open: OpenReport[];
	chain: {
		events: number;
		head: string;
		verified: boolean;
		changes: {file: string; line: number | null; what: string}[];
		/** Bytes of an incomplete last line. */
		torn: number;
		/** Incomplete last lines that were set aside when the run was resumed. */
		recovered: {at: string; bytes: number; kept: string}[];
		verify: string;
	};
	receipt: (Receipt & {isInChain: boolean}) | null;
};

/** The program was started, by whom; why it was left, where it was. */
export type Session = {at: string; handrail: string; by: Person | null; left: {at: string; why: string} | null};

export type HostReport = {
	name: HostName;
	ownName: string | null;
	machineId: string | null;
	hostKey: string | null;
	bootId: string | null;
	/** `os` with its version, as the host says it. */
	os: string | null;
	facts: Record<string, string>;
	end: End | null;
	/** The section that the walk stands at; null once it has ended. */
	at: string | null;
	/** Why it was aborted. */
	reason: string | null;
	/** What was another at a later connection: `boot`, `name`, or a fact. */
	changes: {at: string; what: string; from: string; to: string; by: Person | null}[];
	lost: {at: string; why: string}[];
	/** Reboots that were proven; without a `task` nobody here had asked for it. */
	reboots: {at: string; task: string | null; was: Boot; is: Boot; away: number | null; failed: string[]}[];
	/** What a person answered at its login; of a secret only that it was given. */
	logins: {at: string; machine: string | null; about: LoginAbout; given: boolean; by: Person | null}[];
	/** Tasks of other runs that were on it, and what was done about them. */
	earlier: EarlierState[];
	/** Tasks that somebody answered by hand; never what was typed. */
	answers: {at: string; task: string; how: 'keys' | 'line' | 'hidden line'; by: Person | null}[];
};

export type DeviationReport = {
	at: string;
	host: HostName | null;
	kind: string;
	block: string | null;
	words: string;
	reason: string;
	by: Person | null;
	/** For an edit: lines that begin with `-`, `+` or a blank. */
	difference: string[] | null;
};

export type FailureReport = {
	at: string;
	host: HostName;
	section: string;
	block: string;
	task: TaskId | null;
	end: 'failed' | 'unknown';
	exit: number | null;
	cause: Cause | null;
	reason: string | null;
	/** Troubleshooting entries that its output pointed to. */
	entries: string[];
	/** What could be seen on the host where nobody knew how it ended, at the last look; null where nobody looked. */
	findings: Finding[] | null;
	/** What became of the block next; null where it was left so. */
	became: {at: string; end: BlockEnd; because: Because | null; reason: string | null; by: Person | null} | null;
};

export type StepReport = {
	host: HostName;
	/** Titles of the section and of those around it. */
	section: string;
	block: string;
	kind: 'command' | 'manual' | 'choice' | null;
	/** The text of a manual item; the section that was chosen. */
	text: string | null;
	status: BlockStatus;
	attempts: number;
	/** Of the last attempt, as are start and duration. */
	exit: number | null;
	cause: Cause | null;
	reason: string | null;
	because: Because | null;
	started: string | null;
	ended: string | null;
	milliseconds: number | null;
	by: Person | null;
};

export type CommandReport = {
	task: TaskId;
	host: HostName;
	section: string;
	block: string;
	/** What it is for, as the document has it; null where that is not known. */
	role: CommandRole | null;
	attempt: number;
	risk: string;
	edited: boolean;
	/** Exactly as it ran; null where neither the record nor the runbook has it. */
	command: string | null;
	started: string;
	ended: string | null;
	milliseconds: number | null;
	/** As its block ended; null while it runs. */
	end: BlockEnd | null;
	exit: number | null;
	cause: Cause | null;
	reason: string | null;
	/** Null where it ran by itself. */
	by: Person | null;
	output: OutputReport;
};

export type OutputReport =
	/** `lines`: the last ones. `incomplete`: why it could not be recorded in full. */
	| {kept: true; bytes: number; lines: string[]; incomplete: string | null}
	| {kept: false; why: 'sensitive' | 'holds a secret' | 'not looked through' | 'missing'};

export type GuardReport = {
	at: string;
	host: HostName;
	/** What was to be started. */
	block: string | null;
	guard: string;
	holds: boolean;
	evidence: string;
	/** It does not apply to what was to be started, and was only shown. */
	exempt: boolean;
	overridden: string | null;
	/** It kept the block from being started. */
	refused: boolean;
};

export type HealthReport = {
	host: HostName;
	baseline: string | null;
	final: string | null;
	differences: {
		gauge: string;
		before: Reading | null;
		after: Reading | null;
		change: number | null;
		added: string[];
		worse: boolean;
	}[];
	/** Gauges that are high or critical at the end. */
	raised: string[];
	/** What crossed a threshold between the two, in order. */
	crossed: {at: string; gauge: string; was: GaugeState; reading: Reading}[];
};

/** What is still owed: an undo, the word on how a task ended, a lock to be given back. */
export type OpenReport = {
	host: HostName;
	what: 'obligation' | 'unsettled' | 'running' | 'lock';
	block: string | null;
	section: string | null;
};
