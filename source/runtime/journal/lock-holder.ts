import {hash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {hostname} from 'node:os';
import {basename, join} from 'node:path';
import {Failure} from '../../core/text/failure.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {thisPerson} from '../settings/person.ts';
import {bootId} from './clock.ts';
import {processStart} from './process-identity.ts';

/** Who holds the lock of a run's folder. */
export type LockHolder = {
	pid: number;
	/** When the process began, in clock ticks since the boot. */
	start: number;
	/** The boot of its machine. */
	boot: string;
	host: string;
	login: string;
	/** UTC. */
	since: string;
};

/** The living process that may write to a run's folder now; undefined where there is none. */
export async function currentHolder(folder: string): Promise<LockHolder | undefined> {
	return livingHolder(await lockChain(join(folder, 'lock')));
}

/** The contents of `lock` and of what succeeds it, in order; empty where it is not locked. */
export async function lockChain(path: string): Promise<Buffer[]> {
	const chain: Buffer[] = [];
	for (let next = await readIfThere(path); next; next = await readIfThere(afterFile(path, next))) chain.push(next);
	return chain;
}

export const afterFile = (path: string, held: Uint8Array): string => `${path}.after-${hash('sha256', held)}`;

/** The last of a chain that is alive, leaving out one that is given up for dead. */
export const livingHolder = (chain: Buffer[], dead?: Buffer): LockHolder | undefined =>
	chain
		.filter(bytes => !dead?.equals(bytes))
		.map(parseHolder)
		.findLast(holder => holder && isAlive(holder));

export const thisProcess = (since: Date): LockHolder => ({
	pid: process.pid,
	start: processStart(process.pid) ?? 0,
	boot: bootId(),
	host: hostname(),
	login: thisPerson(process.env).login,
	since: since.toISOString(),
});

/** Nobody can tell from here of a process on another machine; then it counts as alive. */
export function isAlive(holder: LockHolder): boolean {
	if (holder.host !== hostname()) return true;
	if (holder.boot !== bootId()) return false;
	const start = processStart(holder.pid);
	return start !== undefined && (start === 0 || start === holder.start);
}

/** Undefined where it is none of ours: what was written as a whole can only be damaged by a crash. */
export function parseHolder(bytes: Buffer): LockHolder | undefined {
	try {
		const holder = JSON.parse(bytes.toString());
		return Number.isSafeInteger(holder.pid) && holder.pid > 0 ? holder : undefined;
	} catch {
		return undefined;
	}
}

/** Another program drives the run: exit code 5. */
export class Driven extends Failure {
	override name = 'Driven';
	readonly holder: LockHolder;
	constructor(folder: string, holder: LockHolder) {
		const {pid, login, host, since} = holder;
		const run = basename(folder);
		super(
			visibleLine(`Run ${run} is driven by process ${pid} of ${login} on ${host}, since ${since}`),
			`handrail runs watch ${run} shows what it does. To go on here, leave it there, or end it: handrail resume ${run} --take-over`,
			5,
		);
		this.holder = holder;
	}
}

export async function readIfThere(path: string): Promise<Buffer | undefined> {
	try {
		return await readFile(path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}
