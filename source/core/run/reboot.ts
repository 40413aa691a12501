// A reboot that a block asks for: done only when the same machine answers with a new boot id and has settled.
import type {Command} from '../runbook/model.ts';
import type {TaskId} from './host.ts';
import type {HostState, TaskState} from './state.ts';

/** One start of a machine, and how it stands. */
export type Boot = {
	/** /proc/sys/kernel/random/boot_id; empty where the host has none. */
	id: string;
	/** Release of the kernel; empty where nobody looked. */
	kernel: string;
	/** Units that have failed. */
	failed: string[];
	/** What `systemctl is-system-running` says; empty where there is no systemd, or nobody looked. */
	state: string;
};

/**
 * `going-down`: it still answers, with the boot id from before; `ssh-up`: it lets us in again, and nobody knows yet which
 * boot that is; `another-machine`: another one answers at its address.
 */
export type RebootPhase = 'going-down' | 'unreachable' | 'another-machine' | 'ssh-up' | 'new-boot';

export type BootMoment = 'before' | 'during' | 'after';

export type RebootState = {
	task: TaskId;
	block: string;
	before: Boot;
	/** Undefined until it begins to go down. */
	phase?: RebootPhase;
	/** Each phase that was reached, in order, with the time, UTC. */
	phases: {phase: RebootPhase; at: string}[];
	/** When the command was about to be started, UTC. */
	at: string;
	/** How often somebody began to wait for it: its time runs anew each time. */
	round: number;
	/** It takes longer than expected, or than it may; after so many milliseconds. */
	late?: {which: 'warning' | 'limit'; after: number; console?: string};
};

/** What is known of the last reboot; without a task it was somebody else's. */
export type Rebooted = {
	task?: TaskId;
	was: Boot;
	is: Boot;
	/** Milliseconds from the last answer before to the first one after it. */
	away?: number;
	/** Units that failed with it. */
	failed: string[];
};

/** A boot of which only the id is known. */
export const bootOf = (id: string): Boot => ({id, kernel: '', failed: [], state: ''});

/** Whether a task's command is over, and only its reboot is waited for. */
export const awaitsBoot = (host: HostState, task: TaskState): boolean =>
	host.reboot?.task === task.task && task.report !== undefined && task.report.is !== 'running';

/** Whether a command can run now: on the host over its connection, or without it on the jump box once it was given up. */
export const canRun = ({link, isGivenUp}: HostState, {on}: Command): boolean => link || (isGivenUp && on === 'control');

/** Milliseconds from the moment when it went away to the one when it was back; undefined where a clock is missing. */
export function timeAway({phases}: RebootState): number | undefined {
	const gone = phases.find(({phase}) => phase === 'unreachable') ?? phases[0];
	const back = phases.findLast(({phase}) => phase === 'new-boot');
	const away = gone && back ? Date.parse(back.at) - Date.parse(gone.at) : Number.NaN;
	return Number.isNaN(away) ? undefined : Math.max(0, away);
}
