// What a person wants, as events, or why not.
import {fullName} from '../gauges/gate.ts';
import {compile, firstMatch} from '../text/patterns.ts';
import {wishEarlier} from './decide-earlier.ts';
import {giveUpReboot} from './decide-reboot.ts';
import {runBlock, undoBlock} from './decide-run.ts';
import {endedTask, undoneBy} from './decide-task.ts';
import {choose, go, leaveOptions, visit} from './decide-way.ts';
import {type Decided, needsReason, refuse} from './decided.ts';
import type {LoginAbout, NewEvent} from './events.ts';
import type {HostName} from './host.ts';
import type {LoginQuestion} from './login-question.ts';
import {isConfirmed, isSecret} from './needs.ts';
import {awaitsBoot} from './reboot.ts';
import {
	blockState,
	currentHost,
	type HostState,
	named,
	type RunState,
	requestOf,
	runningTask,
	unsettledTask,
} from './state.ts';
import {isAskedForSudo, sudoSecret} from './sudo.ts';
import type {Intent} from './told.ts';
import {here} from './walk.ts';

type Of<T extends Intent['type']> = Extract<Intent, {type: T}>;

export function decideIntent(state: RunState, name: HostName | null, intent: Intent): Decided {
	const host = name === null ? currentHost(state) : named(state.hosts, name);
	if (state.left !== undefined && intent.type !== 'note') return refuse({code: 'not-now'});
	switch (intent.type) {
		case 'trust':
			return {events: [{host: null, type: 'run.trusted', sha256: state.beginning?.runbook.sha256 ?? ''}]};
		case 'note':
			return {events: [{host: name, type: 'note', text: intent.text}]};
		case 'leave':
			return {events: [{host: null, type: 'run.left', why: intent.why}]};
		case 'override':
			return override({...intent, guard: fullName(intent.guard)});
		case 'break-lock':
			return needsReason(intent.reason) ?? {events: [given('lock', intent.reason)]};
		case 'give-input':
			return giveInput(state, intent);
		case 'answer-login':
			return answerLogin(state, intent);
		default:
	}
	if (!host || host !== currentHost(state)) return refuse({code: 'not-now'});
	const isAway = !host.link && host.identity !== undefined && !(host.isGivenUp && intent.type === 'run');
	if (isAway && needsLink.has(intent.type)) return refuse({code: 'no-link', host: host.name});
	return ofHost(state, host, intent);
}

const needsLink = new Set<Intent['type']>(['run', 'undo', 'cancel', 'look']);

function ofHost(state: RunState, host: HostState, intent: Intent): Decided {
	switch (intent.type) {
		case 'confirm-identity':
			if (!host.renamed) return refuse({code: 'not-now'});
			return {events: [{host: host.name, type: 'identity.confirmed', identity: host.renamed}]};
		case 'give-secret':
			if (intent.name === sudoSecret && !isAskedForSudo(host)) return refuse({code: 'not-now'});
			return intent.name === sudoSecret || isSecret(state.runbook, host, intent.name)
				? {events: [{host: host.name, type: 'input.given', name: intent.name}]}
				: refuse({code: 'unknown-name', name: intent.name});
		case 'decline-sudo':
			return isAskedForSudo(host) ? {events: [{host: host.name, type: 'sudo.declined'}]} : refuse({code: 'not-now'});
		case 'give-fact':
			return intent.value === ''
				? refuse({code: 'bad-value', name: intent.key})
				: {events: [{host: host.name, type: 'fact.given', key: intent.key, value: intent.value}]};
		case 'run':
			return runBlock(state, host, intent);
		case 'undo':
			return undoBlock(state, host, intent);
		case 'confirm-manual':
			return confirmManual(state, host, intent);
		case 'choose':
			return choose(state, host, intent);
		case 'skip':
			return skip(state, host, intent);
		case 'settle':
			return settle(state, host, intent);
		case 'cancel':
			return cancel(host, intent);
		case 'look':
			return named(host.tasks, intent.task)?.phase === 'unknown'
				? {events: [{host: host.name, type: 'task.looked', task: intent.task}]}
				: refuse({code: 'not-now'});
		case 'earlier':
			return wishEarlier(host, intent);
		case 'wait':
			return named(host.tasks, intent.task)?.overdue || isLate(host, intent.task)
				? {events: [{host: host.name, type: 'task.waited', task: intent.task}]}
				: refuse({code: 'not-now'});
		case 'answer':
			return isAtWork(host, intent.task)
				? {events: [{host: host.name, type: 'task.answered', task: intent.task, how: intent.how}]}
				: refuse({code: 'not-now'});
		case 'go':
			return go(state, host, intent);
		case 'visit':
			return visit(state, host, intent.section);
		case 'ask-ways':
			return host.request || host.ending
				? refuse({code: 'not-now'})
				: {events: [{host: host.name, type: 'ways.asked'}]};
		case 'back':
			return back(host);
		case 'next':
			return next(host);
		case 'abort':
			return abort(state, host, intent);
		default:
			return refuse({code: 'not-now'});
	}
}

