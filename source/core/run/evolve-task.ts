import {indexOf} from '../runbook/outline.ts';
import type {Event, NewEvent} from './events.ts';
import {blockState, type HostState, type RunState, type TaskState} from './state.ts';

/** What an event about a task does to its host. */
export function applyTask(state: RunState, host: HostState, event: Event | NewEvent): void {
	switch (event.type) {
		case 'task.planned': {
			const {type, host: _name, by, ...plan} = event;
			state.tasks += 1;
			host.tasks[plan.task] = {...planOf(plan), phase: 'planned', at: 'at' in event ? event.at : ''};
			const before = blockState(host, plan.block);
			host.blocks[plan.block] = {...before, status: 'running', attempts: [...before.attempts, plan.task]};
			if (plan.risk !== 'reads') renewChecks(state, host, plan.block);
			host.judged.push(...(plan.scopes ?? []));
			host.request = undefined;
			host.refused = undefined;
			host.stays = false;
			return;
		}
		case 'task.reported':
			update(host, event.task, ({looking, ...task}) => ({...task, phase: phaseAfter(task, event), ...reportOf(event)}));
			if (isOver(event.report.is) && host.tasks[event.task]?.risk !== 'reads') host.changes += 1;
			return;
		case 'task.overdue':
			return update(host, event.task, task => ({...task, overdue: event.which}));
		case 'task.looked':
			return update(host, event.task, task => ({...task, looking: true}));
		case 'task.waited':
			return update(host, event.task, ({overdue, ...task}) => task);
		case 'task.cancelled':
			return update(host, event.task, task => ({
				...task,
				cancel: {signal: event.signal, cause: task.cancel?.cause ?? event.cause},
			}));
		case 'task.reaped':
			return update(host, event.task, task => ({...task, phase: 'reaped'}));
		case 'values.captured':
			Object.assign(host.values, event.values);
			return;
		default:
	}
}

/** What a person or a check has settled is no longer unknown. */
export function settleTasks(host: HostState, block: string): void {
	for (const id of blockState(host, block).attempts) {
		update(host, id, task => (task.phase === 'unknown' ? {...task, phase: 'ended'} : task));
	}
}

function phaseAfter(task: TaskState, {report}: Extract<NewEvent, {type: 'task.reported'}>): TaskState['phase'] {
	if (report.is === 'running') return 'running';
	if (task.risk === 'reads' || report.is === 'not-started') return 'ended';
	if (report.is === 'ended') return task.cancel ? 'unknown' : 'ended';
	return 'unknown';
}

const isOver = (is: string) => is !== 'running';

const reportOf = ({report, seen}: Extract<NewEvent, {type: 'task.reported'}>) => ({report, ...(seen && {seen})});

/** After another attempt at a command the checks behind it have to speak again. */
function renewChecks(state: RunState, host: HostState, block: string): void {
	const item = indexOf(state.runbook).items.get(block);
	if (!item) return;
	const items = indexOf(state.runbook).steps.find(step => step.section === item.section)?.items ?? [];
	for (const each of items.slice(items.indexOf(item) + 1)) {
		const isCheck = each.variants.some(variant => variant.kind === 'command' && variant.role === 'check');
		const known = host.blocks[each.id];
		if (isCheck && known && known.status !== 'not-applicable') host.blocks[each.id] = {...known, status: 'todo'};
	}
}

function update(host: HostState, id: string, change: (task: TaskState) => TaskState): void {
	const task = host.tasks[id];
	if (task) host.tasks[id] = change(task);
}

const planOf = (plan: Record<string, unknown>) => {
	const {seq, at, up, prev, ...rest} = plan;
	return rest as Omit<TaskState, 'phase' | 'at'>;
};
