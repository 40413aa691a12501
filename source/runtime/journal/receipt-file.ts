import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {type Receipt, receiptOf} from '../../core/run/receipt.ts';
import type {RunState} from '../../core/run/state.ts';
import {onDisk} from './disk-failure.ts';
import {writePrivateFile} from './private-file.ts';
import {readJournal} from './read-journal.ts';
import type {RunFolder} from './run-folder.ts';

/** Writes the receipt of a session's run, once it has ended; before that it does nothing. Rejects with `DiskFailure`. */
export async function keepReceipt({state, world}: {state: RunState; world: {folder: RunFolder}}): Promise<void> {
	if (!state.ended) return;
	const {events, head} = await readJournal(world.folder.journal);
	await writeReceipt(world.folder, receiptOf(state, events, head.hash));
}

/** As `receipt.json` (0600) in the run's folder. */
async function writeReceipt(folder: RunFolder, receipt: Receipt): Promise<void> {
	const path = receiptPath(folder);
	const bytes = Buffer.from(`${JSON.stringify(receipt, undefined, 2)}\n`);
	await onDisk('The receipt cannot be written', path, () => writePrivateFile(path, bytes));
}

/** Undefined where there is none, or what is there is no receipt. */
export async function readReceipt(folder: RunFolder): Promise<Receipt | undefined> {
	try {
		const value = JSON.parse(await readFile(receiptPath(folder), 'utf8'));
		return isReceipt(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

const receiptPath = (folder: RunFolder): string => join(folder.path, 'receipt.json');

function isReceipt(value: unknown): value is Receipt {
	if (typeof value !== 'object' || value === null) return false;
	const {receipt, run, end, head, hosts, deviations} = value as Record<string, unknown>;
	const texts = [run, end, head].every(each => typeof each === 'string');
	return receipt === 1 && texts && typeof deviations === 'number' && Array.isArray(hosts);
}
