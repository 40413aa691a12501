// What the core is told: what a person wants, and what the world says.
import type {Crossing} from '../gauges/crossings.ts';
import type {Readings} from '../gauges/gauge.ts';
import type {Durability, On} from './durability.ts';
import type {EarlierTask, EarlierWish} from './earlier.ts';
import type {Answer, BlockEnd, Edited, Moment, Person, Seen} from './events.ts';
import type {Finding} from './finding.ts';
import type {Handed} from './handed.ts';
import type {HostName, LockOwner, Meeting, SudoAnswer, TaskId, TaskReport} from './host.ts';
import type {LoginQuestion} from './login-question.ts';
import type {Boot, BootMoment} from './reboot.ts';
import type {Waiting} from './waiting.ts';

/** `host` is the one concerned; null for the whole run. `by` where a person is behind it. */
export type Told = {host: HostName | null; by?: Person; what: Intent | Observation};

/** How much a person has confirmed: Enter, the key y, or the host's name typed in full. */
export type Confirmation = 'enter' | 'y' | 'name';

export type Intent =
	| {type: 'trust'}
	| {type: 'confirm-identity'}
	| {type: 'give-input'; name: string; value: string}
	/** The engine holds the secret already; here only that it is there. */
	| {type: 'give-secret'; name: string}
	/** The engine passes the answer on; here only whether there is one. */
	| {type: 'answer-login'; question: LoginQuestion; given: boolean}
	/** Goes on without a password for sudo. */
	| {type: 'decline-sudo'}
	| {type: 'give-fact'; key: string; value: string}
	| {type: 'run'; block: string; confirmed: Confirmation; edited?: Edited}
	| {type: 'undo'; block: string; confirmed: Confirmation}
	| {type: 'confirm-manual'; block: string}
	| {type: 'choose'; block: string; section: string}
	| {type: 'skip'; block: string; reason: string}
	/** A person's word on how something unknown ended. */
	| {type: 'settle'; block: string; end: Extract<BlockEnd, 'done' | 'failed'>; reason: string}
	/** Ask the host again about a task of which nobody knows how it ended. */
	| {type: 'look'; task: TaskId}
	/** What becomes of tasks of earlier runs. */
	| {type: 'earlier'; tasks: TaskId[]; what: EarlierWish}
	| {type: 'cancel'; task: TaskId; confirmed: Confirmation}
	| {type: 'go'; section: string; reason?: string}
	| {type: 'visit'; section: string}
	/** Asks what can be taken back now, also where nothing has failed. */
	| {type: 'ask-ways'}
	| {type: 'back'}
	| {type: 'next'}
	| {type: 'override'; guard: string; reason: string}
	| {type: 'wait'; task: TaskId}
	/** Keys, or a line, for what a running task asks: recorded before they are sent, without what they are. */
	| {type: 'answer'; task: TaskId; how: 'keys' | 'line' | 'hidden line'}
	| {type: 'break-lock'; reason: string}
	| {type: 'note'; text: string}
	| {type: 'abort'; reason: string}
	| {type: 'leave'; why: string};

export type Observation =
	/** `earlier`: tasks of other runs, at the first meeting. */
	| ({type: 'met'; earlier?: EarlierTask[]} & Meeting)
	| {type: 'earlier-told'; task: TaskId; report: TaskReport; copied?: number; sha256?: string}
	| {type: 'earlier-gone'; task: TaskId}
	| {type: 'earlier-kept'; task: TaskId; why: string}
	| {type: 'examined'; task: TaskId; findings: Finding[]}
	| {type: 'link-lost'; why: string}
	/** A connection was made, and no word was heard over it yet. */
	| {type: 'link-up'}
	/** No connection could be made. */
	| {type: 'unreachable'; why: string}
	/** How the host stands before a command that reboots it, while it goes down, and after it. */
	| {type: 'boot'; task: TaskId; moment: BootMoment; boot: Boot}
	| {type: 'boot-late'; task: TaskId; which: 'warning' | 'limit'; after: number; console?: string}
	| ({type: 'task'; task: TaskId; report: TaskReport; seen?: Seen} & Partial<Handed>)
	| {type: 'overdue'; task: TaskId; which: 'timeout' | 'idle'}
	| {type: 'silent'; task: TaskId; waits: Waiting; bytes: number}
	| {type: 'reaped'; task: TaskId}
	/** `why` where the host refused it, whoever holds it. */
	| {
			type: 'lock';
			answer:
				| {taken: true; since: string; broke?: LockOwner}
				| {taken: false; owner: LockOwner}
				| {taken: false; why: string};
	  }
	| {type: 'signal-refused'; task: TaskId; signal: 'TERM' | 'KILL'; why: string}
	| {type: 'unlocked'}
	| ({type: 'durable'; on: On} & Durability)
	| {type: 'sudo'; is: SudoAnswer['is'] | 'unheard'; user: string; why?: string}
	| {type: 'sampled'; moment: Moment; readings: Readings}
	| {type: 'crossed'; crossing: Crossing}
	| {type: 'probed'; block: string; answer: Answer; evidence: string}
	| {type: 'guard'; guard: 'window' | 'promotion'; holds: boolean; evidence: string};

/** Why something was not done; the words are in core/text/words.ts. */
export type Refusal =
	| {code: 'run-ended'}
	| {code: 'not-here'; block: string}
	| {code: 'not-now'}
	| {code: 'no-link'; host: HostName}
	| {code: 'needs-confirmation'; confirmation: Confirmation}
	| {code: 'needs-reason'}
	| {code: 'needs-edit'; placeholders: string[]}
	| {code: 'not-settled'; task: TaskId; block: string}
	| {code: 'still-running'; task: TaskId}
	| {code: 'earlier-tasks'; tasks: TaskId[]}
	| {code: 'still-alive'; task: TaskId}
	| {code: 'bad-value'; name: string; pattern?: string; values?: string[]}
	| {code: 'unknown-name'; name: string}
	| {code: 'holds-secret'; name: string}
	| {code: 'no-such-section'; section: string}
	| {code: 'no-such-option'; section: string}
	| {code: 'several-options'; section: string}
	| {code: 'no-undo'; block: string}
	| {code: 'another-machine'; was: string; is: string; what: 'machine-id' | 'host key'}
	| {code: 'cannot-override'; guard: string}
	| {code: 'reboots-here'}
	| {code: 'not-rebooted'; block: string};
