// What can happen in a run. One line of the journal each; the state is the fold of them.
import type {Crossing} from '../gauges/crossings.ts';
import type {Readings} from '../gauges/gauge.ts';
import type {Durability, On} from './durability.ts';
import type {EarlierTask, EarlierWish} from './earlier.ts';
import type {Finding} from './finding.ts';
import type {Handed} from './handed.ts';
import type {Cause, HostName, Identity, LockOwner, SudoAnswer, TaskId, TaskReport} from './host.ts';
import type {Boot, Rebooted, RebootPhase} from './reboot.ts';
import type {Waiting} from './waiting.ts';

/** Who did it: the login, and who stands behind it (SUDO_USER, SSH_CONNECTION). */
export type Person = {login: string; uid: number; sudo?: string; from?: string};

/** An event as it stands in the journal. */
export type Event = NewEvent & {
	seq: number;
	/** Wall clock, UTC; never used for order. */
	at: string;
	/** Monotonic milliseconds of the machine that wrote it. */
	up: number;
	/** Which boot of that machine `up` counts from; on the first line that a program writes. */
	boot?: string;
	/** The next line belongs to the same decision: without its last line none of them counts. */
	more?: true;
	/** SHA-256 of the line before, without its newline. */
	prev: string;
};

/** An event before the journal numbers it. `host` is null where it concerns the whole run. */
export type NewEvent = {host: HostName | null; by?: Person} & Happening;

export type Happening = OfTheRun | OfAHost | OfAReboot | OfATask | OfTheWalk;

type OfTheRun =
	| ({type: 'run.started'} & Beginning)
	| {type: 'run.resumed'; handrail: string; pid: number}
	/** The operator agreed to what the document runs by itself. */
	| {type: 'run.trusted'; sha256: string}
	/** A guard may be answered with this reason, in this session. */
	| {type: 'override.given'; guard: string; reason: string}
	/** No value is recorded of a secret; secrets belong to a host and are forgotten with the session. */
	| {type: 'input.given'; name: string; value?: string}
	| {type: 'note'; text: string}
	| {type: 'deviation'; about: Deviation; reason: string}
	/** The program was left; the run stays open. */
	| {type: 'run.left'; why: string}
	| {type: 'run.ended'; end: End}
	/** The journal's last line was torn and has been cut off. */
	| {type: 'recovered'; bytes: number; kept: string};

type OfAHost =
	| {type: 'host.met'; identity: Identity; bootId: string; facts: Record<string, string>}
	| {type: 'identity.confirmed'; identity: Identity}
	/** A person answered what a login asked, or would not; `machine` where a jump host asked. Never the answer itself. */
	| {type: 'login.answered'; machine?: string; about: LoginAbout; given: boolean}
	| {type: 'link.lost'; why: string}
	| {type: 'fact.given'; key: string; value: string}
	/** What sudo wants of a user; `unheard`: nobody heard what became of a password. */
	| {type: 'sudo.answered'; is: SudoAnswer['is'] | 'unheard'; user: string; why?: string}
	/** The operator goes on without a password for sudo. */
	| {type: 'sudo.declined'}
	/** Tasks of other runs that were on the host when this run first met it; never of none. */
	| {type: 'earlier.found'; tasks: EarlierTask[]}
	| {type: 'earlier.wanted'; tasks: TaskId[]; what: EarlierWish}
	/** `copied`: it was followed to its end, and so many bytes of its output, with this SHA-256, are in the run's folder. */
	| {type: 'earlier.reported'; task: TaskId; report: TaskReport; copied?: number; sha256?: string}
	| {type: 'earlier.removed'; task: TaskId}
	| {type: 'earlier.kept'; task: TaskId; why: string}
	| {type: 'lock.taken'; since: string}
	/** Whether what runs there outlives the connection; `why` not. */
	| ({type: 'durable.answered'; on: On} & Durability)
	| {type: 'lock.broken'; owner: LockOwner}
	| {type: 'lock.released'}
	| {type: 'request.made'; request: Request}
	| {type: 'request.refused'; request: Request; guards: Judgement[]}
	| {type: 'request.dropped'; request: Request}
	| {type: 'sampled'; moment: Moment; readings: Readings}
	/** A gauge stands otherwise than it did, for some time: between the samples nothing else is recorded. */
	| ({type: 'gauge.crossed'} & Crossing)
	/** A person asked what can be taken back now. */
	| {type: 'ways.asked'}
	| {type: 'probed'; block: string; answer: Answer; evidence: string}
	| ({type: 'judged'} & Judgement)
	| {type: 'host.ending'; end: End; reason?: string}
	| {type: 'host.ended'; end: End};

type OfAReboot =
	/** A command that reboots the host is about to be started: how it stands before. */
	| {type: 'reboot.began'; task: TaskId; before: Boot}
	| {type: 'reboot.phase'; task: TaskId; phase: RebootPhase; why?: string}
	/** It is not back after so many milliseconds: a warning is due, or a question; `console` is where to look. */
	| {type: 'reboot.late'; task: TaskId; which: 'warning' | 'limit'; after: number; console?: string}
	/** The same machine answers with another boot id; without a `task`, nobody here asked for it. */
	| ({type: 'rebooted'} & Rebooted);

