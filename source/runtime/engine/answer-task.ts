// What a person gives a running task: keys, or a line. That it happened is recorded first; what it was, never.
import type {HostName, TaskId} from '../../core/run/host.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {refusalWords} from '../../core/text/words.ts';
import {type Keyboard, LinkLost} from '../hosts/host.ts';
import {hostOf} from './run-task.ts';
import type {Session} from './session.ts';
import {remoteId} from './task-spec.ts';

/** `isHidden`: it was not shown while it was typed, and must not be shown on the host. */
export type TypedLine = {line: Uint8Array; isHidden: boolean};

/** Keys for a task; a text says why there can be none. */
export async function typeInto(session: Session, host: HostName, task: TaskId): Promise<Keyboard | string> {
	return await orWhy(async () => {
		if (!isRunning(session, host, task)) return 'it has ended';
		const keyboard = await hostOf(session, host, task).type(remoteId(session.state, task));
		if (!keyboard.hasTerminal) return keyboard;
		const refusal = await session.tell({type: 'answer', task, how: 'keys'}, host);
		if (!refusal) return keyboard;
		keyboard.close();
		return refusalWords(refusal);
	});
}

/**
 * A line for the input of a task; the bytes are wiped. A hidden one is sent only where no terminal would show it.
 * Resolves to why it was not sent, or to undefined.
 */
export async function sendLine(
	session: Session,
	host: HostName,
	task: TaskId,
	{line, isHidden}: TypedLine,
): Promise<string | undefined> {
	try {
		return await orWhy(async () => {
			if (!isRunning(session, host, task)) return 'it has ended: nothing was sent';
			const remote = hostOf(session, host, task);
			const id = remoteId(session.state, task);
			const {terminal} = await remote.waits(id);
			if (isHidden && terminal?.isEchoing) return 'its terminal would show it now: nothing was sent';
			const refusal = await session.tell({type: 'answer', task, how: isHidden ? 'hidden line' : 'line'}, host);
			if (refusal) return refusalWords(refusal);
			const bytes = Buffer.concat([line, Buffer.from(terminal ? '\r' : '\n')]);
			await remote.write(id, bytes).finally(() => bytes.fill(0));
			return undefined;
		});
	} finally {
		line.fill(0);
	}
}

const isRunning = (session: Session, host: HostName, task: TaskId): boolean =>
	session.state.hosts[host]?.tasks[task]?.phase === 'running';

async function orWhy<T>(work: () => Promise<T | string>): Promise<T | string> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof LinkLost) return 'the connection is lost';
		return visibleLine((error as Error).message);
	}
}
