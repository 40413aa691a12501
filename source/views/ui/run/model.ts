import type {Readings} from '../../../core/gauges/gauge.ts';
import type {Sampled} from '../../../core/gauges/trend.ts';
import type {LoginQuestion} from '../../../core/run/login-question.ts';
import {type Question, question} from '../../../core/run/question.ts';
import {currentHost, type HostState, type RunState, runningTask, type TaskState} from '../../../core/run/state.ts';
import type {Waiting} from '../../../core/run/waiting.ts';
import type {OutputScreen} from '../../../core/text/output-screen.ts';
import type {LoginWait} from '../../../runtime/engine/session.ts';

/** All that the panes show of a run, at one moment. */
export type Model = {
	state: RunState;
	host: HostState;
	question: Question | undefined;
	/** What a login asks; it stands before everything else. */
	login: LoginQuestion | undefined;
	/** A login that waits for somebody to act elsewhere. */
	wait?: LoginWait | undefined;
	/** The task that the output pane is about: the running one, else the last. */
	task: TaskState | undefined;
	/** What is on the output pane, and in the output view: they differ where an earlier task is looked at. */
	output: OutputScreen | undefined;
	viewed: OutputScreen | undefined;
	/** Where that task prints nothing: since when, milliseconds, and what it seems to wait for. */
	silence: {since: number; waits: Waiting} | undefined;
	/** Live gauges of the current host, and when they were read; empty until the first sample. */
	readings: Readings;
	sampled: number | undefined;
	/** The samples of the last minute, the latest last. */
	history: Sampled[];
	/** Wall clock of the last change or sample, milliseconds: clocks on the screen move with it. */
	now: number;
	/** When the run began, milliseconds. */
	began: number;
	/** Since when a connection that stood is lost. */
	lost: number | undefined;
	/** When it is tried again, wall clock in milliseconds; undefined while it is. */
	retry: number | undefined;
	/** Something to be said once. */
	remark: string | undefined;
	/** The record cannot be written, or the session was stopped. */
	banner: string | undefined;
	/** Why the session has stopped, in full: nothing more can be done on this screen. */
	stopped: string | undefined;
	mode: 'LIVE' | 'PRACTICE';
	/** The run's id, its folder, and the head of its journal. */
	run: {id: string; path: string; head: string};
};

/** The host that the screen is about: the one walked, else the last. */
export function hostShown(state: RunState): HostState {
	return currentHost(state) ?? state.hosts[state.order.findLast(name => state.hosts[name]!.ended) ?? state.order[0]!]!;
}

const questions = new WeakMap<RunState, {question: Question | undefined}>();

/** Made once for each state: the screen is drawn far more often than the run changes. */
export function questionOf(state: RunState): Question | undefined {
	const known = questions.get(state) ?? {question: question(state)};
	questions.set(state, known);
	return known.question;
}

export function taskShown(host: HostState): TaskState | undefined {
	return runningTask(host) ?? Object.values(host.tasks).at(-1);
}

export type Size = {columns: number; rows: number};
