// What the world said, as events. Told twice, it happens once.

import {sawEarlier} from './decide-earlier.ts';
import {lateBoot, lostLink, sawAnother, sawBoot, sawBootId, sawLink, sawNothing} from './decide-reboot.ts';
import {endedTask} from './decide-task.ts';
import {type Decided, refuse} from './decided.ts';
import {noLock} from './guards.ts';
import type {HostName, Identity, LockOwner} from './host.ts';
import {type HostState, named, type RunState, requestOf} from './state.ts';
import {sudoSecret} from './sudo.ts';
import type {Observation} from './told.ts';

type Of<T extends Observation['type']> = Extract<Observation, {type: T}>;

export function decideObservation(state: RunState, name: HostName | null, what: Observation): Decided {
	const host = named(state.hosts, name);
	if (!host) return nothing;
	switch (what.type) {
		case 'met':
			return meet(host, what);
		case 'link-lost':
			return host.link ? {events: [{host: host.name, type: 'link.lost', why: what.why}, ...lostLink(host)]} : nothing;
		case 'link-up':
			return sawLink(host);
		case 'unreachable':
			return sawNothing(host, what.why);
		case 'boot':
			return sawBoot(state, host, what);
		case 'boot-late':
			return lateBoot(host, what);
		case 'task':
			return endedTask(state, host, what);
		case 'overdue':
			return overdue(host, what);
		case 'signal-refused': {
			const {task, signal, why} = what;
			const isWanted = named(host.tasks, task)?.phase === 'running' && host.tasks[task]!.cancel?.signal === signal;
			return isWanted ? {events: [{host: host.name, type: 'signal.refused', task, signal, why}]} : nothing;
		}
		case 'silent':
			return silent(host, what);
		case 'earlier-told':
		case 'earlier-gone':
		case 'earlier-kept':
			return sawEarlier(host, what);
		case 'examined':
			return examined(host, what);
		case 'reaped':
			if (named(host.tasks, what.task)?.phase !== 'ended') return nothing;
			return {events: [{host: host.name, type: 'task.reaped', task: what.task}]};
		case 'lock':
			return lock(state, host, what);
		case 'unlocked':
			return host.locked ? {events: [{host: host.name, type: 'lock.released'}]} : nothing;
		case 'durable': {
			const {on, can, why} = what;
			if (host.durable[on]) return nothing;
			return {events: [{host: host.name, type: 'durable.answered', on, can, ...(why && {why})}]};
		}
		case 'sudo':
			return answeredBySudo(host, what);
		case 'sampled': {
			const {moment, readings} = what;
			const isWanted = moment === 'final' ? !host.final : host.request && (moment === 'gate' || !host.baseline);
			return isWanted ? {events: [{host: host.name, type: 'sampled', moment, readings}]} : nothing;
		}
		case 'crossed':
			// Before the first change there is the baseline, which says it all.
			return host.baseline && !host.ended
				? {events: [{host: host.name, type: 'gauge.crossed', ...what.crossing}]}
				: nothing;
		case 'probed': {
			const {block, answer, evidence} = what;
			return {events: [{host: host.name, type: 'probed', block, answer, evidence}]};
		}
		case 'guard': {
			const {guard, holds, evidence} = what;
			return host.request ? {events: [{host: host.name, type: 'judged', guard, holds, evidence}]} : nothing;
		}
	}
}

const nothing: Decided = {events: []};

/** The answer to a question counts while that is open. */
function answeredBySudo(host: HostState, {is, user, why}: Of<'sudo'>): Decided {
	const isLook = is === 'free' || is === 'password';
	const isTried = host.sudo?.is === 'password' && host.secrets.includes(sudoSecret);
	const isOpen = isLook ? !host.sudo : isTried || (is === 'none' && !host.sudo);
	return isOpen ? {events: [{host: host.name, type: 'sudo.answered', is, user, ...(why && {why})}]} : nothing;
}