type OfATask =
	| ({type: 'task.planned'} & Plan)
	| {type: 'task.reported'; task: TaskId; report: TaskReport; seen?: Seen}
	| {type: 'task.overdue'; task: TaskId; which: 'timeout' | 'idle'}
	/** The host is asked again about a task of which nobody knows how it ended. */
	| {type: 'task.looked'; task: TaskId}
	/** What can be seen on its host, while nobody knows how it ended. */
	| {type: 'task.examined'; task: TaskId; findings: Finding[]}
	/** The operator was asked about an overdue task and waits on. */
	| {type: 'task.waited'; task: TaskId}
	/** It printed nothing more after so many bytes, and by what can be seen of it waits for somebody. */
	| {type: 'task.silent'; task: TaskId; waits: Waiting; bytes: number}
	/** A person answered it by hand: key by key, or with a line. What was typed is not recorded. */
	| {type: 'task.answered'; task: TaskId; how: 'keys' | 'line' | 'hidden line'}
	| {type: 'task.cancelled'; task: TaskId; signal: 'TERM' | 'KILL'; cause: 'cancelled' | 'timeout'}
	/** The host did not let the signal be sent: the task runs on. */
	| {type: 'signal.refused'; task: TaskId; signal: 'TERM' | 'KILL'; why: string}
	| {type: 'task.reaped'; task: TaskId}
	| ({type: 'values.captured'; task: TaskId} & Handed);

type OfTheWalk =
	| {
			type: 'block.ended';
			block: string;
			end: BlockEnd;
			because?: Because;
			cause?: Cause;
			exit?: number;
			reason?: string;
	  }
	| {type: 'walked'; to: string; how: Way; reason?: string}
	| {type: 'chosen'; block: string; section: string};

export type Beginning = {
	journal: 1;
	handrail: string;
	run: string;
	runbook: {title: string; file: string; sha256: string; form: 'markdown' | 'yaml'; bundled: boolean};
	hosts: HostName[];
	/** True where nobody needs to be asked about what the document runs by itself. */
	trusted: boolean;
	/** Present where this run walks rollback options of an ended one, with what that one knew. */
	rollback?: {of: string; options: Record<HostName, string>; values: Record<HostName, Record<string, string>>};
};

export type End = 'completed' | 'completed-with-failures' | 'rolled-back' | 'aborted';
export type BlockEnd = 'done' | 'failed' | 'skipped' | 'not-applicable' | 'undone' | 'unknown';
export type Because = 'when' | 'choice' | 'jump' | 'once' | 'check' | 'person' | 'undo';
export type Way = 'next' | 'jump' | 'choice' | 'visit' | 'return';
export type Answer = 'yes' | 'no' | 'unknown';
export type Moment = 'baseline' | 'gate' | 'final';

/** What a login asked for: a yes to a host key, or a secret, of which only its name is told. */
export type LoginAbout =
	| {kind: 'host-key'; name: string; type: string; fingerprint: string}
	| {kind: 'passphrase'; file: string}
	| {kind: 'password' | 'prompt'; user: string};

/** A departure from the document. Stands first in the report. */
export type Deviation =
	| {kind: 'skip' | 'edit' | 'settle'; block: string}
	| {kind: 'jump'; from: string; to: string; over: string[]}
	| {kind: 'override'; guard: string; evidence: string}
	| {kind: 'break-lock'; owner: LockOwner};

/** Something that changes is about to be started, once the guards have spoken. */
export type Request = {id: number; block: string; edited?: Edited};
export type Edited = {script: string; reason: string};

export type Judgement = {
	guard: string;
	holds: boolean;
	evidence: string;
	/** True where the guard does not apply (rollback, undo, repair), and is only shown. */
	exempt?: boolean;
	/** The reason with which it was overridden. */
	overridden?: string;
};

export type Plan = {
	task: TaskId;
	block: string;
	/** Which variant of the block it is, from 0; not said of the first. */
	variant?: number;
	attempt: number;
	/** Of the exact text that runs; put in when it is recorded. */
	sha256?: string;
	risk: 'reads' | 'changes' | 'disrupts';
	/** Milliseconds to wait before the start (between the attempts of `retries`). */
	delay: number;
	edited?: Edited;
	/** Scopes of requirements that were judged for it. */
	scopes?: string[];
};

/** What the output of an ended task showed. */
export type Seen = {
	/** False where `match` was not found. */
	matched?: boolean;
	/** The line that `fail-match` found. */
	failure?: string;
	/** Ids of the troubleshooting entries whose symptoms it shows. */
	entries?: string[];
	sha256?: string;
	/** The output could not be recorded in full; why. */
	incomplete?: string;
	/** A secret of the session stands in the output: it is not exported. */
	holdsSecret?: true;
};
