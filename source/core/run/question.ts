// What a person is asked now: the one thing that the screen, plain mode and an unattended run answer.
import type {Choice, Command, Input, Manual} from '../runbook/model.ts';
import {type Item, indexOf} from '../runbook/outline.ts';
import {judgeSection} from './applies.ts';
import {askedEarlier, type EarlierState, isBusyWithEarlier} from './earlier.ts';
import type {Answer, Judgement} from './events.ts';
import type {HostName, Identity} from './host.ts';
import {inputOf, missingInputs, neededConfirmation, selfRun} from './needs.ts';
import {answerOf, defaultOption, probeOf, rollbackOptions} from './options.ts';
import {awaitsBoot, canRun, type RebootState} from './reboot.ts';
import {
	blockState,
	currentHost,
	type HostState,
	type RunState,
	runningTask,
	type TaskState,
	unsettledTask,
} from './state.ts';
import {lackOfBlock, lackOfSudo, sudoInput, sudoSecret} from './sudo.ts';
import type {Confirmation} from './told.ts';
import {blockFor, here, isLookingForHelp} from './walk.ts';

export type Question = {host: HostName} & Asked;

type Asked =
	/** May the document run these by itself, as often as it likes? */
	| {kind: 'trust'; commands: Command[]}
	| {kind: 'identity'; was: Identity; is: Identity}
	| {kind: 'fact'; item: Item; key: string}
	/** `sudo`: it is the password for it, and how many were not taken before. */
	| {kind: 'input'; item: Item; name: string; input: Input; sudo?: {user: string; tries: number}}
	/** `placeholders`: what must be edited first. `again`: it ran before. */
	| {kind: 'confirm'; item: Item; block: Command; needs: Confirmation; placeholders: string[]; again: boolean}
	/** What becomes of tasks of earlier runs, before the first change. */
	| {kind: 'earlier'; tasks: EarlierState[]}
	| {kind: 'manual'; item: Item; block: Manual}
	| {kind: 'choice'; item: Item; block: Choice; options: ChoiceState[]; default: string | undefined}
	| {kind: 'failure'; item: Item; block: Command; task: TaskState | undefined; entries: string[]; ways: WayBack[]}
	| {kind: 'unknown'; item: Item; block: Command; task: TaskState; ways: WayBack[]}
	| {kind: 'overdue'; item: Item; block: Command; task: TaskState; which: 'timeout' | 'idle'}
	/** It is not back from a reboot in time. */
	| {kind: 'reboot'; item: Item; block: Command; task: TaskState; reboot: RebootState; ways: WayBack[]}
	| {kind: 'refused'; item: Item; block: Command; guards: Judgement[]}
	/** The operator went back to a step that is done. */
	| {kind: 'next'; section: string};

export type ChoiceState = {text: string; section: string; applies: boolean; answer?: Answer; evidence?: string};
export type WayBack = {section: string; title: string; answer: Answer | undefined; evidence: string};

/** Undefined while something is under way, and when the run has ended. */
export function question(state: RunState): Question | undefined {
	const host = currentHost(state);
	if (!host || state.left !== undefined) return undefined;
	const asked = ask(state, host);
	return asked && {host: host.name, ...asked};
}

/** What the failed attempts' output pointed to, and where one could go back to. */
export function waysBack(state: RunState, host: HostState): WayBack[] {
	return rollbackOptions(state, host).map(section => {
		const answer = answerOf(state, host, section, 'available');
		return {section: section.id, title: section.title, answer: answer?.answer, evidence: answer?.evidence ?? ''};
	});
}

function ask(state: RunState, host: HostState): Asked | undefined {
	if (host.renamed && host.identity) return {kind: 'identity', was: host.identity, is: host.renamed};
	if (!state.trusted) return {kind: 'trust', commands: selfRun(state.runbook)};
	if (host.reboot?.late?.which === 'limit') return askOfReboot(state, host, host.reboot);
	if (!host.link && !host.isGivenUp) return undefined;
	const running = runningTask(host);
	if (running) return askOfRunning(state, host, running);
	if (host.request) return undefined;
	if (host.refused) return askOfEarlier(state, host, askOfRefused(state, host));
	const unsettled = unsettledTask(host);
	const asked = askOfEarlier(state, host, askAtPlace(state, host));
	if (asked?.kind === 'confirm' && !canRun(host, asked.block)) return undefined;
	return unsettled && !(isLookingForHelp(state, host) && canGoOn(asked)) ? askOfUnknown(state, host, unsettled) : asked;
}

/** They come before what changes. */
function askOfEarlier(state: RunState, host: HostState, asked: Asked | undefined): Asked | undefined {
	const isChange = asked?.kind === 'refused' || (asked?.kind === 'confirm' && asked.needs !== 'enter');
	if (!isChange) return asked;
	if (isBusyWithEarlier(host)) return undefined;
	const tasks = askedEarlier(state, host);
	return tasks.length > 0 ? {kind: 'earlier', tasks} : asked;
}

