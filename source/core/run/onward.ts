// What follows by itself from a state: without a person, without the world.
import type {Command} from '../runbook/model.ts';
import {type Item, indexOf, roleOf} from '../runbook/outline.ts';
import {canBeChecked, checksAfter, isCheckDue, isRepeated} from './checks.ts';
import type {End, NewEvent, Plan} from './events.ts';
import {dueRequirements, isExempt, isRefusing, judgeRequest, lacksOf, scopesOf} from './guards.ts';
import {missingInputs} from './needs.ts';
import {canRun} from './reboot.ts';
import {
	blockState,
	currentHost,
	type HostState,
	type RunState,
	requestOf,
	runningTask,
	type TaskState,
	unsettledTask,
} from './state.ts';
import {blockFor, here, isLookingForHelp, nextStep, obligations, stepOf, stepsInScope, walkedItems} from './walk.ts';

/** Milliseconds between the attempts of `retries`. */
const pause = 2000;

/** The next events that follow; none where a person or the world has to speak. */
export function onward(state: RunState): NewEvent[] {
	if (!state.beginning || state.ended || state.left !== undefined) return [];
	const stopped = state.order.find(name => (state.hosts[name]!.ended ?? 'completed') !== 'completed');
	const host = stopped === undefined ? currentHost(state) : undefined;
	if (!host) return [{host: null, type: 'run.ended', end: stopped ? state.hosts[stopped]!.ended! : 'completed'}];
	const isReached = host.link && !host.renamed && state.trusted;
	if (host.ending === 'aborted' && !isReached && isUntouched(host)) return [endOf(host, 'aborted')];
	if (host.renamed || !state.trusted || runningTask(host)) return [];
	if (host.request) return afterRequest(state, host);
	if (!host.link && !host.isGivenUp) return [];
	const unsettled = unsettledTask(host);
	const checked = unsettled ? checkUnknown(state, host, unsettled) : [];
	return checked.length > 0 || (unsettled && !isLookingForHelp(state, host)) ? checked : afterPlace(state, host);
}

/** A task of a command; ids count through the run, so that they are the same whoever decides. */
export function planTask(state: RunState, host: HostState, item: Item, block: Command, more: Partial<Plan>): NewEvent {
	return {
		host: host.name,
		type: 'task.planned',
		task: `t${String(state.tasks + 1).padStart(4, '0')}`,
		block: item.id,
		...(item.variants.indexOf(block) > 0 && {variant: item.variants.indexOf(block)}),
		attempt: blockState(host, item.id).attempts.length + 1,
		risk: block.risk,
		delay: 0,
		...more,
	};
}

function afterPlace(state: RunState, host: HostState): NewEvent[] {
	const place = here(state, host);
	if (place.kind === 'not-applicable') {
		return [{host: host.name, type: 'block.ended', block: place.item.id, end: 'not-applicable', because: 'when'}];
	}
	if (place.kind === 'end-of-step') return host.ending ? afterObligations(state, host) : afterStep(state, host);
	if (place.kind !== 'block') return [];
	const {item, block} = place;
	const known = blockState(host, item.id);
	if (known.status === 'todo' && state.once.includes(item.id)) {
		return [{host: host.name, type: 'block.ended', block: item.id, end: 'done', because: 'once'}];
	}
	if (block.kind !== 'command' || block.placeholders.length > 0 || !canRun(host, block)) return [];
	const isReady = missingInputs(state, host, block, block.script).length === 0;
	if (known.status === 'failed') {
		return isReady && isRepeated(host, item, block) ? [planTask(state, host, item, block, {delay: pause})] : [];
	}
	const step = stepOf(state, item.section.id);
	const isDue = block.role === 'check' && known.status === 'todo' && step && isCheckDue(host, item, step);
	return isDue && isReady ? [planTask(state, host, item, block, {})] : [];
}

function afterStep(state: RunState, host: HostState): NewEvent[] {
	if (host.stays) return [];
	const next = nextStep(state, host);
	if (next) return [{host: host.name, type: 'walked', to: next.section.id, how: 'next'}];
	const visit = host.visits.at(-1);
	if (!visit) return [{host: host.name, type: 'host.ending', end: endOfWalk(state, host)}];
	const end = isWayBack(state, host, visit.section)
		? 'rolled-back'
		: visit.from === '' && isRollbackRun(state) && 'aborted';
	if (end) return [{host: host.name, type: 'host.ending', end}];
	return [{host: host.name, type: 'walked', to: visit.from, how: 'return'}];
}