/** Guards that a reason may answer. */
function override({guard, reason}: Of<'override'>): Decided {
	if (guard === 'lock' || guard === 'identity' || guard === 'durable') return refuse({code: 'cannot-override', guard});
	return needsReason(reason) ?? {events: [given(guard, reason)]};
}

const given = (guard: string, reason: string): NewEvent => ({host: null, type: 'override.given', guard, reason});

function giveInput(state: RunState, {name, value}: Of<'give-input'>): Decided {
	const input = named(state.runbook.inputs, name);
	if (!input || input.secret) return refuse({code: 'unknown-name', name});
	const isListed = !input.values || input.values.includes(value);
	const isFitting = input.pattern === undefined || firstMatch(compile(input.pattern), value) !== undefined;
	const isClean = !value.includes('\0');
	if (isListed && isFitting && isClean) return {events: [{host: null, type: 'input.given', name, value}]};
	const {pattern, values} = input;
	return refuse({code: 'bad-value', name, ...(pattern && {pattern}), ...(values && {values})});
}

/** It may be another host than the one that is walked, and comes before anything is known of it. */
function answerLogin(state: RunState, {question, given}: Of<'answer-login'>): Decided {
	const {host, machine} = question;
	if (!named(state.hosts, host)) return refuse({code: 'not-now'});
	const asked = machine === undefined ? {} : {machine};
	return {events: [{host, type: 'login.answered', ...asked, about: loginAbout(question), given}]};
}

/** Without the words of the server: they are hostile, and may repeat what was typed. */
function loginAbout(question: LoginQuestion): LoginAbout {
	switch (question.kind) {
		case 'host-key': {
			const {kind, name, type, fingerprint} = question;
			return {kind, name, type, fingerprint};
		}
		case 'passphrase':
			return {kind: question.kind, file: question.file};
		default:
			return {kind: question.kind, user: question.user};
	}
}

function confirmManual(state: RunState, host: HostState, {block}: Of<'confirm-manual'>): Decided {
	const place = here(state, host);
	if (place.kind !== 'block' || place.item.id !== block || place.block.kind !== 'manual') {
		return refuse({code: 'not-here', block});
	}
	return {events: [{host: host.name, type: 'block.ended', block, end: 'done', because: 'person'}]};
}

function skip(state: RunState, host: HostState, {block, reason}: Of<'skip'>): Decided {
	const place = here(state, host);
	if (place.kind === 'end-of-step' || place.item.id !== block) return refuse({code: 'not-here', block});
	if (runningTask(host)) return refuse({code: 'still-running', task: runningTask(host)!.task});
	const unsettled = unsettledTask(host);
	if (unsettled?.block === block) return refuse({code: 'not-settled', task: unsettled.task, block});
	const lacking = needsReason(reason);
	if (lacking) return lacking;
	const events: NewEvent[] = [
		...dropRequest(host),
		{host: host.name, type: 'block.ended', block, end: 'skipped', because: 'person', reason},
		{host: host.name, type: 'deviation', about: {kind: 'skip', block}, reason},
	];
	const isChoice = place.kind === 'block' && place.block.kind === 'choice';
	return {events: isChoice ? [...events, ...leaveOptions(state, host, block)] : events};
}

