// Tasks of earlier runs on a host: asked after, followed here to their end, removed.
import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {dirname} from 'node:path';
import type {EarlierTask} from '../../core/run/earlier.ts';
import type {HostName, TaskId} from '../../core/run/host.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {earlierTasks} from '../hosts/earlier-tasks.ts';
import type {Host} from '../hosts/host.ts';
import {readAhead} from '../hosts/read-ahead.ts';
import {onDisk} from '../journal/disk-failure.ts';
import {OutputFile} from '../journal/output-file.ts';
import {makePrivateFolder} from '../journal/private-folder.ts';
import {runStanding} from '../journal/run-standing.ts';
import {taskFolder} from '../journal/task-folder.ts';
import {TaskRefused} from '../tasks/task-protocol.ts';
import type {Session} from './session.ts';

type Of = {host: HostName; task: TaskId};

/** Those on a host that this run meets for the first time; none at a later meeting. */
export async function tasksBefore(session: Session, name: HostName, host: Host): Promise<EarlierTask[]> {
	const {state, world} = session;
	if (state.hosts[name]?.identity) return [];
	const stateFolder = dirname(dirname(world.folder.path));
	const standing = (run: string) => runStanding(stateFolder, run);
	return await earlierTasks(host, {run: state.beginning!.run, now: world.clock.now(), standing});
}

export async function askEarlier(session: Session, {host, task}: Of): Promise<void> {
	const report = await session.hosts.get(host).ask(task);
	await session.observe(host, {type: 'earlier-told', task, report});
}

/** Every byte of its output comes into this run's folder, under its own name; then how it ended is told. */
export async function adopt(session: Session, {host, task}: Of): Promise<void> {
	const remote = session.hosts.get(host);
	const files = taskFolder(session.world.folder, task);
	await onDisk('The output of an earlier task cannot be recorded', files.path, () => makePrivateFolder(files.path));
	const began = performance.now();
	const file = await OutputFile.open(files, () => Math.round(performance.now() - began));
	const over = new AbortController();
	const either = AbortSignal.any([session.closing.signal, over.signal]);
	try {
		for await (const bytes of readAhead(remote.follow(task, file.size(), either))) await file.append(bytes);
		if (session.closing.signal.aborted) return;
		await file.sync();
		const report = await remote.ask(task);
		if (report.is === 'running') return;
		const sha256 = await hashOf(files.output);
		await session.observe(host, {type: 'earlier-told', task, report, copied: file.size(), sha256});
	} finally {
		over.abort();
		await file.close();
	}
}

async function hashOf(path: string): Promise<string> {
	const digest = createHash('sha256');
	for await (const chunk of createReadStream(path)) digest.update(chunk);
	return digest.digest('hex');
}

/** Removes it from its host; the host refuses while something of it is at work. */
export async function clear(session: Session, {host, task}: Of): Promise<void> {
	try {
		await session.hosts.get(host).reap(task);
	} catch (error) {
		if (!(error instanceof TaskRefused)) throw error;
		await session.observe(host, {type: 'earlier-kept', task, why: visibleLine(error.message)});
		return;
	}
	await session.observe(host, {type: 'earlier-gone', task});
}
