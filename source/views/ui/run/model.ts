import type {Readings} from '../../../core/gauges/gauge.ts';
import {type Question, question} from '../../../core/run/question.ts';
import {currentHost, type HostState, type RunState, runningTask, type TaskState} from '../../../core/run/state.ts';
import type {OutputScreen} from '../../../core/text/output-screen.ts';

/** All that the panes show of a run, at one moment. */
export type Model = {
	state: RunState;
	host: HostState;
	question: Question | undefined;
	/** The task whose output is shown: the running one, else the last. */
	task: TaskState | undefined;
	output: OutputScreen | undefined;
	/** Live gauges of the current host; empty until the first sample. */
	readings: Readings;
	/** Wall clock of the last change or sample, milliseconds: clocks on the screen move with it. */
	now: number;
	/** When the run began, milliseconds. */
	began: number;
	/** A banner: the record cannot be written, the link is lost, it was stopped. */
	banner: string | undefined;
	mode: 'LIVE' | 'PRACTICE';
};

/** The host that the screen is about: the one walked, else the last. */
export function hostShown(state: RunState): HostState {
	return currentHost(state) ?? state.hosts[state.order.findLast(name => state.hosts[name]!.ended) ?? state.order[0]!]!;
}

export const questionOf = (state: RunState): Question | undefined => question(state);

export function taskShown(host: HostState): TaskState | undefined {
	return runningTask(host) ?? Object.values(host.tasks).at(-1);
}

export type Size = {columns: number; rows: number};
