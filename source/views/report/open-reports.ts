import type {OpenReport} from '../../core/run/run-report.ts';
import {runningTask, unsettledTask} from '../../core/run/state.ts';
import {obligations} from '../../core/run/walk.ts';
import {type Context, sectionOf} from './context.ts';

/** What is still owed to a host: undos, the word on how a task ended, its lock once the run has ended. */
export function openReports(context: Context): OpenReport[] {
	const {state} = context;
	return state.order.flatMap(name => {
		const host = state.hosts[name]!;
		const of = (what: OpenReport['what'], block: string): OpenReport => ({
			host: name,
			what,
			block,
			section: sectionOf(context, block),
		});
		const open = obligations(state, host).map(({item}) => of('obligation', item.id));
		const task = runningTask(host) ?? unsettledTask(host);
		if (task) open.push(of(task.phase === 'unknown' ? 'unsettled' : 'running', task.block));
		if (state.ended && host.locked) open.push({host: name, what: 'lock', block: null, section: null});
		return open;
	});
}
