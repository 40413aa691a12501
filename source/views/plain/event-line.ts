import type {Event} from '../../core/run/events.ts';
import {waitingWords} from '../../core/run/waiting.ts';
import type {Runbook} from '../../core/runbook/model.ts';
import {indexOf} from '../../core/runbook/outline.ts';
import {formatDuration} from '../../core/text/duration.ts';
import {earlierWords} from '../../core/text/earlier-words.ts';
import {visible, visibleLine} from '../../core/text/filter.ts';
import {
	bootWords,
	foreignReboot,
	newlyFailed,
	phaseHints,
	phaseWords,
	rebootedWords,
} from '../../core/text/reboot-words.ts';
import {blockEndWords, causeWords, deviationWords, endWords, loginWords} from '../../core/text/words.ts';
import {findingLines} from './finding-lines.ts';

/** An event as one line (a note may have more); undefined for what only machines care about. */
export function eventLine(event: Event, runbook?: Runbook): string | undefined {
	const words = (lines[event.type] as (event: Event, runbook?: Runbook) => string | undefined)(event, runbook);
	if (words === undefined) return undefined;
	const host = event.host === null ? '' : `${event.host}: `;
	return `${clock(event.at)}  ${visible(host + words)}`;
}

type Of<T extends Event['type']> = Extract<Event, {type: T}>;

const lines: {[T in Event['type']]: (event: Of<T>, runbook?: Runbook) => string | undefined} = {
	'run.started': ({run, runbook, hosts}) =>
		`run ${run}: "${visibleLine(runbook.title)}" (${runbook.file}) on ${hosts.join(', ')}`,
	'run.resumed': () => 'resumed',
	'run.trusted': () => 'agreed to what the document runs by itself',
	'run.left': ({why}) => `left, the run stays open: ${why}`,
	'run.ended': ({end}) => `run ${endWords[end]}`,
	'override.given': ({guard, reason}) => `guard ${guard} may be overridden: ${reason}`,
	'input.given': ({name, value}) => (value === undefined ? `${name} is given (secret)` : `${name}=${value}`),
	note: ({text}) => `note: ${text}`,
	deviation: ({about, reason}) => `DEVIATION ${deviationWords(about)}: ${reason}`,
	recovered: ({bytes, kept}) => `the journal's last line was torn: ${bytes} bytes put aside in ${kept}`,
	'host.met': ({identity, facts}) =>
		`connected to ${visibleLine(identity.ownName)} (${[facts['os'], facts['version'], facts['pm'], facts['env']].filter(Boolean).join(' ')})`,
	'identity.confirmed': ({identity}) => `the same machine under a new name: ${visibleLine(identity.ownName)}`,
	'login.answered': ({machine, about, given}) =>
		`${loginWords(about, given)}${machine === undefined ? '' : `, asked by ${machine}`}`,
	'link.lost': ({why}) =>
		`connection lost: ${why.replace(/\.$/, '')}; what runs goes on there, and the connection is tried again`,
	'reboot.began': ({before}) => `before the reboot: ${bootWords(before)}`,
	'reboot.phase': ({phase, why}) =>
		`reboot: ${[phaseWords[phase], why && visibleLine(why), phaseHints[phase]].filter(Boolean).join('; ')}`,
	'reboot.late': ({which, after, console}) =>
		`reboot: ${which === 'limit' ? 'NOT BACK' : 'WARNING, not back'} after ${formatDuration(after)}${console === undefined ? '' : `; console: ${visibleLine(console)}`}`,
	rebooted: event => {
		const words = [rebootedWords(event), newlyFailed(event) && `WARNING ${newlyFailed(event)}`];
		if (event.task !== undefined) return `rebooted: ${words.filter(Boolean).join('; ')}`;
		return `${foreignReboot}: ${words[0]}; what ran there is lost, and guards are asked anew`;
	},
	'fact.given': ({key, value}) => `${key}=${value}, as told by the operator`,
	'durable.answered': ({on, can, why}) =>
		can
			? undefined
			: `WARNING: what runs ${on === 'control' ? 'on this machine' : 'there'} does not outlive the connection: ${visibleLine(why ?? '')}`,
	'sudo.answered': ({is, user, why}) => sudoWords[is]?.(visibleLine(user), why ?? ''),
	'sudo.declined': () => 'no password for sudo: it is called without one',
	'earlier.found': ({tasks}) =>
		[
			`tasks of earlier runs are on this host: ${tasks.length}`,
			...tasks.map(each => `          ${earlierWords(each)}`),
		].join('\n'),
	'earlier.wanted': ({tasks, what}) => wishWords[what] && `${tasks.map(visibleLine).join(', ')}: ${wishWords[what]}`,
	'earlier.reported': ({task, report, copied}) =>
		copied === undefined
			? `${visibleLine(task)}: ${report.is}`
			: `${visibleLine(task)}: ${report.is}${report.is === 'ended' ? `, exit ${report.exit}` : ''}; ${copied} bytes of its output are in this run's folder`,
	'earlier.removed': ({task}) => `${visibleLine(task)}: removed from the host`,
	'earlier.kept': ({task, why}) => `${visibleLine(task)}: not removed: ${why}`,
	'lock.taken': () => 'lock taken',
	'lock.broken': ({owner}) => `lock of ${owner.owner} (run ${owner.run}, since ${owner.since}) broken`,
	'lock.released': () => 'lock released',
	'request.made': () => undefined,
	'request.dropped': () => undefined,
	'request.refused': ({request, guards}) =>
		`REFUSED ${request.block}: ${guards.map(({guard, evidence}) => `${guard}: ${evidence}`).join('; ')}`,
	sampled: ({moment, readings}) => {
		const raised = Object.entries(readings).filter(([, {state}]) => state === 'high' || state === 'critical');
		const words = raised.map(([name, {value, unit, state}]) => `${name} ${value} ${unit} ${state.toUpperCase()}`);
		return `health (${moment}): ${words.join(', ') || 'no gauge is raised'}`;
	},
	'gauge.crossed': ({gauge, was, reading: {value, unit, state, why}}) =>
		`health: ${visibleLine(gauge)} ${value} ${unit} ${state.toUpperCase()}, it was ${was}${why && `: ${visibleLine(why)}`}`,
	'ways.asked': () => 'asked what can be taken back now',
	probed: ({block, answer, evidence}) => `${block}: ${answer}${evidence && `, ${evidence}`}`,
	judged: ({guard, holds, evidence, exempt, overridden}) =>
		`guard ${guard} ${holds ? 'holds' : exempt ? 'would not hold (it does not apply here)' : overridden === undefined ? 'does not hold' : 'overridden'}: ${evidence}`,
	'host.ending': ({end, reason}) =>
		end === 'completed' ? undefined : `${endWords[end]}${reason ? `: ${reason}` : ''}`,
	'host.ended': ({end}) => endWords[end],
	'task.planned': ({block, task, attempt, risk, edited}) =>
		`run ${block}, ${risk}${attempt > 1 ? `, attempt ${attempt}` : ''}${edited ? ', edited' : ''} [${task}]`,
	'task.reported': ({task, report}) => {
		if (report.is === 'ended' || report.is === 'running') return undefined;
		if (report.is === 'lost') {
			return `${task} is lost: ${report.rebooted ? 'the host was rebooted' : 'its supervisor is gone'}${report.alive ? ', processes of it are still at work' : ''}`;
		}
		return `${task}: ${'why' in report ? report.why : 'the host knows nothing of it'}`;
	},
	'task.overdue': ({task, which}) =>
		which === 'idle' ? `${task} has been silent for long` : `${task} takes longer than its time limit`,
	'task.waited': () => undefined,
	'task.silent': ({task, waits}) => (waits === 'nothing' ? undefined : `${task} is silent: ${waitingWords[waits]}`),
	'task.answered': ({task, how}) => `${task} is answered by hand${answerWords[how]}`,
	'task.looked': () => undefined,
	'task.examined': ({task, findings}) =>
		[`${task}: what can be seen`, ...findingLines(findings).map(line => `          ${line}`)].join('\n'),
	'task.cancelled': ({task, signal, cause}) => `${task}: signal ${signal} (${causeWords[cause]})`,
	'signal.refused': ({task, signal, why}) => `${task} runs on: signal ${signal} could not be sent: ${why}`,
	'task.reaped': () => undefined,
	'values.captured': ({values, dropped, withheld = []}) =>
		[
			...Object.entries(values).map(([name, value]) => `${name}=${visibleLine(value)}`),
			...withheld.map(name => `${name} dropped: it holds a secret; whoever uses it is asked for it`),
			...dropped
				.filter(name => !withheld.includes(name))
				.map(name => `${name} dropped: not used by the document, or not allowed`),
		].join('; '),
	'block.ended': ({block, end, because, cause, exit, reason}) => {
		if (end === 'not-applicable') return undefined;
		const why = [
			because && becauseWords[because],
			exit !== undefined && `exit ${exit}`,
			cause && cause !== 'exit' && causeWords[cause],
			reason,
		].filter(Boolean);
		const word = end === 'failed' ? 'FAILED' : end === 'unknown' ? 'UNKNOWN' : blockEndWords[end];
		return `${word} ${block}${why.length > 0 ? ` (${why.join(', ')})` : ''}`;
	},
	walked: (event, runbook) => wayWords(event, runbook),
	chosen: ({block, section}, runbook) => `chosen at ${block}: ${titleOf(runbook, section)}`,
};

