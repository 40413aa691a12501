// Walks every path of a runbook in a world that is only a table: all answers to every question, all outcomes of commands.
import {decide, follow} from '../../source/core/run/decide.ts';
import {type Effect, effects} from '../../source/core/run/effects.ts';
import type {NewEvent} from '../../source/core/run/events.ts';
import {applyTo, draftOf} from '../../source/core/run/evolve.ts';
import {type Question, question} from '../../source/core/run/question.ts';
import {initialState, type RunState} from '../../source/core/run/state.ts';
import type {Intent, Observation} from '../../source/core/run/told.ts';
import {blockFor} from '../../source/core/run/walk.ts';
import type {Runbook} from '../../source/core/runbook/model.ts';

/** How a command may end: its observation without the task's id. */
export type Outcome = Omit<Extract<Observation, {type: 'task'}>, 'type' | 'task'>;
/** Every outcome of a script that is to be tried, and for probes the answers. */
export type Outcomes = Record<string, Outcome[]>;

export const succeeds: Outcome = {report: {is: 'ended', exit: 0, bytes: 0}};
export const fails: Outcome = {report: {is: 'ended', exit: 1, bytes: 0}};

export type Path = {events: NewEvent[]; answers: string[]; state: RunState};

export type Exploration = {
	runbook: Runbook;
	hosts: string[];
	outcomes: Outcomes;
	/** Answers to a question that are tried. `used` has what was answered before on this path. */
	answers(question: Question, used: string[], state: RunState): Intent[];
	/** Looked at after every event. */
	check(state: RunState, path: Path): void;
};

/** Calls `end` with every path to its end, and resolves to their number. */
export function explore(exploration: Exploration, end: (path: Path) => void): number {
	const {runbook, hosts} = exploration;
	let count = 0;
	const pending: Path[] = [advance({events: [], answers: [], state: initialState(runbook)}, begin(hosts), exploration)];
	for (let path = pending.pop(); path; path = pending.pop()) {
		const next = branches(path, exploration);
		if (next.length > 0) pending.push(...next);
		else {
			count++;
			end(path);
		}
	}
	return count;
}

function branches(path: Path, exploration: Exploration): Path[] {
	const {state} = path;
	const effect = effects(state)[0];
	if (effect)
		return observations(state, effect, exploration).map(({what, note}) => {
			const decision = decide(state, {host: effect.host, what});
			if ('refused' in decision) throw new Error(`an observation was refused: ${JSON.stringify(decision)}`);
			if (decision.events.length === 0) throw new Error(`nothing came of ${JSON.stringify(effect)}`);
			const answers = note ? [...path.answers, note] : path.answers;
			return advance({...path, answers}, decision.events, exploration);
		});
	const asked = question(state);
	if (!asked) {
		if (state.ended || state.left !== undefined) return [];
		throw new Error(`stuck: no question and no effect after ${path.answers.join(', ')}`);
	}
	return exploration.answers(asked, path.answers, state).flatMap(intent => {
		const decision = decide(state, {host: asked.host, what: intent});
		if ('refused' in decision) throw new Error(`${JSON.stringify(intent)} was refused: ${JSON.stringify(decision)}`);
		return [advance({...path, answers: [...path.answers, nameOf(intent)]}, decision.events, exploration)];
	});
}

function advance(path: Path, events: NewEvent[], {check}: Exploration): Path {
	const state = draftOf(path.state);
	const next = {...path, state, events: [...path.events]};
	for (const event of events) {
		applyTo(state, event);
		next.events.push(event);
		check(state, next);
	}
	const more = path.events.length === 0 ? follow(state) : [];
	for (const event of more) {
		applyTo(state, event);
		next.events.push(event);
	}
	return next;
}

const begin = (hosts: string[]): NewEvent[] => [
	{
		host: null,
		type: 'run.started',
		journal: 1,
		handrail: '0',
		run: 'r',
		runbook: {title: '', file: '', sha256: '', form: 'markdown', bundled: false},
		hosts,
		trusted: true,
	},
];

/** What the world may answer to an effect; a path for each. */
function observations(state: RunState, effect: Effect, {outcomes}: Exploration): {what: Observation; note?: string}[] {
	switch (effect.do) {
		case 'connect':
			return [
				{
					what: {
						type: 'met',
						identity: {machineId: effect.host, hostKey: '', ownName: effect.host},
						bootId: 'b',
						facts: {pm: 'apt'},
					},
				},
			];
		case 'lock':
			return [{what: {type: 'lock', answer: {taken: true, since: ''}}}];
		case 'unlock':
			return [{what: {type: 'unlocked'}}];
		case 'ask-durable':
			return [{what: {type: 'durable', on: effect.on, can: true}}];
		case 'ask-sudo':
			return [{what: {type: 'sudo', is: 'free', user: 'me'}}];
		case 'try-sudo':
			return [{what: {type: 'sudo', is: 'accepted', user: 'me'}}];
		case 'sample':
			return [{what: {type: 'sampled', moment: effect.moment, readings: {}}}];
		case 'judge':
			return [{what: {type: 'guard', guard: effect.guard, holds: true, evidence: ''}}];
		case 'probe':
			return [{what: {type: 'probed', block: effect.block, answer: 'yes', evidence: 'there'}}];
		case 'look-at-boot':
			return [
				{
					what: {
						type: 'boot',
						task: effect.task,
						moment: effect.moment,
						boot: {id: 'b', kernel: '', failed: [], state: ''},
					},
				},
			];
		case 'await-boot':
			return [{what: {type: 'boot-late', task: effect.task, which: 'limit', after: 0}}];
		case 'examine':
			return [{what: {type: 'examined', task: effect.task, findings: []}}];
		case 'ask-earlier':
		case 'adopt':
		case 'clear':
			return [{what: {type: 'earlier-gone', task: effect.task}}];
		case 'reap':
			return [{what: {type: 'reaped', task: effect.task}}];
		case 'cancel':
		case 'ask':
		case 'follow':
		case 'start': {
			const task = state.hosts[effect.host]!.tasks[effect.task]!;
			if (effect.do === 'start') return [{what: {type: 'task', task: task.task, report: {is: 'running', bytes: 0}}}];
			const block = blockFor(state, state.hosts[effect.host]!, task.block)!.block;
			const script = task.edited?.script ?? (block.kind === 'command' ? block.script : '');
			const known = outcomes[script] ?? [succeeds];
			// What failed once succeeds in the end, so that paths are finite.
			const left = task.attempt > 1 ? known.slice(0, 1) : known;
			return left.map(outcome => ({
				what: {type: 'task', task: task.task, ...outcome},
				note: `${script}:${outcome.report.is === 'ended' ? outcome.report.exit : outcome.report.is}`,
			}));
		}
	}
}

export const nameOf = (intent: Intent): string =>
	[intent.type, 'block' in intent && intent.block, 'section' in intent && intent.section, 'end' in intent && intent.end]
		.filter(Boolean)
		.join(' ');
