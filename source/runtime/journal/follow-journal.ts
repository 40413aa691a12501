import {stat} from 'node:fs/promises';
import {setTimeout as wait} from 'node:timers/promises';
import type {Event} from '../../core/run/events.ts';
import {DiskFailure} from './disk-failure.ts';
import {JournalDamaged} from './journal.ts';
import {emptyHead, type Head, parseLines} from './parse-lines.ts';
import {readRange} from './read-output.ts';

/** How often the file is looked at, in milliseconds: also a network file system shows what another machine wrote. */
const pause = 200;

/**
 * The events of a journal as another program appends them, in the pieces they come in; begins with what is there, ends
 * with the run or with `signal`. Events that the writer could not get onto the disk, and took back, come again with
 * the same `seq`. Throws `JournalDamaged` at a line that was changed.
 */
export async function* followJournal(path: string, signal: AbortSignal): AsyncGenerator<Event[]> {
	const marks: {head: Head; length: number}[] = [{head: emptyHead, length: 0}];
	for (;;) {
		const size = await sizeOf(path);
		while (marks.at(-1)!.length > size) marks.pop();
		const {head, length} = marks.at(-1)!;
		const parsed = parseLines(await readRange(path, length, size), head);
		if (parsed.events.length > 0) {
			marks.push({head: parsed.head, length: length + parsed.length});
			yield parsed.events;
		}
		if (parsed.problem) throw new JournalDamaged(path, parsed.problem);
		if (parsed.events.some(({type}) => type === 'run.ended')) return;
		await wait(pause, undefined, {signal}).catch(() => undefined);
		if (signal.aborted) return;
	}
}

async function sizeOf(path: string): Promise<number> {
	try {
		return (await stat(path)).size;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
		throw new DiskFailure('The journal cannot be read', path, error, 1);
	}
}
