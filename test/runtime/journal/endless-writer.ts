// A process that drives the run folder argv[2]: appends events for ever and prints the number of each that is safe.
import {join} from 'node:path';
import {systemClock} from '../../../source/runtime/journal/clock.ts';
import {openJournal} from '../../../source/runtime/journal/journal.ts';
import {takeLock} from '../../../source/runtime/journal/writer-lock.ts';
import {note, started} from './a-record.ts';

const [, , folder] = process.argv;
await takeLock(folder!, new Date());
const journal = await openJournal(join(folder!, 'journal.jsonl'), {clock: systemClock()});
if (journal.head.seq === 0) await journal.append([started()]);
for (let number = 0; ; number++) {
	const events = await journal.append([note(`event ${number}`), note('x'.repeat(number % 5000))]);
	process.stdout.write(`${events.at(-1)!.seq}\n`);
}
