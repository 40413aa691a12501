import {constants} from 'node:fs';
import {open, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {DiskFailure, onDisk} from '../journal/disk-failure.ts';
import {syncFolder} from '../journal/sync-folder.ts';

/** Runbooks whose own reads (gauges, probes, checks) somebody agreed to, by the SHA-256 of their bytes. */
export type Trust = {
	isTrusted(sha256: string): boolean;
	/** On the disk when it resolves. Again for the same bytes does no harm. */
	remember(agreement: Agreement): Promise<void>;
};

/** `at` is UTC, `by` the login, `file` where the runbook lay: for people, not part of the trust. */
export type Agreement = {sha256: string; at: string; by: string; file: string};

/** Opens what is trusted in a state folder: `trust.jsonl`, an agreement a line. A line that is none trusts nothing. */
export async function openTrust(state: string): Promise<Trust> {
	const path = join(state, 'trust.jsonl');
	const text = await readIfThere(path);
	const trusted = new Set(text.split('\n').map(sha256In));
	return {
		isTrusted: sha256 => isHash(sha256) && trusted.has(sha256),
		async remember({sha256, at, by, file}) {
			if (trusted.has(sha256)) return;
			await append(state, path, `${JSON.stringify({sha256, at, by, file})}\n`);
			trusted.add(sha256);
		},
	};
}

const readIfThere = async (path: string) => {
	try {
		return await readFile(path, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
		throw new DiskFailure('What is trusted cannot be read', path, error, 2);
	}
};

function sha256In(line: string): string | undefined {
	try {
		const {sha256} = JSON.parse(line);
		return isHash(sha256) ? sha256 : undefined;
	} catch {
		return undefined;
	}
}

const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

/** Several programs may append at once, each its line in one write; a torn line of a crash is ended first. */
const append = (state: string, path: string, line: string) =>
	onDisk('The agreement cannot be kept', path, async () => {
		const {O_RDWR, O_CREAT, O_APPEND, O_NOFOLLOW} = constants;
		const handle = await open(path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600);
		try {
			const {size} = await handle.stat();
			const last = Buffer.alloc(1);
			if (size > 0) await handle.read(last, 0, 1, size - 1);
			await handle.appendFile(size > 0 && last[0] !== 0x0a ? `\n${line}` : line);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await syncFolder(state);
	});
