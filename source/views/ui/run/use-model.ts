import {useEffect, useRef, useState} from 'react';
import type {Readings} from '../../../core/gauges/gauge.ts';
import {OutputScreen} from '../../../core/text/output-screen.ts';
import type {Session} from '../../../runtime/engine/session.ts';
import {hostShown, type Model, questionOf, taskShown} from './model.ts';

/** Milliseconds between two frames that data cause; a key is drawn at once. */
const tick = 100;

/** What a session shows, at most ten times a second. */
export function useModel(session: Session, outputColumns: number): Model {
	const [, redraw] = useState(0);
	const seen = useRef<Seen>({readings: {}, output: undefined, task: undefined, now: Date.now(), timer: undefined});
	useEffect(() => {
		const shown = seen.current;
		const leave = session.subscribe(change => {
			if (change.kind === 'health') shown.readings = change.readings;
			if (change.kind === 'output') void feed(session, shown, change.task, change.bytes, outputColumns);
			shown.timer ??= setTimeout(() => {
				shown.timer = undefined;
				shown.now = Date.now();
				redraw(count => count + 1);
			}, tick);
		});
		return () => {
			leave();
			clearTimeout(shown.timer);
			shown.timer = undefined;
		};
	}, [session, outputColumns]);
	const {state} = session;
	const host = hostShown(state);
	const task = taskShown(host);
	if (task && seen.current.task !== task.task)
		openTask(session, seen.current, task.task, outputColumns, () => redraw(count => count + 1));
	return {
		state,
		host,
		question: questionOf(state),
		task,
		output: seen.current.output,
		readings: seen.current.readings,
		now: Math.max(seen.current.now, beganAt(session)),
		began: beganAt(session),
		banner: bannerOf(session),
		mode: session.hosts.get(host.name).kind === 'practice' ? 'PRACTICE' : 'LIVE',
	};
}

type Seen = {
	readings: Readings;
	output: OutputScreen | undefined;
	task: string | undefined;
	now: number;
	timer: NodeJS.Timeout | undefined;
};

async function feed(session: Session, shown: Seen, task: string, bytes: Uint8Array, columns: number): Promise<void> {
	if (shown.task !== task) openTask(session, shown, task, columns, () => undefined);
	await shown.output?.write(bytes);
}

/** What was recorded before this screen looked at the task comes first. */
function openTask(session: Session, shown: Seen, task: string, columns: number, drawn: () => void): void {
	shown.output?.dispose();
	const output = new OutputScreen(Math.max(20, columns));
	shown.output = output;
	shown.task = task;
	const recorded = session.recordedTail(task);
	if (recorded.length > 0) void output.write(recorded).then(drawn);
}

const beginnings = new WeakMap<Session, number>();

function beganAt(session: Session): number {
	const known = beginnings.get(session) ?? Date.now();
	beginnings.set(session, known);
	return known;
}

function bannerOf(session: Session): string | undefined {
	if (session.fault) return `NOT RECORDED: ${session.fault.message}. ${session.fault.hint}`;
	return session.stopped && `STOPPED: ${session.stopped.message}. ${session.stopped.hint}`;
}