/**
 * A rollback option that was gone to its end: something was changed back, by a command or, where it has none that
 * changes, by hand; and nothing that failed was left so.
 */
function isWayBack(state: RunState, host: HostState, section: string): boolean {
	if (roleOf(indexOf(state.runbook), section) !== 'rollback') return false;
	const walked = stepsInScope(state, host)
		.flatMap(walkedItems)
		.map(item => ({block: blockFor(state, host, item.id)?.block, ...blockState(host, item.id)}))
		.filter(({status}) => status !== 'not-applicable');
	if (walked.some(({failed}) => failed)) return false;
	const changing = walked.filter(({block}) => block?.kind === 'command' && block.risk !== 'reads');
	const deeds = changing.length > 0 ? changing : walked.filter(({block}) => block?.kind === 'manual');
	return deeds.some(({status}) => status === 'done');
}

function afterObligations(state: RunState, host: HostState): NewEvent[] {
	if (obligations(state, host).length > 0) return [];
	const isTidy = !host.locked && Object.values(host.tasks).every(task => task.phase === 'reaped');
	if ((host.baseline && !host.final) || !isTidy) return [];
	return [endOf(host, host.ending!)];
}

function afterRequest(state: RunState, host: HostState): NewEvent[] {
	const request = host.request!;
	const found = blockFor(state, host, request.block);
	if (found?.block.kind !== 'command') return [{host: host.name, type: 'request.dropped', request: requestOf(request)}];
	const {item, block} = found;
	if (!host.link || lacksOf(state, host, item, block).length > 0) return [];
	const judgements = judgeRequest(state, host, item, block);
	const events: NewEvent[] = judgements.map(each => ({host: host.name, type: 'judged', ...each}));
	if (judgements.some(isRefusing)) {
		const guards = judgements.filter(isRefusing);
		return [...events, {host: host.name, type: 'request.refused', request: requestOf(request), guards}];
	}
	for (const {guard, evidence, overridden} of judgements) {
		if (overridden === undefined) continue;
		const about = {kind: 'override', guard, evidence} as const;
		events.push({host: host.name, type: 'deviation', about, reason: overridden});
	}
	if (request.edited) {
		const about = {kind: 'edit', block: item.id} as const;
		events.push({host: host.name, type: 'deviation', about, reason: request.edited.reason});
	}
	const scopes = isExempt(state, item, block) ? [] : judgedScopes(state, host, item, block);
	const risk = block.risk === 'reads' ? 'changes' : block.risk;
	const more = {risk, ...(request.edited && {edited: request.edited}), ...(scopes.length > 0 && {scopes})};
	return [...events, planTask(state, host, item, block, more)];
}

const judgedScopes = (state: RunState, host: HostState, item: Item, block: Command): string[] =>
	dueRequirements(state, host, item, block).length > 0 || !host.judged.includes('')
		? scopesOf(state, item).filter(scope => !host.judged.includes(scope))
		: [];

/** Once none of its processes is left, and it was seen how its host stands, the checks behind a command tell how it ended. */
function checkUnknown(state: RunState, host: HostState, task: TaskState): NewEvent[] {
	if (!canBeChecked(task) || !task.findings) return [];
	for (const item of checksAfter(state, host, indexOf(state.runbook).items.get(task.block)!)) {
		const {status} = blockState(host, item.id);
		const block = blockFor(state, host, item.id)!.block as Command;
		const isDue = status === 'todo' || (status === 'failed' && isRepeated(host, item, block));
		const isReady = block.placeholders.length === 0 && missingInputs(state, host, block, block.script).length === 0;
		if (isDue && isReady) return [planTask(state, host, item, block, {delay: status === 'todo' ? 0 : pause})];
	}
	return [];
}

/** A failure that was skipped counts where the walk passes, not in what was only visited. */
function endOfWalk(state: RunState, host: HostState): End {
	const index = indexOf(state.runbook);
	const isFailed = Object.entries(host.blocks).some(
		([id, block]) => block.failed && !roleOf(index, index.items.get(id)?.section.id ?? ''),
	);
	return isFailed ? 'completed-with-failures' : 'completed';
}

const endOf = (host: HostState, end: End): NewEvent => ({host: host.name, type: 'host.ended', end});

/** Nothing of the run is on it: no task, no lock. */
const isUntouched = (host: HostState): boolean => !host.locked && Object.keys(host.tasks).length === 0;

const isRollbackRun = (state: RunState): boolean => state.beginning?.rollback !== undefined;
