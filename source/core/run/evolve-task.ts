import type {Block} from '../runbook/model.ts';
import {indexOf} from '../runbook/outline.ts';
import type {Event, NewEvent, Plan} from './events.ts';
import {refusedBySudo} from './evolve-sudo.ts';
import type {Handed} from './handed.ts';
import {blockState, type HostState, type RunState, type TaskState} from './state.ts';
import {itemsAfter, stepOf} from './walk.ts';

/** What an event about a task does to its host. */
export function applyTask(state: RunState, host: HostState, event: Event | NewEvent): void {
	switch (event.type) {
		case 'task.planned': {
			state.tasks += 1;
			const before = blockState(host, event.block);
			host.tasks[event.task] = {...planOf(event), phase: 'planned', at: 'at' in event ? event.at : ''};
			host.blocks[event.block] = {...before, status: 'running', attempts: [...before.attempts, event.task]};
			renewAfter(state, host, event);
			host.judged.push(...(event.scopes ?? []));
			host.request = undefined;
			host.refused = undefined;
			host.stays = false;
			return;
		}
		case 'task.reported':
			update(host, event.task, ({looking, findings, ...task}) => ({
				...task,
				phase: phaseAfter(host, task, event),
				...reportOf(event),
			}));
			if (event.report.is === 'running') markRunning(host, event.task);
			if (event.report.is === 'ended' && event.report.sudoRefused) refusedBySudo(host);
			if (isOver(event.report.is) && host.tasks[event.task]?.risk !== 'reads') host.changes += 1;
			return;
		case 'task.overdue':
			return update(host, event.task, task => ({...task, overdue: event.which}));
		case 'task.looked':
			return update(host, event.task, ({findings, ...task}) => ({...task, looking: true}));
		case 'task.examined':
			return update(host, event.task, task => ({...task, findings: event.findings}));
		case 'task.waited':
			return update(host, event.task, ({overdue, ...task}) => task);
		case 'task.silent':
			return update(host, event.task, ({silent, ...task}) =>
				event.waits === 'nothing' ? task : {...task, silent: {waits: event.waits, bytes: event.bytes}},
			);
		case 'task.answered':
			return update(host, event.task, ({silent, overdue, ...task}) => ({
				...task,
				...(overdue === 'timeout' && {overdue}),
			}));
		case 'signal.refused':
			return update(host, event.task, task => spared(task, event.signal, event.why));
		case 'task.cancelled':
			return update(host, event.task, ({unsent, ...task}) => ({
				...task,
				cancel: {signal: event.signal, cause: task.cancel?.cause ?? event.cause},
			}));
		case 'task.reaped':
			return update(host, event.task, task => ({...task, phase: 'reaped'}));
		case 'values.captured':
			return takeValues(host, event);
		default:
	}
}

/** What was seen of a host says nothing any more once the connection was lost: it is asked again about what is unknown. */
export function lookAnew(host: HostState): void {
	for (const {task: id, phase, report} of Object.values(host.tasks)) {
		if (phase !== 'unknown') continue;
		update(host, id, ({findings, ...task}) => ({...task, ...(report?.is !== 'ended' && {looking: true})}));
	}
}

/** What a person or a check has settled is no longer unknown. */
export function settleTasks(host: HostState, block: string): void {
	for (const id of blockState(host, block).attempts) {
		update(host, id, task => (task.phase === 'unknown' ? {...task, phase: 'ended'} : task));
	}
}

function phaseAfter(
	host: HostState,
	task: TaskState,
	{report}: Extract<NewEvent, {type: 'task.reported'}>,
): TaskState['phase'] {
	if (report.is === 'running') return 'running';
	// Its reboot has still to be proven: until then nothing else may run.
	if (host.reboot?.task === task.task && report.is !== 'not-started') return 'running';
	if (task.risk === 'reads' || report.is === 'not-started') return 'ended';
	if (report.is === 'ended') return task.cancel ? 'unknown' : 'ended';
	return 'unknown';
}

const isOver = (is: string) => is !== 'running';

const reportOf = ({report, seen}: Extract<NewEvent, {type: 'task.reported'}>) => ({report, ...(seen && {seen})});

/** After another attempt at a command its undo is owed anew, and after a change the checks behind it speak again. */
function renewAfter(state: RunState, host: HostState, {block, variant = 0, risk}: Plan): void {
	const item = indexOf(state.runbook).items.get(block);
	const command = item?.variants[variant];
	if (!item || command?.kind !== 'command' || command.role !== 'run') return;
	const undos = itemsAfter(state, host, item, 'undo');
	state.once = state.once.filter(id => !undos.some(undo => undo.id === id));
	const items = stepOf(state, item.section.id)?.items ?? [];
	const checks = items.slice(items.indexOf(item) + 1).filter(each => each.variants.some(isCheck));
	for (const {id} of risk === 'reads' ? undos : [...undos, ...checks]) {
		const known = host.blocks[id];
		if (known && known.status !== 'not-applicable') host.blocks[id] = {...known, status: 'todo'};
	}
}

const isCheck = (block: Block): boolean => block.kind === 'command' && block.role === 'check';

function takeValues(host: HostState, {values, withheld = []}: Handed): void {
	Object.assign(host.values, values);
	for (const name of withheld) delete host.values[name];
	host.withheld = [...new Set([...host.withheld.filter(name => !Object.hasOwn(values, name)), ...withheld])];
	// What was given for an older value stands for it no more.
	host.secrets = host.secrets.filter(name => !withheld.includes(name));
}

/** As if the signal had not been wanted; of what a clock was to end, a person is asked. */
function spared({cancel, ...task}: TaskState, signal: 'TERM' | 'KILL', why: string): TaskState {
	return {
		...task,
		unsent: why,
		...(cancel && signal === 'KILL' && {cancel: {...cancel, signal: 'TERM'}}),
		...(cancel?.cause === 'timeout' && {overdue: 'timeout'}),
	};
}

/** What nobody knew of is at work after all. */
function markRunning(host: HostState, id: string): void {
	const block = host.tasks[id]?.block ?? '';
	const known = blockState(host, block);
	if (known.status === 'unknown' && known.attempts.at(-1) === id) host.blocks[block] = {...known, status: 'running'};
}

function update(host: HostState, id: string, change: (task: TaskState) => TaskState): void {
	const task = host.tasks[id];
	if (task) host.tasks[id] = change(task);
}

const planOf = ({task, block, variant, attempt, sha256, risk, delay, edited, scopes}: Plan): Plan => ({
	task,
	block,
	...(variant !== undefined && {variant}),
	attempt,
	risk,
	delay,
	...(sha256 !== undefined && {sha256}),
	...(edited && {edited}),
	...(scopes && {scopes}),
});
