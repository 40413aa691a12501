import {hash} from 'node:crypto';
import type {Event, NewEvent} from '../../core/run/events.ts';
import {Failure} from '../../core/text/failure.ts';
import type {Clock} from './clock.ts';
import {GrowingFile} from './growing-file.ts';
import {type Head, journalVersion} from './parse-lines.ts';
import {type JournalReading, readJournal} from './read-journal.ts';
import {setAside} from './set-aside.ts';

/** The record of a run, open for its one writer. */
export class Journal {
	/** What stood in it when it was opened. */
	readonly events: Event[];
	readonly #file: GrowingFile;
	readonly #clock: Clock;
	#head: Head;
	/** The boot that `up` counts from is said by the first line that this program writes. */
	#isBootSaid = false;
	#queue: Promise<unknown> = Promise.resolve();

	constructor(file: GrowingFile, clock: Clock, {events, head}: Pick<JournalReading, 'events' | 'head'>) {
		this.#file = file;
		this.#clock = clock;
		this.events = events;
		this.#head = head;
	}

	/** Number and SHA-256 of the last line. */
	get head(): Head {
		return this.#head;
	}

	/**
	 * Appends the events of one decision by one write and one sync, in the order of the calls: a crash leaves all of them
	 * or none. Resolves to them as a reader will see them. Rejects with `DiskFailure`; then none of them is in the
	 * journal, and a later append may succeed.
	 */
	append(events: NewEvent[]): Promise<Event[]> {
		const result = this.#queue.then(() => this.#write(events));
		this.#queue = result.catch(() => undefined);
		return result;
	}

	/** Waits for what is being written. */
	async close(): Promise<void> {
		await this.#queue;
		await this.#file.close();
	}

	async #write(events: NewEvent[]): Promise<Event[]> {
		if (events.length === 0) return [];
		const at = this.#clock.now().toISOString();
		const up = this.#clock.up();
		let head = this.#head;
		const lines = events.map((event, index) => {
			const boot = index === 0 && !this.#isBootSaid ? {boot: this.#clock.boot} : {};
			const more = index < events.length - 1 ? {more: true} : {};
			const line = JSON.stringify({seq: head.seq + 1, at, up, ...boot, ...event, ...more, prev: head.hash});
			head = {seq: head.seq + 1, hash: hash('sha256', line)};
			return line;
		});
		await this.#file.append(Buffer.from(`${lines.join('\n')}\n`));
		this.#head = head;
		this.#isBootSaid = true;
		return lines.map(line => JSON.parse(line));
	}
}

/**
 * Opens a journal to go on with it, creating it where it is missing; the caller holds the writer's lock. A torn end
 * is set aside, and said by a `recovered` event. Throws `JournalDamaged` where a line was changed, a `Failure`
 * where a newer Handrail wrote it, and `DiskFailure`.
 */
export async function openJournal(path: string, {clock}: {clock: Clock}): Promise<Journal> {
	const reading = await readJournal(path);
	refuse(path, reading);
	const file = await GrowingFile.open(path, reading.length + reading.torn.length);
	try {
		if (reading.torn.length === 0) return new Journal(file, clock, reading);
		const kept = await setAside(path, reading.head.seq + 1, reading.torn);
		await file.cut(reading.length);
		const journal = new Journal(file, clock, reading);
		const said = await journal.append([{type: 'recovered', host: null, bytes: reading.torn.length, kept}]);
		journal.events.push(...said);
		return journal;
	} catch (error) {
		await file.close();
		throw error;
	}
}

/** A line is not what was written; nothing may be appended after it. */
export class JournalDamaged extends Failure {
	override name = 'JournalDamaged';
	readonly line: number;
	readonly seq: number;
	constructor(path: string, {line, seq, what}: {line: number; seq: number; what: string}) {
		super(
			`${path}:${line}: the journal is damaged at event ${seq}: ${what}`,
			'Nothing is appended to it. Put back an unchanged copy, or look at what is left: handrail report RUN.',
			1,
		);
		this.line = line;
		this.seq = seq;
	}
}

function refuse(path: string, {events, torn, isNewer, problem}: JournalReading) {
	// Also before a problem: what a newer version calls valid is not for this one to judge.
	if (isNewer)
		throw new Failure(
			`The journal was written by a newer Handrail; this one knows version ${journalVersion} (${path})`,
			'Go on with the newer program; this one can show it: handrail report RUN.',
			1,
		);
	if (problem) throw new JournalDamaged(path, problem);
	if (events.length === 0 && torn.length > 0)
		throw new Failure(
			`The run never began: its first event was not written to the end (${path})`,
			'Nothing was run. Start a new run, and remove the folder of this one.',
			1,
		);
}