const wishWords = {
	look: undefined,
	adopt: 'followed here to its end',
	clean: 'to be removed',
	leave: 'left there',
} as const;

const answerWords = {keys: '', line: ', with a line', 'hidden line': ', with a line that is not shown'} as const;

const sudoWords: Partial<Record<string, (user: string, why: string) => string>> = {
	password: user => `sudo asks for the password of ${user}`,
	none: (_user, why) => `sudo is of no use here: ${visibleLine(why)}`,
	accepted: user => `sudo takes the password of ${user}`,
	refused: user => `sudo does not take the password of ${user}; it is not sent again`,
	unheard: user => `nobody heard whether sudo takes the password of ${user}; it is not sent again`,
};

const becauseWords: Partial<Record<string, string>> = {
	choice: 'another option was chosen',
	jump: 'jumped over',
	once: 'done on an earlier host',
	check: 'as its check says',
	person: 'as the operator says',
};

const ways = {next: '==', jump: '== jump to', choice: '==', visit: '== visit', return: '== back to'} as const;

/** Where the walk went: `== visit Rollback Options > Downgrade`. */
export const wayWords = ({to, how}: Of<'walked'>, runbook: Runbook | undefined): string =>
	`${ways[how]} ${titleOf(runbook, to)}`;

/** The section with those around it: `During Patching > Apply`. */
export function titleOf(runbook: Runbook | undefined, id: string): string {
	const titles: string[] = [];
	for (let at = runbook && indexOf(runbook).sections.get(id); at; at = at.parent) titles.unshift(at.section.title);
	return visibleLine(titles.join(' > ') || id || 'the beginning');
}

const clock = (at: string): string => {
	const date = new Date(at);
	return Number.isNaN(date.getTime()) ? '--:--:--' : date.toTimeString().slice(0, 8);
};
