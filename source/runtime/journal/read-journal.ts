import {readFile} from 'node:fs/promises';
import type {Event} from '../../core/run/events.ts';
import {Failure} from '../../core/text/failure.ts';
import {DiskFailure} from './disk-failure.ts';
import {type Head, journalVersion, type Problem, parseLines} from './parse-lines.ts';

/** What stands in a journal, for those who only look. */
export type JournalReading = {
	/** The valid beginning: everything, where there is no problem. */
	events: Event[];
	head: Head;
	/** Bytes of the valid lines. */
	length: number;
	/** What follows them: a part of a line, or of the lines of one decision, on which nobody could rely. */
	torn: Buffer;
	/** Written by a newer Handrail: it may be shown, and nothing may be appended. */
	isNewer: boolean;
	problem?: Problem;
};

/** Reads a journal, tolerant of what is wrong with it; one that is not there yet is empty. Throws `DiskFailure` only. */
export async function readJournal(file: string): Promise<JournalReading> {
	const bytes = await readWhole(file);
	const {events, head, length, problem} = parseLines(bytes);
	const [first] = events;
	return {
		events,
		head,
		length,
		torn: problem ? Buffer.alloc(0) : bytes.subarray(length),
		isNewer: first?.type === 'run.started' && first.journal > journalVersion,
		...(problem && {problem}),
	};
}

/** For those who cannot go on without the first event. */
export function noBeginning(run: string, {events, problem}: JournalReading): Failure {
	const isEmpty = events.length === 0 && !problem;
	return new Failure(
		`The run ${run} has no beginning in its journal${problem ? `: ${problem.what}` : ''}`,
		isEmpty
			? 'Where its folder `tasks` is empty, nothing was run in it and it can be removed.'
			: 'Put back an unchanged copy of its folder.',
		1,
	);
}

async function readWhole(file: string): Promise<Buffer> {
	try {
		return await readFile(file);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
		throw new DiskFailure('The journal cannot be read', file, error, 1);
	}
}
