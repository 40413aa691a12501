// The words for codes: refusals, ends, causes. Kept in one place, so that all views say the same.

import type {BlockEnd, Deviation, End, LoginAbout} from '../run/events.ts';
import type {Cause} from '../run/host.ts';
import type {Refusal} from '../run/told.ts';

/** Why something was not done, and what can be done instead. */
export function refusalWords(refusal: Refusal): string {
	return (refusals[refusal.code] as (refusal: Refusal) => string)(refusal);
}

type Of<C extends Refusal['code']> = Extract<Refusal, {code: C}>;

const refusals: {[C in Refusal['code']]: (refusal: Of<C>) => string} = {
	'run-ended': () => 'the run has ended; a new one is needed',
	'not-here': ({block}) => `the walk is not at ${block}`,
	'not-now': () => 'not possible now',
	'no-link': ({host}) => `there is no connection to ${host} now; it is tried again by itself`,
	'needs-confirmation': ({confirmation}) => `needs ${confirmations[confirmation]}`,
	'needs-reason': () => 'needs a reason',
	'needs-edit': ({placeholders}) => `needs an edit first: ${placeholders.join(', ')} stands for something else`,
	'not-settled': ({block}) =>
		`${block} is not settled: while nobody knows how it ended, nothing else may change this host`,
	'still-running': ({task}) => `task ${task} is still running`,
	'earlier-tasks': ({tasks}) =>
		`tasks of earlier runs may be changing this host (${tasks.join(', ')}): what becomes of them comes first`,
	'still-alive': ({task}) => `processes of task ${task} are still at work on the host`,
	'bad-value': ({name, pattern, values}) =>
		values
			? `${name} must be one of ${values.join(', ')}`
			: pattern
				? `${name} must match ${pattern}`
				: `${name} has no usable value`,
	'unknown-name': ({name}) => `the runbook declares no input ${name} that can be given like this`,
	'holds-secret': ({name}) => `${name} holds a secret, which would be recorded: give that as a secret input`,
	'no-such-section': ({section}) => `there is no section ${section} to go to`,
	'no-such-option': ({section}) => `${section} is not for this host`,
	'several-options': ({section}) => `${section} has several ways back: choose one of them`,
	'no-undo': ({block}) => `${block} has no undo, or has not run`,
	'another-machine': ({what, was, is}) =>
		`another machine answers: its ${what} is ${is || 'missing'}, the run began on ${was}`,
	'cannot-override': ({guard}) => `the guard ${guard} cannot be overridden`,
	'reboots-here': () => 'it reboots, and local is the machine that you sit at',
	'not-rebooted': () => 'that it was rebooted is proven by its boot id alone: wait on, or give up',
};

/** What whoever is asked for the password of sudo should know; `tries` were not taken. */
export function sudoHint(tries: number): string {
	const without = 'Nothing typed: go on without it, for what sudo allows so.';
	if (tries === 0) return `It is tried at once, and kept in memory only. ${without}`;
	if (tries === 1) return `sudo did not take it. ${without}`;
	return `sudo has not taken ${tries} in a row: one more wrong password may LOCK the account. ${without}`;
}

export const confirmations = {
	enter: 'Enter',
	y: 'the key y',
	name: "the host's name",
} as const;

export const endWords: Record<End, string> = {
	completed: 'completed',
	'completed-with-failures': 'completed with failures',
	'rolled-back': 'rolled back',
	aborted: 'aborted',
};

export const blockEndWords: Record<BlockEnd, string> = {
	done: 'done',
	failed: 'failed',
	skipped: 'skipped',
	'not-applicable': 'not applicable',
	undone: 'undone',
	unknown: 'unknown: nobody can say how it ended',
};

export const causeWords: Record<Cause, string> = {
	exit: 'it ended by itself',
	timeout: 'it took too long',
	cancelled: 'it was cancelled',
	killed: 'its processes are gone without an exit status',
	disconnected: 'the connection was lost',
	rebooted: 'the host was rebooted',
};

/** What a login asked for, and whether a person gave it. */
export function loginWords(about: LoginAbout, given: boolean): string {
	switch (about.kind) {
		case 'host-key':
			return `host key ${about.fingerprint} (${about.type}) of ${about.name} ${given ? 'taken' : 'not taken'}`;
		case 'passphrase':
			return `passphrase of ${about.file} ${given ? 'given' : 'not given'}`;
		case 'password':
			return `password of ${about.user} ${given ? 'given' : 'not given'}`;
		case 'prompt':
			return `question at the login of ${about.user} ${given ? 'answered' : 'not answered'}`;
	}
}

/** A deviation as one sentence, without its reason. */
export function deviationWords(about: Deviation): string {
	switch (about.kind) {
		case 'skip':
			return `skipped ${about.block}`;
		case 'edit':
			return `edited the command of ${about.block}`;
		case 'settle':
			return `stated how ${about.block} ended`;
		case 'jump':
			return `jumped from ${about.from || 'the beginning'} to ${about.to} over ${about.over.join(', ')}`;
		case 'override':
			return `overrode the guard ${about.guard} (${about.evidence})`;
		case 'break-lock':
			return `broke the lock of ${about.owner.owner}, run ${about.owner.run}, since ${about.owner.since}`;
	}
}
