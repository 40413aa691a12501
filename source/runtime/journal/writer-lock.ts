import {randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {link, readdir, rename, unlink} from 'node:fs/promises';
import {join} from 'node:path';
import {onDisk} from './disk-failure.ts';
import {
	afterFile,
	Driven,
	isAlive,
	livingHolder,
	lockChain,
	parseHolder,
	readIfThere,
	thisProcess,
} from './lock-holder.ts';
import {writePrivateFile} from './private-file.ts';
import {processStart} from './process-identity.ts';

/** The right to write to a run's folder, held by this process until it is released or the process has ended. */
export type WriterLock = {
	/** False once another program has taken the run over. */
	isHeld(): boolean;
	release(): Promise<void>;
};

/**
 * Takes the lock of a run's folder. A lock whose process has ended is taken over; of several who try at once one wins.
 * Throws `Driven` where a living process holds it, unless that one (`dead`, its bytes) is given up.
 *
 * `lock` is the holder's. Who succeeds a dead holder creates `lock.after-HASH`, HASH being of the dead one's bytes,
 * which only one can, and then puts its own in the place of `lock`. Where it is killed in between, the next one
 * succeeds it in the same way. A holder that releases succeeds itself, so that nobody else can meanwhile.
 */
export async function takeLock(folder: string, since: Date, dead?: Buffer): Promise<WriterLock> {
	const path = join(folder, 'lock');
	return await onDisk('The run cannot be locked', path, async () => {
		const mine = await withClaim(path, since, async (claim, bytes) => {
			while (!(await tryToTake(folder, path, claim, dead)));
			return bytes;
		});
		await removeRemains(folder);
		return {isHeld: () => isHeld(path, mine), release: () => release(path, mine, since)};
	});
}

/** False where the world changed meanwhile, so that it must be looked at again. */
async function tryToTake(folder: string, path: string, claim: string, dead?: Buffer): Promise<boolean> {
	if (await linkNew(claim, path)) return true;
	const chain = await lockChain(path);
	if (chain.length === 0) return false;
	const holder = livingHolder(chain, dead);
	if (holder) throw new Driven(folder, holder);
	const after = afterFile(path, chain.at(-1)!);
	if (!(await linkNew(claim, after))) return false;
	// Had the succession been over before this link, `lock` would be another's by now.
	const isStillFirst = (await readIfThere(path))?.equals(chain[0]!);
	if (isStillFirst) await rename(claim, path);
	await unlink(after);
	return isStillFirst ?? false;
}

async function release(path: string, mine: Buffer, since: Date): Promise<void> {
	await withClaim(path, since, async claim => {
		const after = afterFile(path, mine);
		if (!isHeld(path, mine) || !(await linkNew(claim, after))) return;
		if (isHeld(path, mine)) await unlink(path);
		await unlink(after);
	});
}

/** A file of this process's own to make links of, so that a lock is never seen half-written. */
async function withClaim<T>(path: string, since: Date, work: (claim: string, bytes: Buffer) => Promise<T>): Promise<T> {
	const nonce = randomBytes(8).toString('hex');
	const bytes = Buffer.from(`${JSON.stringify({...thisProcess(since), nonce})}\n`);
	const claim = `${path}.claim-${process.pid}-${nonce}`;
	await writePrivateFile(claim, bytes);
	try {
		return await work(claim, bytes);
	} finally {
		await unlink(claim).catch(() => undefined);
	}
}

async function linkNew(claim: string, path: string): Promise<boolean> {
	try {
		await link(claim, path);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

function isHeld(path: string, mine: Buffer): boolean {
	try {
		return readFileSync(path).equals(mine);
	} catch {
		return false;
	}
}

/** What killed processes left beside the lock. */
async function removeRemains(folder: string): Promise<void> {
	for (const name of await readdir(folder)) {
		const found = /^lock\.(?:after|claim-(\d+))-/.exec(name);
		if (!found) continue;
		const file = join(folder, name);
		const bytes = await readIfThere(file);
		if (!bytes) continue;
		const holder = parseHolder(bytes);
		// A claim is not whole while it is being written; then its name says whose it is.
		const isInUse = holder ? isAlive(holder) : found[1] !== undefined && processStart(Number(found[1])) !== undefined;
		if (!isInUse) await unlink(file).catch(() => undefined);
	}
}