const dropRequest = (host: HostState): NewEvent[] =>
	host.request ? [{host: host.name, type: 'request.dropped', request: requestOf(host.request)}] : [];

function settle(state: RunState, host: HostState, {block, end, reason}: Of<'settle'>): Decided {
	if (host.reboot?.block === block && isLate(host, host.reboot.task)) {
		return needsReason(reason) ?? giveUpReboot(host, end, reason);
	}
	if (blockState(host, block).status !== 'unknown') return refuse({code: 'not-here', block});
	const running = runningTask(host);
	if (running) return refuse({code: 'still-running', task: running.task});
	const task = host.tasks[blockState(host, block).attempts.at(-1)!]!;
	if (task.report?.is === 'lost' && task.report.alive) return refuse({code: 'still-alive', task: task.task});
	return (
		needsReason(reason) ?? {
			events: [
				{host: host.name, type: 'block.ended', block, end, because: 'person', reason},
				{host: host.name, type: 'deviation', about: {kind: 'settle', block}, reason},
				...(end === 'done' ? undoneBy(state, host, block) : []),
			],
		}
	);
}

/** TERM first, KILL when asked again. What changes takes the host's name. */
function cancel(host: HostState, {task: id, confirmed}: Of<'cancel'>): Decided {
	const task = named(host.tasks, id);
	if (!task || !isAtWork(host, id)) return refuse({code: 'not-now'});
	const needed = task.risk === 'reads' ? 'enter' : 'name';
	if (!isConfirmed(confirmed, needed)) return refuse({code: 'needs-confirmation', confirmation: needed});
	const signal = task.cancel ? 'KILL' : 'TERM';
	return {events: [{host: host.name, type: 'task.cancelled', task: id, signal, cause: 'cancelled'}]};
}

/** Its command is not over. */
function isAtWork(host: HostState, id: string): boolean {
	const task = named(host.tasks, id);
	return task?.phase === 'running' && !awaitsBoot(host, task);
}

const isLate = ({reboot}: HostState, task: string): boolean => reboot?.task === task && reboot.late?.which === 'limit';

function back(host: HostState): Decided {
	const visit = host.visits.at(-1);
	if (!visit || visit.from === '' || host.request) return refuse({code: 'not-now'});
	const running = runningTask(host);
	if (running) return refuse({code: 'still-running', task: running.task});
	return {events: [{host: host.name, type: 'walked', to: visit.from, how: 'return'}]};
}

function next(host: HostState): Decided {
	return host.stays && !host.request && !runningTask(host)
		? {events: [{host: host.name, type: 'walked', to: host.at, how: 'next'}]}
		: refuse({code: 'not-now'});
}

function abort(state: RunState, host: HostState, {reason}: Of<'abort'>): Decided {
	const isGone = !host.link || host.renamed !== undefined;
	const running = runningTask(host);
	const unsettled = unsettledTask(host);
	if (running && !isGone) return refuse({code: 'still-running', task: running.task});
	if (unsettled && !isGone) return refuse({code: 'not-settled', task: unsettled.task, block: unsettled.block});
	const lacking = needsReason(reason);
	if (lacking) return lacking;
	// A host that is gone for good cannot give its lock back: the second word ends the run all the same.
	if (host.ending && isGone) return {events: [{host: host.name, type: 'host.ended', end: 'aborted'}]};
	if (host.ending) return refuse({code: 'not-now'});
	const ending: NewEvent = {host: host.name, type: 'host.ending', end: 'aborted', reason};
	return {events: [...dropRequest(host), ...(running ? giveUp(state, host, running.task) : []), ending]};
}

/** Nobody will hear of it again: it stays unknown for ever, and the report says so. */
function giveUp(state: RunState, host: HostState, task: string): NewEvent[] {
	if (host.reboot) {
		const {block} = host.reboot;
		return [{host: host.name, type: 'block.ended', block, end: 'unknown', cause: 'disconnected'}];
	}
	const report = {is: 'cannot-tell', why: 'the host was given up while it ran'} as const;
	const ended = endedTask(state, host, {type: 'task', task, report});
	return 'events' in ended ? ended.events : [];
}
