import type {Block, Command} from '../runbook/model.ts';
import {indexOf} from '../runbook/outline.ts';
import type {On} from './durability.ts';
import {lacksOf} from './guards.ts';
import type {HostName, TaskId} from './host.ts';
import {isSecret, missingInputs} from './needs.ts';
import {answerOf, defaultOption, probeOf, rollbackOptions} from './options.ts';
import {awaitsBoot, type BootMoment, canRun} from './reboot.ts';
import {currentHost, type HostState, type RunState, runningTask, type TaskState} from './state.ts';
import {lackOfBlock, type SudoLack} from './sudo.ts';
import {blockFor, here, obligations} from './walk.ts';

/** Something to be done in the world. The key says when two are the same: one is carried out once at a time. */
export type Effect = {key: string; host: HostName} & Deed;

export type Deed =
	| {do: 'connect'}
	| {do: 'lock'}
	| {do: 'unlock'}
	| {do: 'ask-durable'; on: On}
	| {do: 'ask-sudo'}
	| {do: 'try-sudo'}
	| {do: 'sample'; moment: 'baseline' | 'gate' | 'final'}
	| {do: 'probe'; block: string}
	| {do: 'judge'; guard: 'window' | 'promotion'}
	/** How the host stands before a command that reboots it, as long as it still answers, and once it is back. */
	| {do: 'look-at-boot'; task: TaskId; moment: BootMoment}
	/** Tells when a reboot takes too long. */
	| {do: 'await-boot'; task: TaskId}
	| {do: 'start'; task: TaskId}
	| {do: 'follow'; task: TaskId}
	| {do: 'ask'; task: TaskId}
	/** What can be seen after it, where nobody knows how it ended. */
	| {do: 'examine'; task: TaskId}
	/** Of earlier runs: asked after, followed to its end, removed. */
	| {do: 'ask-earlier'; task: TaskId}
	| {do: 'adopt'; task: TaskId}
	| {do: 'clear'; task: TaskId}
	| {do: 'cancel'; task: TaskId; signal: 'TERM' | 'KILL'}
	| {do: 'reap'; task: TaskId};

/** What has to be done, from the state alone: so that a resume is the ordinary way. */
export function effects(state: RunState): Effect[] {
	// What the document runs by itself is agreed to before the first connection.
	if (!state.beginning || !state.trusted || state.left !== undefined) return [];
	const current = currentHost(state);
	return current ? effectsOf(state, current) : [];
}

function effectsOf(state: RunState, host: HostState): Effect[] {
	if (!host.link) {
		return [
			{key: `${host.name}/connect`, host: host.name, do: 'connect'},
			...ofReboot(host),
			...whileAway(state, host),
		];
	}
	if (host.renamed) return ofReboot(host);
	const deeds = [...ofEarlier(host), ...Object.values(host.tasks).flatMap(task => ofTask(state, host, task))];
	if (host.request) deeds.push(...ofRequest(state, host));
	else if (!runningTask(host)) deeds.push(...ofPlace(state, host), ...ofWays(state, host));
	return [...deeds, ...ofReboot(host)];
}

/** What runs on the jump box for a host that was given up. */
function whileAway(state: RunState, host: HostState): Effect[] {
	const running = runningTask(host);
	const block = running && blockFor(state, host, running.block)?.block;
	return block?.kind === 'command' && canRun(host, block) ? ofTask(state, host, running!) : [];
}

/** Its time runs until it is over, and anew whenever somebody begins to wait. */
function ofReboot({name, reboot}: HostState): Effect[] {
	if (!reboot || reboot.late?.which === 'limit') return [];
	return [{key: `${name}/await-boot/${reboot.task}/${reboot.round}`, host: name, do: 'await-boot', task: reboot.task}];
}

function ofTask(state: RunState, host: HostState, task: TaskState): Effect[] {
	const effect = (deed: Deed & {task: TaskId}): Effect => ({
		key: `${host.name}/${deed.do}/${deed.task}${'signal' in deed ? `/${deed.signal}` : ''}${'moment' in deed ? `/${deed.moment}` : ''}`,
		host: host.name,
		...deed,
	});
	if (task.phase === 'planned') {
		const lack = lackOfBlock(state, host, task.block, task.edited?.script);
		if (lack) return ofSudo(host, lack);
		if (lacksSecrets(state, host, task)) return [];
		return [
			isToReboot(state, host, task) && !host.reboot
				? effect({do: 'look-at-boot', task: task.task, moment: 'before'})
				: effect({do: 'start', task: task.task}),
		];
	}
	if (task.phase === 'ended') return [effect({do: 'reap', task: task.task})];
	if (task.looking) return [effect({do: 'ask', task: task.task})];
	if (task.phase === 'unknown' && !task.findings) return [effect({do: 'examine', task: task.task})];
	if (task.phase !== 'running') return [];
	if (awaitsBoot(host, task)) {
		const moment = host.reboot?.phase === 'new-boot' ? 'after' : 'during';
		return [effect({do: 'look-at-boot', task: task.task, moment})];
	}
	// Without its secrets nobody could mask them in what it prints and hands on.
	const follow = lacksSecrets(state, host, task) ? [] : [effect({do: 'follow', task: task.task})];
	return task.cancel ? [...follow, effect({do: 'cancel', task: task.task, signal: task.cancel.signal})] : follow;
}