function askAtPlace(state: RunState, host: HostState): Asked | undefined {
	const place = here(state, host);
	if (place.kind === 'fact') return askForKey(state, place.item, place.key);
	if (place.kind === 'end-of-step') return host.stays ? {kind: 'next', section: host.at} : undefined;
	if (place.kind !== 'block') return undefined;
	const {item, block} = place;
	if (block.kind === 'manual') return {kind: 'manual', item, block};
	if (block.kind === 'choice') return askToChoose(state, host, item, block);
	return askOfCommand(state, host, item, block);
}

/** Nothing that would change the host comes next. */
function canGoOn(asked: Asked | undefined): boolean {
	if (asked?.kind === 'confirm') return asked.needs === 'enter' && asked.placeholders.length === 0;
	return asked?.kind === 'failure' ? asked.block.risk === 'reads' : asked !== undefined;
}

function askOfUnknown(state: RunState, host: HostState, task: TaskState): Asked | undefined {
	// What its host shows is found out first, and then its checks may tell.
	if (task.phase === 'unknown' && !task.findings) return undefined;
	const item = indexOf(state.runbook).items.get(task.block)!;
	const block = item.variants[task.variant ?? 0] as Command;
	return {kind: 'unknown', item, block, task, ways: waysBack(state, host)};
}

function askOfCommand(state: RunState, host: HostState, item: Item, block: Command): Asked | undefined {
	const known = blockState(host, item.id);
	const task = host.tasks[known.attempts.at(-1) ?? ''];
	if (known.status === 'failed') {
		return {kind: 'failure', item, block, task, entries: task?.seen?.entries ?? [], ways: waysBack(state, host)};
	}
	const missing = missingInputs(state, host, block, block.script)[0];
	if (missing !== undefined) return askForInput(state, host, item, missing);
	const lack = lackOfSudo(host, block, block.script);
	if (lack) return lack === 'ask' ? askForSudo(host, item) : undefined;
	return {
		kind: 'confirm',
		item,
		block,
		needs: neededConfirmation(block, false),
		placeholders: block.placeholders,
		again: known.attempts.length > 0,
	};
}

function askOfReboot(state: RunState, host: HostState, reboot: RebootState): Asked {
	const task = host.tasks[reboot.task]!;
	const item = indexOf(state.runbook).items.get(task.block)!;
	const block = item.variants[task.variant ?? 0] as Command;
	return {kind: 'reboot', item, block, task, reboot, ways: waysBack(state, host)};
}

function askOfRunning(state: RunState, host: HostState, task: TaskState): Asked | undefined {
	const found = blockFor(state, host, task.block);
	if (found?.block.kind !== 'command' || awaitsBoot(host, task)) return undefined;
	const {item, block} = found;
	const secret = missingInputs(state, host, block, task.edited?.script ?? block.script)[0];
	if (secret !== undefined) return askForInput(state, host, item, secret);
	const script = task.edited?.script ?? block.script;
	if (task.phase === 'planned' && lackOfSudo(host, block, script) === 'ask') return askForSudo(host, item);
	return task.overdue && {kind: 'overdue', item, block, task, which: task.overdue};
}

function askOfRefused(state: RunState, host: HostState): Asked | undefined {
	const found = blockFor(state, host, host.refused!.request.block);
	if (found?.block.kind !== 'command') return undefined;
	return {kind: 'refused', item: found.item, block: found.block, guards: host.refused!.guards};
}

function askForInput(state: RunState, host: HostState, item: Item, name: string): Asked {
	const input = inputOf(state.runbook, host, name);
	return input ? {kind: 'input', item, name, input} : {kind: 'fact', item, key: name};
}

/** Whether an option can only be asked with the password for sudo whether it is ready. */
const isHeldUpBySudo = (state: RunState, host: HostState, {options}: Choice): boolean =>
	options.some(option => {
		const section = indexOf(state.runbook).sections.get(option.section ?? '')?.section;
		const ready = section && probeOf(state, host, section, 'ready');
		return ready && !answerOf(state, host, section, 'ready') && lackOfBlock(state, host, ready.id) === 'ask';
	});

const askForSudo = (host: HostState, item: Item): Asked => ({
	kind: 'input',
	item,
	name: sudoSecret,
	input: sudoInput(host),
	sudo: {user: host.sudo?.user ?? '', tries: host.sudoTries},
});

function askForKey(state: RunState, item: Item, key: string): Asked {
	const input = state.runbook.inputs[key];
	return input ? {kind: 'input', item, name: key, input} : {kind: 'fact', item, key};
}

function askToChoose(state: RunState, host: HostState, item: Item, block: Choice): Asked | undefined {
	const usual = defaultOption(state, host, block);
	if (usual === 'looking') return isHeldUpBySudo(state, host, block) ? askForSudo(host, item) : undefined;
	const options = block.options.flatMap(({text, section: id}): ChoiceState[] => {
		const section = indexOf(state.runbook).sections.get(id ?? '')?.section;
		if (!section) return [];
		const applies = judgeSection(state, host, section).is !== 'no';
		return [{text, section: section.id, applies, ...answerOf(state, host, section, 'ready')}];
	});
	return {kind: 'choice', item, block, options, default: usual};
}
