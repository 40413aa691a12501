// Walks a runbook at random: sensible answers, any outcome of the world, and things told that make no sense.
import assert from 'node:assert/strict';
import {decide, follow} from '../../source/core/run/decide.ts';
import type {EarlierTask} from '../../source/core/run/earlier.ts';
import {type Effect, effects} from '../../source/core/run/effects.ts';
import type {NewEvent} from '../../source/core/run/events.ts';
import {applyTo, draftOf} from '../../source/core/run/evolve.ts';
import type {Finding} from '../../source/core/run/finding.ts';
import type {TaskReport} from '../../source/core/run/host.ts';
import {type Question, question} from '../../source/core/run/question.ts';
import {initialState, type RunState} from '../../source/core/run/state.ts';
import type {Confirmation, Intent, Observation, Told} from '../../source/core/run/told.ts';
import type {Command, Content, Runbook, Section} from '../../source/core/runbook/model.ts';
import {indexOf} from '../../source/core/runbook/outline.ts';
import {willing} from './told-run.ts';

/** The same numbers for the same seed, from 0 to `below` - 1. */
export type Random = (below: number) => number;

export function randomOf(seed: number): Random {
	let state = seed >>> 0;
	return below => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

/** Adds what generated runbooks have too rarely: inputs that are used, debts, retries, edits that are needed. */
export function spiced(runbook: Runbook, random: Random): Runbook {
	const inputs = {...runbook.inputs, NAME: {prompt: 'Name', secret: false}, TOKEN: {prompt: 'Token', secret: true}};
	const content = (each: Content): Content => (each.kind === 'command' ? spice(each, random) : each);
	const section = (each: Section): Section => ({
		...each,
		content: each.content.map(content),
		sections: each.sections.map(section),
	});
	return {...runbook, inputs, content: runbook.content.map(content), sections: runbook.sections.map(section)};
}

function spice(command: Command, random: Random): Command {
	const chance = (of: number) => random(of) === 0;
	const reboots = command.role === 'run' && chance(4);
	return {
		...command,
		...(reboots && {reboots, risk: 'disrupts'}),
		script: command.script + (chance(5) ? ' $NAME' : '') + (chance(6) ? ' $TOKEN' : ''),
		placeholders: chance(8) ? ['<x>'] : [],
		undoAtEnd: command.role === 'run' && chance(2),
		retries: random(3),
		when: chance(6) ? [{key: ['CAP', 'init', 'NAME'][random(3)]!, not: chance(2), values: ['a', 'x']}] : command.when,
	};
}

export type Walk = {state: RunState; events: NewEvent[]; trace: string[]};

export function beginWalk(runbook: Runbook, hosts: string[], trusted: boolean): Walk {
	const walk: Walk = {state: initialState(runbook), events: [], trace: []};
	const beginning = {title: '', file: '', sha256: '', form: 'markdown', bundled: false} as const;
	apply(walk, [
		{host: null, type: 'run.started', journal: 1, handrail: '0', run: 'r', runbook: beginning, hosts, trusted},
	]);
	apply(walk, follow(walk.state));
	return walk;
}

/** Tells a random thing: the world's word on an effect, an answer to the question, or nonsense. */
export function randomStep(walk: Walk, random: Random, nonsense: boolean): void {
	const {state} = walk;
	const due = effects(state);
	const asked = question(state);
	if (nonsense && random(3) === 0) return tell(walk, nonsenseOf(state, random));
	if (asked && (due.length === 0 || random(2) === 0)) {
		const intent = random(3) === 0 ? boldAnswer(asked, state, random) : willing(asked);
		return tell(walk, {host: asked.host, what: intent});
	}
	const effect = due[random(due.length)];
	if (effect) tell(walk, {host: effect.host, what: answerOf(state, effect, random)});
	else if (state.left !== undefined && !state.ended) {
		apply(walk, [{host: null, type: 'run.resumed', handrail: '0', pid: 1}]);
		apply(walk, follow(walk.state));
	}
}

/** Tells what brings the run to its end: a willing person, a world in which all goes well. */
export function willingStep(walk: Walk): void {
	const {state} = walk;
	const asked = question(state);
	// A reboot is not waited for while somebody is asked.
	const effect = effects(state).find(each => each.do !== 'await-boot' || !asked);
	if (effect) tell(walk, {host: effect.host, what: answerOf(state, effect, () => 0)});
	else if (asked) tell(walk, {host: asked.host, what: willing(asked)});
	else if (state.left !== undefined) {
		apply(walk, [{host: null, type: 'run.resumed', handrail: '0', pid: 1}]);
		apply(walk, follow(walk.state));
	} else assert.fail('stuck: nothing is asked and nothing is to be done');
}

export function tell(walk: Walk, told: Told): void {
	walk.trace.push(JSON.stringify(told));
	const decision = decide(walk.state, told);
	if ('events' in decision) apply(walk, decision.events);
	else walk.trace.push(`  refused: ${JSON.stringify(decision.refused)}`);
}

function apply(walk: Walk, events: NewEvent[]): void {
	const draft = draftOf(walk.state);
	for (const event of events) {
		applyTo(draft, event);
		walk.events.push(event);
		assertSound(draft);
	}
	walk.state = draft;
}

/** Holds after every single event. */
function assertSound(state: RunState): void {
	for (const host of Object.values(state.hosts)) {
		const tasks = Object.values(host.tasks);
		const open = tasks.filter(task => task.risk !== 'reads' && task.phase !== 'ended' && task.phase !== 'reaped');
		assert.ok(open.length <= 1, 'at most one change is unsettled');
		const running = tasks.filter(task => task.phase === 'planned' || task.phase === 'running');
		assert.ok(running.length <= 1, 'at most one task is at work');
		if (!host.ended) continue;
		// On a host that was given up a change may stay unknown for ever.
		if (host.ended !== 'aborted') assert.equal(open.length, 0, 'nothing is unsettled after the end');
		assert.equal(running.length, 0, 'nothing is at work after the end');
		assert.equal(host.reboot, undefined, 'no reboot is waited for after the end');
	}
}

/** One task of an earlier run for each state. */
const earlierOf = (...states: ('running' | 'lost' | 'ended')[]): EarlierTask[] =>
	states.map((state, at) => ({
		task: `r1.t000${at + 1}`,
		run: 'r1',
		since: null,
		days: 20,
		here: 'no',
		holdsLock: at === 1,
		report: {running: exits[10]!, lost: exits[4]!, ended: exits[0]!}[state],
	}));

const exits: TaskReport[] = [
	{is: 'ended', exit: 0, bytes: 0},
	{is: 'ended', exit: 1, bytes: 0},
	{is: 'ended', exit: 0, bytes: 0},
	{is: 'ended', exit: 127, bytes: 0},
	{is: 'lost', rebooted: true, alive: false},
	{is: 'lost', rebooted: false, alive: true},
	{is: 'lost', rebooted: false, alive: false},
	{is: 'cannot-tell', why: 'x'},
	{is: 'none'},
	{is: 'not-started', why: 'x'},
	{is: 'running', bytes: 3},
];

/** The first answer of each is the good one. */
function answerOf(state: RunState, effect: Effect, random: Random): Observation {
	if (random(12) === 1) return {type: 'link-lost', why: 'x'};
	const is = <T>(...values: T[]): T => values[random(values.length)]!;
	switch (effect.do) {
		case 'connect': {
			const ownName = is('a', 'a', 'b');
			const facts = {pm: is('apt', 'dnf'), os: is('debian', 'rocky')};
			const {reboot} = state.hosts[effect.host]!;
			if (reboot && random(4) === 1) return {type: 'unreachable', why: 'x'};
			const bootId = reboot ? is(`${reboot.before.id}'`, reboot.before.id) : is('1', '2');
			const machineId = reboot && random(6) === 1 ? 'another' : effect.host;
			const earlier = is<EarlierTask[]>([], [], earlierOf('running'), earlierOf('lost', 'ended'));
			return {type: 'met', identity: {machineId, hostKey: '', ownName}, bootId, facts, earlier};
		}
		case 'lock': {
			const owner = {owner: 'o', run: 'other', since: 's'};
			const taken = {taken: true, since: 's', ...(random(3) === 1 ? {broke: owner} : {})} as const;
			return {type: 'lock', answer: random(3) === 1 ? {taken: false, owner} : taken};
		}
		case 'unlock':
			return {type: 'unlocked'};
		case 'ask-durable':
			return {type: 'durable', on: effect.on, can: random(5) > 0};
		case 'ask-sudo':
			return {type: 'sudo', is: is('free', 'password', 'none'), user: 'me'};
		case 'try-sudo':
			return {type: 'sudo', is: is('accepted', 'refused', 'unheard', 'none'), user: 'me'};
		case 'sample': {
			const boot = {value: is(10, 95, undefined), unit: '%', state: 'ok', why: ''} as const;
			return {type: 'sampled', moment: effect.moment, readings: {'disk:/boot': boot}};
		}
		case 'judge':
			return {type: 'guard', guard: effect.guard, holds: is(true, true, false), evidence: ''};
		case 'probe':
			return {type: 'probed', block: effect.block, answer: is('yes', 'no', 'unknown'), evidence: ''};
		case 'examine':
			return {type: 'examined', task: effect.task, findings: is<Finding[]>([], [{is: 'none-at-work'}])};
		case 'ask-earlier':
			return {type: 'earlier-told', task: effect.task, report: is(exits[0]!, exits[4]!, exits[10]!)};
		case 'adopt':
			return {type: 'earlier-told', task: effect.task, report: is(exits[0]!, exits[4]!), copied: 3};
		case 'clear':
			return is<Observation>(
				{type: 'earlier-gone', task: effect.task},
				{type: 'earlier-kept', task: effect.task, why: 'x'},
			);
		case 'reap':
			return {type: 'reaped', task: effect.task};
		case 'look-at-boot': {
			if (effect.moment === 'during' && random(2) === 0) return {type: 'link-lost', why: 'x'};
			const id = is(state.hosts[effect.host]!.bootId!, '');
			const boot = {id, kernel: '6', failed: is<string[]>([], ['a.service']), state: 'running'};
			return {type: 'boot', task: effect.task, moment: effect.moment, boot};
		}
		case 'await-boot':
			return {type: 'boot-late', task: effect.task, which: is('limit', 'warning'), after: 1};
		case 'start':
			return {type: 'task', task: effect.task, report: is<TaskReport>({is: 'running', bytes: 0}, exits[9]!, exits[7]!)};
		default: {
			if (random(10) === 1) return {type: 'overdue', task: effect.task, which: is('timeout', 'idle')};
			const isChange = state.hosts[effect.host]!.tasks[effect.task]!.risk !== 'reads';
			const values = random(4) === 1 ? {values: {CAP: is('a', 'b', 'x')}, dropped: ['PATH']} : {};
			return {
				type: 'task',
				task: effect.task,
				report: is(exits[0]!, ...(isChange ? exits : exits.slice(0, 4))),
				...values,
			};
		}
	}
}

/** What a person may also do at a question. */
function boldAnswer(asked: Question, state: RunState, random: Random): Intent {
	const is = <T>(...values: T[]): T => values[random(values.length)]!;
	const sections = [...indexOf(state.runbook).sections.keys()];
	const block = 'item' in asked ? asked.item.id : '';
	const task = 'task' in asked && asked.task ? asked.task.task : 't0001';
	return is<Intent>(
		{type: 'skip', block, reason: 'x'},
		{type: 'visit', section: is(...sections, '')},
		{type: 'go', section: is(...sections, ''), reason: 'x'},
		{type: 'run', block, confirmed: 'name'},
		{type: 'run', block, confirmed: 'name', edited: {script: 'edited', reason: 'x'}},
		{type: 'undo', block: is(...indexOf(state.runbook).items.keys(), ''), confirmed: 'name'},
		{type: 'settle', block, end: is('done', 'failed'), reason: 'x'},
		{type: 'look', task},
		{type: 'earlier', tasks: ['r1.t0001', 'r1.t0002'], what: is('look', 'adopt', 'clean', 'leave')},
		{type: 'cancel', task, confirmed: 'name'},
		{type: 'back'},
		{type: 'abort', reason: 'x'},
		{type: 'override', guard: is('window', 'promotion', 'rollback', 'disk:/boot'), reason: 'x'},
		{type: 'leave', why: 'x'},
	);
}

const odd = ['', 'nonsense', '__proto__', 'constructor', 'toString', 'web1', 't0001', 't9999', 'NAME', 'TOKEN'];

/** Anything of the right shape, about things that may not be there, on hosts that may not be there. */
function nonsenseOf(state: RunState, random: Random): Told {
	const is = <T>(...values: T[]): T => values[random(values.length)]!;
	const index = indexOf(state.runbook);
	const section = is(...odd, ...index.sections.keys());
	const block = is(...odd, ...index.items.keys());
	const task = is(...odd, ...Object.keys(state.hosts['web1']?.tasks ?? {}));
	const host = is(null, 'web1', 'web1', 'web1', 'web2', ...odd);
	// Which machine a host is, is said by the first word of it.
	const machineId = state.hosts['web1']?.identity && host === 'web1' ? is('web1', 'other') : (host ?? '');
	const confirmed = is<Confirmation>('enter', 'y', 'name');
	const reason = is('', 'x');
	const edited = {script: is('', 'edited'), reason};
	const owner = {owner: 'o', run: 'r', since: 's'};
	const what = is<Intent | Observation>(
		{type: 'trust'},
		{type: 'confirm-identity'},
		{type: 'give-input', name: is(...odd), value: is('', 'x', '\0')},
		{type: 'give-secret', name: is(...odd)},
		{type: 'give-fact', key: is(...odd), value: is('', 'x')},
		{type: 'run', block, confirmed},
		{type: 'run', block, confirmed, edited},
		{type: 'undo', block, confirmed},
		{type: 'confirm-manual', block},
		{type: 'choose', block, section},
		{type: 'skip', block, reason},
		{type: 'settle', block, end: is('done', 'failed'), reason},
		{type: 'look', task},
		{type: 'earlier', tasks: [task, 'r1.t0001'], what: is('look', 'adopt', 'clean', 'leave')},
		{type: 'earlier-told', task: is(task, 'r1.t0001'), report: is(...exits)},
		{type: 'earlier-gone', task: is(task, 'r1.t0001')},
		{type: 'earlier-kept', task: is(task, 'r1.t0001'), why: 'x'},
		{type: 'examined', task, findings: []},
		{type: 'cancel', task, confirmed},
		{type: 'go', section, reason},
		{type: 'visit', section},
		{type: 'back'},
		{type: 'next'},
		{type: 'override', guard: is(...odd, 'lock', 'window'), reason},
		{type: 'wait', task},
		{type: 'break-lock', reason},
		{type: 'note', text: 'x'},
		{type: 'met', identity: {machineId, hostKey: '', ownName: 'n'}, bootId: 'b', facts: {}},
		{type: 'link-lost', why: 'x'},
		{type: 'link-up'},
		{type: 'unreachable', why: 'x'},
		{type: 'boot', task, moment: is('before', 'after'), boot: {id: is('', 'b'), kernel: '', failed: [], state: ''}},
		{type: 'boot-late', task, which: is('warning', 'limit'), after: 1},
		{type: 'task', task, report: is(...exits), values: {CAP: 'x'}},
		{type: 'overdue', task, which: is('timeout', 'idle')},
		{type: 'reaped', task},
		{type: 'lock', answer: is({taken: true, since: 's'} as const, {taken: false, owner} as const)},
		{type: 'unlocked'},
		{type: 'sampled', moment: is('baseline', 'gate', 'final'), readings: {}},
		{type: 'probed', block, answer: 'yes', evidence: ''},
		{type: 'guard', guard: is('window', 'promotion'), holds: true, evidence: ''},
	);
	return {host, what};
}
