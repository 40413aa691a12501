// A task from its start to its end: bytes go from the host to the file, never through the queue of decisions.

import {failureOf} from '../../core/run/decide-task.ts';
import type {Seen} from '../../core/run/events.ts';
import {handedValues, withoutSecrets} from '../../core/run/handed.ts';
import type {HostName, TaskId} from '../../core/run/host.ts';
import type {HostState, TaskState} from '../../core/run/state.ts';
import {sudoSecret} from '../../core/run/sudo.ts';
import {tailLength} from '../../core/run/waiting.ts';
import {blockFor} from '../../core/run/walk.ts';
import type {Command} from '../../core/runbook/model.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {type Host, handedLimit, LinkLost} from '../hosts/host.ts';
import {readAhead} from '../hosts/read-ahead.ts';
import {OutputFile} from '../journal/output-file.ts';
import {readTailSync, sizeSync} from '../journal/read-output.ts';
import {taskFolder} from '../journal/task-folder.ts';
import {delay} from './delay.ts';
import {inspectFile, OutputInspection} from './inspect-output.ts';
import type {Session} from './session.ts';
import {remoteId, taskSpec} from './task-spec.ts';
import {Watch} from './watch.ts';

type Of = {host: HostName; task: TaskId};

/** Starts a task, or finds that it was started before; the host's folder of that name tells, so it never runs twice. */
export async function startTask(session: Session, {host: name, task: id}: Of): Promise<void> {
	const {host, task, command} = partsOf(session, name, id);
	if (task.attempt > 1 && task.delay > 0) await delay(task.delay, session.closing.signal);
	if (session.closing.signal.aborted) return;
	const spec = taskSpec(session.state, host, task, command, session.terminals.size);
	const remote = hostOf(session, name, id);
	session.terminals.started(id);
	session.begun.set(id, session.world.clock.up());
	try {
		await remote.start(spec, session.secrets.of(name, [...spec.secrets, ...(spec.askpass ? [sudoSecret] : [])]));
	} catch (error) {
		if (error instanceof LinkLost) throw error;
		const why = visibleLine((error as Error).message);
		await session.observe(name, {type: 'task', task: id, report: {is: 'not-started', why}});
		return;
	}
	await session.observe(name, {type: 'task', task: id, report: {is: 'running', bytes: 0}});
}

/** Follows a task to its end: every byte once, then how it ended. */
export async function followTask(session: Session, {host: name, task: id}: Of): Promise<void> {
	const {host, task, command} = partsOf(session, name, id);
	const remote = hostOf(session, name, id);
	const {output} = taskFolder(session.world.folder, id);
	const watch = new Watch(session, name, task, command, {
		tail: readTailSync(output, tailLength),
		bytes: sizeSync(output),
		waits: () => remote.waits(remoteId(session.state, id)),
	});
	void session.terminals.fit(name, id);
	try {
		const {state} = session;
		const inspect = () => new OutputInspection(state, host, command, () => session.secrets.all());
		const seen = command.sensitive
			? await followUnkept(session, remote, id, inspect(), watch)
			: await record(session, name, task, remote, inspect, watch);
		const report = await remote.ask(remoteId(session.state, id));
		if (session.closing.signal.aborted) return;
		if (report.is !== 'ended') {
			if (report.is !== 'running') await session.observe(name, {type: 'task', task: id, report, seen});
			return;
		}
		const handed = await handedBy(session, remote, id, command, failureOf(command, report.exit, seen) === undefined);
		await session.observe(name, {type: 'task', task: id, report, seen, ...handed});
	} finally {
		watch.end();
	}
}

/** `on=control` runs on the machine that Handrail runs on. */
export function hostOf(session: Session, name: HostName, id: TaskId): Host {
	const {command} = partsOf(session, name, id);
	return command.on === 'control' ? session.hosts.control() : session.hosts.get(name);
}

/** The size of the local file is the offset: there is no second record that could disagree with it. */
async function record(
	session: Session,
	name: HostName,
	task: TaskState,
	remote: Host,
	inspect: () => OutputInspection,
	watch: Watch,
): Promise<Seen> {
	const files = taskFolder(session.world.folder, task.task);
	const {clock} = session.world;
	const began = Date.parse(task.at);
	const file = await OutputFile.open(files, () => Math.max(0, clock.now().getTime() - began));
	const over = new AbortController();
	const {signal} = session.closing;
	try {
		const inspection = inspect();
		if (file.size() > 0) await inspectFile(inspection, files.output);
		const either = AbortSignal.any([signal, over.signal]);
		const left = new Promise(resolve => either.addEventListener('abort', resolve, {once: true}));
		for await (const bytes of readAhead(remote.follow(remoteId(session.state, task.task), file.size(), either))) {
			await file.append(bytes);
			inspection.write(bytes);
			watch.heard(bytes);
			session.publish({kind: 'output', host: name, task: task.task, bytes});
			const behind = session.pace?.();
			if (behind) await Promise.race([behind, left]);
		}
		if (signal.aborted) return {};
		await file.sync();
		if (inspection.knewAll) return inspection.end();
	} finally {
		over.abort();
		await file.close();
	}
	const again = inspect();
	await inspectFile(again, files.output);
	return again.end();
}

/** Of a sensitive command nothing is kept; its patterns are tried as it passes. */
async function followUnkept(
	session: Session,
	remote: Host,
	id: TaskId,
	inspection: OutputInspection,
	watch: Watch,
): Promise<Seen> {
	for await (const bytes of remote.follow(remoteId(session.state, id), 0, session.closing.signal)) {
		watch.heard(bytes);
		inspection.write(bytes);
	}
	const {sha256, failure, ...seen} = inspection.end();
	return {...seen, ...(failure !== undefined && {failure: '(not kept)'})};
}

/** Values of a command that failed are not handed on. */
async function handedBy(session: Session, remote: Host, id: TaskId, command: Command, isSuccess: boolean) {
	if (!isSuccess) return {};
	const {stdout, values} = await remote.handed(remoteId(session.state, id));
	const decoder = new TextDecoder();
	const isCut = values.length >= handedLimit;
	// The last line may not be whole: it is no value.
	const lines = decoder.decode(isCut ? values.subarray(0, values.lastIndexOf(lineFeed) + 1) : values);
	const handed = handedValues(session.state.runbook, command, decoder.decode(stdout), lines);
	const dropped = isCut ? [...handed.dropped, 'what stands behind the first MiB'] : handed.dropped;
	return withoutSecrets({...handed, dropped}, value => session.secrets.masked(value) !== value);
}

const lineFeed = 10;

function partsOf(session: Session, name: HostName, id: TaskId): {host: HostState; task: TaskState; command: Command} {
	const host = session.state.hosts[name]!;
	const task = host.tasks[id]!;
	return {host, task, command: blockFor(session.state, host, task.block)!.block as Command};
}
