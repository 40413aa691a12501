// What must hold before a request that changes is carried out.
import {judge} from '../gauges/gate.ts';
import type {Command, Requirement} from '../runbook/model.ts';
import {type Item, indexOf, roleOf} from '../runbook/outline.ts';
import {chainOf} from './applies.ts';
import {judgeDurable, type On} from './durability.ts';
import type {Judgement} from './events.ts';
import {answerOf, probeOf, rollbackOptions} from './options.ts';
import type {HostState, RunState} from './state.ts';

/** A requirement with the section (or '' for the document) that states it. */
export type Due = {scope: string; requirement: Requirement};

/**
 * The requirements to judge now: those of the document and of the sections around the item, before the first block
 * that changes, before the first one after a resume, and before each that disrupts.
 */
export function dueRequirements(state: RunState, host: HostState, item: Item, command: Command): Due[] {
	const scopes = [
		{scope: '', require: state.runbook.require},
		...chainOf(indexOf(state.runbook), item.section)
			.reverse()
			.map(section => ({scope: `#${section.id}`, require: section.require})),
	];
	return scopes
		.filter(({scope}) => command.risk === 'disrupts' || !host.judged.includes(scope))
		.flatMap(({scope, require}) => require.map(requirement => ({scope, requirement})));
}

/** The scopes whose requirements are judged with this item; not judged again before a resume. */
export const scopesOf = (state: RunState, item: Item): string[] => [
	'',
	...chainOf(indexOf(state.runbook), item.section).map(section => `#${section.id}`),
];

/** Guards never stand between an operator and a healthy host: a way back and a repair are not held up. */
export const isExempt = (state: RunState, item: Item, command: Command): boolean =>
	command.role === 'undo' || roleOf(indexOf(state.runbook), item.section.id) !== undefined;

export const guardName = (requirement: Requirement): string =>
	requirement.kind === 'gauge' ? requirement.gauge : requirement.kind;

/** Evidence of a lock that the host lets nobody take begins so. */
export const noLock = 'it cannot be taken: ';

/** What has still to be found out before a request can be judged. */
export type Lack =
	| {what: 'lock'}
	| {what: 'durable'; on: On}
	| {what: 'baseline'}
	| {what: 'readings'}
	| {what: 'probe'; block: string}
	| {what: 'guard'; guard: 'window' | 'promotion'};

export function lacksOf(state: RunState, host: HostState, item: Item, command: Command): Lack[] {
	const request = host.request;
	if (!host.judged.includes('lock')) return [{what: 'lock'}];
	const lacks: Lack[] = [];
	if (!host.durable[command.on]) lacks.push({what: 'durable', on: command.on});
	const due = dueRequirements(state, host, item, command);
	if (!host.baseline) lacks.push({what: 'baseline'});
	else if (!request?.readings && due.some(each => each.requirement.kind === 'gauge')) lacks.push({what: 'readings'});
	for (const {requirement} of due) {
		if (requirement.kind === 'rollback') {
			for (const block of unasked(state, host)) lacks.push({what: 'probe', block});
		} else if (requirement.kind !== 'gauge' && !request?.guards[requirement.kind]) {
			lacks.push({what: 'guard', guard: requirement.kind});
		}
	}
	return lacks;
}

/** The verdicts, once nothing is lacking. */
export function judgeRequest(state: RunState, host: HostState, item: Item, command: Command): Judgement[] {
	const exempt = isExempt(state, item, command);
	const required = dueRequirements(state, host, item, command).map(({requirement}): Judgement => {
		const guard = guardName(requirement);
		const verdict = judgeOne(state, host, requirement);
		const overridden = verdict.holds || exempt ? undefined : state.overrides[guard];
		return {guard, ...verdict, ...(exempt && {exempt}), ...(overridden !== undefined && {overridden})};
	});
	return [...judgeDurable(host, command), ...required];
}

export const isRefusing = (judgement: Judgement): boolean =>
	!judgement.holds && !judgement.exempt && judgement.overridden === undefined;

function judgeOne(state: RunState, host: HostState, requirement: Requirement): {holds: boolean; evidence: string} {
	const request = host.request;
	if (requirement.kind === 'gauge') return judge(requirement, request?.readings ?? {}, host.baseline ?? {});
	if (requirement.kind === 'rollback') return judgeRollback(state, host);
	return request?.guards[requirement.kind] ?? {holds: false, evidence: 'could not be read'};
}

function judgeRollback(state: RunState, host: HostState): {holds: boolean; evidence: string} {
	const answers = rollbackOptions(state, host)
		.filter(option => probeOf(state, host, option, 'ready'))
		.map(option => ({option, answer: answerOf(state, host, option, 'ready')}));
	const ready = answers.find(({answer}) => answer?.answer === 'yes');
	if (ready) return {holds: true, evidence: `${ready.option.title}: ${ready.answer?.evidence || 'ready'}`};
	const why = answers.map(({option, answer}) => `${option.title}: ${answer?.evidence || answer?.answer || 'unknown'}`);
	return {holds: false, evidence: why.join('; ') || 'no rollback option says whether it is ready'};
}

function unasked(state: RunState, host: HostState): string[] {
	return rollbackOptions(state, host)
		.filter(option => probeOf(state, host, option, 'ready') && !answerOf(state, host, option, 'ready'))
		.map(option => probeOf(state, host, option, 'ready')!.id);
}