/** A clock ends what reads, by TERM and then by KILL; about what changes, and about silence, a person is asked. */
function overdue(host: HostState, {task: id, which}: Of<'overdue'>): Decided {
	const task = named(host.tasks, id);
	if (task?.phase !== 'running') return nothing;
	if (task.risk !== 'reads' || which === 'idle') {
		return task.overdue ? nothing : {events: [{host: host.name, type: 'task.overdue', task: id, which}]};
	}
	if (task.cancel?.signal === 'KILL') return nothing;
	const signal = task.cancel ? 'KILL' : 'TERM';
	return {events: [{host: host.name, type: 'task.cancelled', task: id, signal, cause: 'timeout'}]};
}

/** While it is unknown, and the host's own word on it is not being asked for. */
function examined(host: HostState, {task: id, findings}: Of<'examined'>): Decided {
	const task = named(host.tasks, id);
	const isWanted = task?.phase === 'unknown' && !task.looking && !task.findings;
	return isWanted ? {events: [{host: host.name, type: 'task.examined', task: id, findings}]} : nothing;
}

/** Said once for each place of the output where it waits. */
function silent(host: HostState, {task: id, waits, bytes}: Of<'silent'>): Decided {
	const task = named(host.tasks, id);
	if (task?.phase !== 'running') return nothing;
	const known = task.silent;
	const isNews = waits === 'nothing' ? known !== undefined : known?.waits !== waits || known.bytes !== bytes;
	return isNews ? {events: [{host: host.name, type: 'task.silent', task: id, waits, bytes}]} : nothing;
}

/** Another machine-id or host key is another machine, without override; another own name alone is asked about. */
function meet(host: HostState, {identity, bootId, facts, earlier = []}: Of<'met'>): Decided {
	const another = anotherMachine(host.identity, identity);
	// While it reboots, its address may lead elsewhere for a time.
	if (another) return host.reboot ? {events: sawAnother(host, identity)} : another;
	const found = host.identity ? [] : earlier;
	return {
		events: [
			{host: host.name, type: 'host.met', identity, bootId, facts},
			...sawBootId(host, bootId),
			...(found.length > 0 ? [{host: host.name, type: 'earlier.found', tasks: found} as const] : []),
		],
	};
}

function anotherMachine(was: Identity | undefined, identity: Identity): Decided | undefined {
	if (was?.machineId && was.machineId !== identity.machineId) {
		const [before, now] = [was.machineId, identity.machineId];
		return refuse({code: 'another-machine', what: 'machine-id', was: before, is: now});
	}
	if (was?.hostKey && was.hostKey !== identity.hostKey) {
		return refuse({code: 'another-machine', what: 'host key', was: was.hostKey, is: identity.hostKey});
	}
	return undefined;
}

const holderOf = ({owner, run, since}: LockOwner): string => `${owner}${run && ` with run ${run}`} since ${since}`;

function lock(state: RunState, host: HostState, {answer}: Of<'lock'>): Decided {
	if (!answer.taken) {
		if (!host.request) return nothing;
		const held = {
			guard: 'lock',
			holds: false,
			evidence: 'why' in answer ? noLock + answer.why : holderOf(answer.owner),
		};
		const request = requestOf(host.request);
		return {
			events: [
				{host: host.name, type: 'judged', ...held},
				{host: host.name, type: 'request.refused', request, guards: [held]},
			],
		};
	}
	// Also where nobody waits for it any more: the host holds it, so it is to be given back.
	const taken = {host: host.name, type: 'lock.taken', since: answer.since} as const;
	if (!answer.broke) return {events: [taken]};
	const about = {kind: 'break-lock', owner: answer.broke} as const;
	return {
		events: [
			{host: host.name, type: 'deviation', about, reason: state.overrides['lock'] ?? ''},
			{host: host.name, type: 'lock.broken', owner: answer.broke},
			taken,
		],
	};
}
