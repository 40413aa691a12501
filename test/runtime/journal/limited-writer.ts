// A process that records the run folder argv[2] under a limit of the size of files, and says how each append went.
import {join} from 'node:path';
import {DiskFailure} from '../../../source/runtime/journal/disk-failure.ts';
import {openJournal} from '../../../source/runtime/journal/journal.ts';
import {note, started, steadyClock} from './a-record.ts';

const journal = await openJournal(join(process.argv[2]!, 'journal.jsonl'), {clock: steadyClock()});
for (const event of [started(), note('x'.repeat(20_000)), note('small')]) {
	const answer = await journal.append([event]).then(
		([recorded]) => `event ${recorded!.seq}`,
		error => (error instanceof DiskFailure ? `${error.code}: ${error.message}` : String(error)),
	);
	process.stdout.write(`${answer}\n`);
}
await journal.close();
