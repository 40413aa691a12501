import type {BlockEnd, Event, NewEvent} from './events.ts';
import type {HostState} from './state.ts';

/** What an event about a reboot does to its host. */
export function applyReboot(host: HostState, event: Event | NewEvent): void {
	const at = 'at' in event ? event.at : '';
	switch (event.type) {
		case 'reboot.began': {
			const {task, before} = event;
			const block = host.tasks[task]?.block ?? '';
			host.reboot = {task, block, before, phases: [], at, round: 1};
			return;
		}
		case 'reboot.phase':
			if (!host.reboot) return;
			host.reboot = {
				...host.reboot,
				phase: event.phase,
				phases: [...host.reboot.phases, {phase: event.phase, at}].slice(-mostPhases),
			};
			return;
		case 'reboot.late': {
			const {which, after, console} = event;
			if (host.reboot) host.reboot = {...host.reboot, late: {which, after, ...(console !== undefined && {console})}};
			return;
		}
		case 'task.waited':
			if (host.reboot?.task === event.task) waitAnew(host);
			return;
		case 'rebooted': {
			const {was, is, failed, task, away} = event;
			host.rebooted = {was, is, failed, ...(task !== undefined && {task}), ...(away !== undefined && {away})};
			if (task === undefined) forgetBoot(host);
			return;
		}
		default:
	}
}

/** A host that comes and goes for hours has its last phases. */
const mostPhases = 50;

/** Whoever begins to wait for it gives it all its time. */
export function waitAnew(host: HostState): void {
	if (!host.reboot) return;
	const {late, ...reboot} = host.reboot;
	host.reboot = {...reboot, round: reboot.round + 1};
}

/** Its block has ended: by proof, or because it failed, was cancelled or given up. */
export function endReboot(host: HostState, block: string, end: BlockEnd, isGivenUp: boolean): void {
	if (host.reboot?.block !== block) return;
	const task = host.tasks[host.reboot.task];
	if (task?.phase === 'running' || task?.phase === 'planned')
		host.tasks[task.task] = {...task, phase: end === 'unknown' ? 'unknown' : 'ended'};
	host.changes += 1;
	host.isGivenUp = isGivenUp && !host.link;
	host.reboot = undefined;
}

/** Somebody else rebooted it: what was found out of it before says nothing any more. */
function forgetBoot(host: HostState): void {
	host.judged = [];
	host.changes += 1;
	if (!host.request) return;
	const {readings, ...request} = host.request;
	host.request = {...request, guards: {}};
}
