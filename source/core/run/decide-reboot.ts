// What the world said of a host that reboots, as events.
import {endedTask} from './decide-task.ts';
import {type Decided, refuse} from './decided.ts';
import type {NewEvent} from './events.ts';
import type {Identity} from './host.ts';
import {awaitsBoot, bootOf, type RebootPhase, timeAway} from './reboot.ts';
import {type HostState, named, type RunState} from './state.ts';
import type {Observation} from './told.ts';

type Of<T extends Observation['type']> = Extract<Observation, {type: T}>;

const nothing: Decided = {events: []};

/** The host before a command that reboots it, or after it, settled. */
export function sawBoot(state: RunState, host: HostState, {task: id, moment, boot}: Of<'boot'>): Decided {
	const task = named(host.tasks, id);
	if (!task) return nothing;
	if (moment === 'before') {
		if (task.phase !== 'planned' || host.reboot) return nothing;
		if (boot.id !== '') return {events: [{host: host.name, type: 'reboot.began', task: id, before: boot}]};
		return endedTask(state, host, {type: 'task', task: id, report: {is: 'not-started', why: unprovable}});
	}
	const {reboot} = host;
	if (moment === 'during' || reboot?.phase !== 'new-boot' || !awaitsBoot(host, task) || boot.id === reboot.before.id)
		return nothing;
	const {before, block} = reboot;
	const failed = boot.failed.filter(unit => !before.failed.includes(unit));
	const away = timeAway(reboot);
	const proven = {task: id, was: before, is: boot, ...(away !== undefined && {away}), failed};
	return {
		events: [
			{host: host.name, type: 'rebooted', ...proven},
			{host: host.name, type: 'block.ended', block, end: 'done', cause: 'rebooted'},
		],
	};
}

const unprovable = 'the host tells no boot id (/proc/sys/kernel/random/boot_id): nobody could say that it was rebooted';

/** A connection stands: which boot answers is known with the next word. */
export const sawLink = (host: HostState): Decided =>
	!host.link && host.reboot?.phase === 'unreachable' ? {events: phase(host, 'ssh-up')} : nothing;

/** No connection could be made. */
export const sawNothing = (host: HostState, why: string): Decided =>
	host.reboot && !host.link ? {events: phase(host, 'unreachable', why)} : nothing;

/** Another machine answers at the address of one that reboots: the node of a cluster that took it over, say. */
export const sawAnother = (host: HostState, {ownName}: Identity): NewEvent[] =>
	phase(host, 'another-machine', `it calls itself ${ownName}`);

/** What it means that a boot id answers. */
export function sawBootId(host: HostState, bootId: string): NewEvent[] {
	const {reboot} = host;
	if (!reboot) {
		if (!host.bootId || !bootId || host.bootId === bootId) return [];
		return [{host: host.name, type: 'rebooted', was: bootOf(host.bootId), is: bootOf(bootId), failed: []}];
	}
	if (bootId === reboot.before.id || bootId === '') return reboot.phase ? phase(host, 'going-down') : [];
	const task = host.tasks[reboot.task]!;
	// Whatever became of the start: it is not sent once more to a host that has rebooted.
	const report = {is: 'lost', rebooted: true, alive: false} as const;
	const lost: NewEvent[] =
		task.phase === 'planned' ? [{host: host.name, type: 'task.reported', task: task.task, report}] : [];
	return [...lost, ...phase(host, 'new-boot')];
}

/** It goes down where its connection is lost for the first time. */
export const lostLink = (host: HostState): NewEvent[] =>
	host.reboot && !host.reboot.phase ? phase(host, 'going-down') : [];

/** It takes longer than it should. */
export function lateBoot(host: HostState, {task, which, after, console}: Of<'boot-late'>): Decided {
	const {reboot} = host;
	if (reboot?.task !== task || reboot.late?.which === 'limit' || reboot.late?.which === which) return nothing;
	const said = {task, which, after, ...(console !== undefined && {console})};
	return {events: [{host: host.name, type: 'reboot.late', ...said}]};
}

/** The operator gives up waiting. */
export function giveUpReboot(host: HostState, end: 'done' | 'failed', reason: string): Decided {
	const {block} = host.reboot!;
	// Only the host itself can say that it was rebooted.
	if (end === 'done') return refuse({code: 'not-rebooted', block});
	return {
		events: [
			{host: host.name, type: 'block.ended', block, end, because: 'person', reason},
			{host: host.name, type: 'deviation', about: {kind: 'settle', block}, reason},
		],
	};
}

/** Each phase once, until another one follows. */
export function phase(host: HostState, next: RebootPhase, why?: string): NewEvent[] {
	const {reboot} = host;
	if (!reboot || reboot.phase === next) return [];
	return [{host: host.name, type: 'reboot.phase', task: reboot.task, phase: next, ...(why && {why})}];
}