function ofEarlier(host: HostState): Effect[] {
	return host.earlier.flatMap(({task, wish, copied, isGone}): Effect[] => {
		if (isGone || !wish || wish === 'leave') return [];
		const isToGo = wish === 'clean' || (wish === 'adopt' && copied !== undefined);
		const deed = wish === 'look' ? 'ask-earlier' : isToGo ? 'clear' : 'adopt';
		return [{key: `${host.name}/${deed}/${task}`, host: host.name, do: deed, task}];
	});
}

function ofRequest(state: RunState, host: HostState): Effect[] {
	const request = host.request!;
	const found = blockFor(state, host, request.block);
	if (found?.block.kind !== 'command') return [];
	return lacksOf(state, host, found.item, found.block).map((lack): Effect => {
		const key = (what: string) => ({key: `${host.name}/${what}/${request.id}`, host: host.name});
		if (lack.what === 'lock') return {...key('lock'), do: 'lock'};
		if (lack.what === 'durable') return durability(host, lack.on);
		if (lack.what === 'baseline') return {...key('baseline'), do: 'sample', moment: 'baseline'};
		if (lack.what === 'probe') return probe(state, host, lack.block);
		if (lack.what === 'guard') return {...key(lack.guard), do: 'judge', guard: lack.guard};
		return {...key('readings'), do: 'sample', moment: 'gate'};
	});
}

/** What the place of the walk wants: options of a choice; at the end a last sample, and the lock given back. */
function ofPlace(state: RunState, host: HostState): Effect[] {
	const place = here(state, host);
	if (place.kind === 'end-of-step') {
		if (!host.ending || obligations(state, host).length > 0) return [];
		if (host.baseline && !host.final) {
			return [{key: `${host.name}/final`, host: host.name, do: 'sample', moment: 'final'}];
		}
		return host.locked ? [{key: `${host.name}/unlock`, host: host.name, do: 'unlock'}] : [];
	}
	if (place.kind !== 'block' || !state.trusted) return [];
	if (place.block.kind === 'choice' && defaultOption(state, host, place.block) === 'looking') {
		return place.block.options.flatMap(option => {
			const section = indexOf(state.runbook).sections.get(option.section ?? '')?.section;
			const ready = section && probeOf(state, host, section, 'ready');
			const isDue = ready && !answerOf(state, host, section, 'ready') && lackOfBlock(state, host, ready.id) !== 'ask';
			return isDue ? [probe(state, host, ready.id)] : [];
		});
	}
	const status = host.blocks[place.item.id]?.status;
	const lack = lackOfBlock(state, host, place.item.id);
	if (lack && (status ?? 'todo') === 'todo') return ofSudo(host, lack);
	return ofDurability(host, place.block);
}

/** Asked by itself where something failed, else where a person wants to know. */
function ofWays(state: RunState, host: HostState): Effect[] {
	const place = here(state, host);
	const status = place.kind === 'block' ? host.blocks[place.item.id]?.status : undefined;
	const isDue = status === 'failed' || status === 'unknown' || host.waysAsked === host.changes;
	return isDue ? waysBack(state, host) : [];
}

/** Asked before the operator is, who is told where a change would not outlive the connection. */
function ofDurability(host: HostState, block: Block): Effect[] {
	if (block.kind !== 'command' || block.risk === 'reads' || host.durable[block.on]) return [];
	return [durability(host, block.on)];
}

const durability = ({name}: HostState, on: On): Effect => ({
	key: `${name}/ask-durable/${on}`,
	host: name,
	do: 'ask-durable',
	on,
});

function waysBack(state: RunState, host: HostState): Effect[] {
	return rollbackOptions(state, host).flatMap(option => {
		const available = probeOf(state, host, option, 'available');
		return available && !answerOf(state, host, option, 'available') ? [probe(state, host, available.id)] : [];
	});
}

/** What the host itself can say of sudo comes before a probe that calls it. */
function probe(state: RunState, host: HostState, block: string): Effect {
	const lack = lackOfBlock(state, host, block);
	const [first] = lack ? ofSudo(host, lack) : [];
	return first ?? {key: `${host.name}/probe/${block}/${host.changes}`, host: host.name, do: 'probe', block};
}

/** Once for each password that is given. */
function ofSudo(host: HostState, lack: SudoLack): Effect[] {
	if (lack === 'ask') return [];
	const deed = lack === 'look' ? 'ask-sudo' : 'try-sudo';
	return [{key: `${host.name}/${deed}/${host.sudoTries}`, host: host.name, do: deed}];
}

function isToReboot(state: RunState, host: HostState, task: TaskState): boolean {
	const block = blockFor(state, host, task.block)?.block;
	return block?.kind === 'command' && block.reboots;
}

function lacksSecrets(state: RunState, host: HostState, task: TaskState): boolean {
	const block = blockFor(state, host, task.block)?.block as Command | undefined;
	if (block?.kind !== 'command') return false;
	const missing = missingInputs(state, host, block, task.edited?.script ?? block.script);
	return missing.some(name => isSecret(state.runbook, host, name));
}
