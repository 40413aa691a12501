import {hash} from 'node:crypto';
import type {Event} from '../../core/run/events.ts';

/** The end of a chain: number of its last line and the SHA-256 of it, which the next line carries as `prev`. */
export type Head = {seq: number; hash: string};

export const emptyHead: Head = {seq: 0, hash: '0'.repeat(64)};

/** The version of the journal that this program writes; it reads every older one. */
export const journalVersion = 1;

/** Where a journal stops being what was written. `seq` is what that line says it is, or what is due there. */
export type Problem = {line: number; seq: number; what: string};

export type Parsed = {
	/** The valid lines up to the first problem. */
	events: Event[];
	head: Head;
	/** How many bytes they take. Where there is no problem, what follows was torn: a part of a line, or of a decision. */
	length: number;
	problem?: Problem;
};

/**
 * Reads the complete lines that continue the chain from `from`; never throws. Events of one decision belong together:
 * all but the last say `more`, and without the last none of them counts.
 */
export function parseLines(bytes: Buffer, from: Head = emptyHead): Parsed {
	const events: Event[] = [];
	let {seq, hash: previous} = from;
	let start = 0;
	let whole = {count: 0, head: from, length: 0};
	const upToWhole = () => ({events: events.slice(0, whole.count), head: whole.head, length: whole.length});
	for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
		const event = parse(bytes.toString('utf8', start, end));
		const wrong = whatIsWrong(event, seq + 1, previous);
		if (wrong) {
			const claimed = Number.isSafeInteger(event?.seq) ? event!.seq : seq + 1;
			return {...upToWhole(), problem: {line: seq + 1, seq: claimed, what: wrong}};
		}
		events.push(event!);
		previous = hash('sha256', bytes.subarray(start, end));
		seq++;
		start = end + 1;
		if (!event!.more) whole = {count: events.length, head: {seq, hash: previous}, length: start};
	}
	return upToWhole();
}

const newline = 0x0a;

function parse(line: string): Event | undefined {
	try {
		const value = JSON.parse(line);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** Lines are numbered from 1, so `due` is both the number of the line and the `seq` it must carry. */
function whatIsWrong(event: Event | undefined, due: number, previous: string): string | undefined {
	if (!event) return `line ${due} is no event`;
	if (event.prev !== previous) return broken(event.seq, due);
	if (event.seq !== due) return `line ${due} says that it is event ${shown(event.seq)}`;
	if (typeof event.type !== 'string' || typeof event.at !== 'string' || typeof event.up !== 'number')
		return `line ${due} has no type or no time`;
	if (event.host !== null && typeof event.host !== 'string') return `line ${due} names no host`;
	if ((due === 1) !== (event.type === 'run.started'))
		return due === 1 ? 'line 1 does not begin a run' : `line ${due} begins another run`;
	if (event.type === 'run.started' && !(Number.isSafeInteger(event.journal) && event.journal > 0))
		return 'line 1 does not say the version of the journal';
	return undefined;
}

function broken(seq: number, due: number): string {
	if (due === 1) return seq === 1 ? 'line 1 was changed' : 'the first lines are missing, or line 1 was changed';
	if (seq === due) return `line ${due} does not continue line ${due - 1}: one of them was changed`;
	return `line ${due} (event ${shown(seq)}) does not continue line ${due - 1}: lines were changed, moved, repeated or removed`;
}

const shown = (seq: unknown) => (Number.isSafeInteger(seq) ? String(seq) : 'without a number');
