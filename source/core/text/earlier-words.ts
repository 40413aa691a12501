import type {EarlierState, EarlierTask} from '../run/earlier.ts';
import type {TaskReport} from '../run/host.ts';
import {visibleLine} from './filter.ts';

/** What a task of an earlier run is: its name, since when, how it stands, and what was done about it here. */
export function earlierWords(each: EarlierTask | EarlierState): string {
	const {task, run, since, days} = each;
	const name = task.startsWith(`${run}.`) ? task.slice(run.length + 1) : task;
	const age = days === null ? '' : `, ${days === 0 ? 'less than a day' : `${days} d`} ago`;
	const begun = since === null ? '' : `, begun ${since.slice(0, 16).replace('T', ' ')} UTC${age}`;
	const words = [`${name} of run ${run}${begun}: ${reportWords(each.report)}`, doneWords(each)];
	return visibleLine(words.filter(Boolean).join('; '));
}

/** How the run that it belongs to is gone on with. */
export function resumeWords({here, run}: EarlierTask): string | undefined {
	return here === 'open' ? `handrail resume ${visibleLine(run)}` : undefined;
}

function reportWords(report: TaskReport): string {
	switch (report.is) {
		case 'running':
			return 'RUNNING';
		case 'ended':
			return `ended, exit ${report.exit}`;
		case 'lost': {
			const why = report.rebooted ? 'the host was rebooted' : 'its supervisor is gone';
			return `LOST, ${why}${report.alive ? ', processes of it are still at work' : ''}`;
		}
		case 'none':
			return 'gone';
		default:
			return `not known: ${report.why}`;
	}
}

function doneWords(each: EarlierTask | EarlierState): string | undefined {
	if (!('wish' in each || 'kept' in each || 'isGone' in each)) return undefined;
	const {wish, kept, copied, isGone} = each as EarlierState;
	const copy = copied === undefined ? '' : `${copied} bytes of its output are in this run's folder`;
	if (isGone) return [copy, 'removed from the host'].filter(Boolean).join(', ');
	if (kept !== undefined) return [copy, `not removed: ${kept}`].filter(Boolean).join(', ');
	if (wish === 'adopt') return copy || 'followed here';
	return wish === 'leave' ? 'left there' : undefined;
}
