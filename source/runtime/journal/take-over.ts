import {hostname} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {Failure} from '../../core/text/failure.ts';
import {isAlive, type LockHolder, lockChain, parseHolder} from './lock-holder.ts';
import {takeLock, type WriterLock} from './writer-lock.ts';

/** How long the other program may take to end by itself, and then to be gone after a kill; milliseconds. */
const patience = {leave: 5000, die: 5000};

/**
 * Takes a run from the program that drives it, because its operator wants to go on here. That program is asked to
 * leave, then killed; tasks on the hosts are not its children and go on. One on another machine cannot be ended from
 * here: it is given up, and finds at its next event that the run was taken over.
 */
export async function takeOver(folder: string, since: Date, limits = patience): Promise<WriterLock> {
	const [first] = (await lockChain(join(folder, 'lock'))).slice(-1);
	const holder = first && parseHolder(first);
	if (!holder || !isAlive(holder)) return await takeLock(folder, since);
	if (holder.host !== hostname()) return await takeLock(folder, since, first);
	send(holder, 'SIGTERM');
	if (!(await hasGone(holder, limits.leave))) {
		send(holder, 'SIGKILL');
		await hasGone(holder, limits.die);
	}
	return await takeLock(folder, since);
}

function send(holder: LockHolder, signal: NodeJS.Signals) {
	try {
		process.kill(holder.pid, signal);
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'ESRCH') return;
		throw new Failure(
			`Process ${holder.pid} of ${holder.login} drives the run and cannot be ended (${code})`,
			`End it as ${holder.login} or root, then try again.`,
			5,
			{cause: error},
		);
	}
}

async function hasGone(holder: LockHolder, limit: number): Promise<boolean> {
	for (const end = performance.now() + limit; performance.now() < end; await wait(20)) {
		if (!isAlive(holder)) return true;
	}
	return !isAlive(holder);
}
