import type {EarlierTask} from '../../core/run/earlier.ts';
import {TaskRefused} from '../tasks/task-protocol.ts';
import type {Host} from './host.ts';

/** So many are asked after; there are more only where nobody has cleaned up for long. */
const most = 50;

/** `RUN.TASK`: no name that a folder of this run's own tasks has. */
const named = /^\w[\w-]{0,150}\.[\w-]{1,40}$/;

export type EarlierOptions = {
	/** The run that asks; its own tasks are left out. */
	run?: string;
	now: Date;
	/** Whether the folder of a run is here, and the run open. */
	standing(run: string): Promise<EarlierTask['here']>;
};

/** Tasks on a host that other runs have left there, those at work and lost first. Throws `LinkLost`. */
export async function earlierTasks(host: Host, {run, now, standing}: EarlierOptions): Promise<EarlierTask[]> {
	const all = (await host.tasks().catch(noneIfRefused)).filter(name => named.test(name));
	const names = all.filter(name => run === undefined || !name.startsWith(`${run}.`));
	const owner = names.length > 0 ? await host.lockOwner?.() : undefined;
	const tasks: EarlierTask[] = [];
	for (const task of names.slice(0, most)) {
		const report = await host.ask(task);
		// Removed meanwhile, by the run that it belongs to.
		if (report.is === 'none') continue;
		const of = task.slice(0, task.lastIndexOf('.'));
		tasks.push({task, run: of, ...ageOf(of, now), here: await standing(of), holdsLock: owner?.run === of, report});
	}
	const rank = ({report}: EarlierTask) => (report.is === 'running' ? 0 : report.is === 'ended' ? 2 : 1);
	return tasks.sort((a, b) => rank(a) - rank(b));
}

/** The minute (UTC) with which the id of a run begins; a clock that is off makes no negative age. */
function ageOf(run: string, now: Date): Pick<EarlierTask, 'since' | 'days'> {
	const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)-/.exec(run) ?? [];
	const since = new Date(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
	if (Number.isNaN(since.getTime())) return {since: null, days: null};
	return {since: since.toISOString(), days: Math.max(0, Math.floor((now.getTime() - since.getTime()) / dayLength))};
}

const dayLength = 86_400_000;

/** A host without a folder of tasks has none. */
function noneIfRefused(error: unknown): string[] {
	if (error instanceof TaskRefused) return [];
	throw error;
}
