// A process that takes the lock of the run folder argv[2] once a line comes in, says how it went, and then holds it.
import {createInterface} from 'node:readline';
import {Driven} from '../../../source/runtime/journal/lock-holder.ts';
import {takeLock} from '../../../source/runtime/journal/writer-lock.ts';

const [, , folder] = process.argv;
process.stdout.write('ready\n');
for await (const line of createInterface({input: process.stdin})) {
	if (line !== 'take') continue;
	try {
		await takeLock(folder!, new Date());
		process.stdout.write('held\n');
	} catch (error) {
		process.stdout.write(error instanceof Driven ? `driven by ${error.holder.pid}\n` : `failed: ${error}\n`);
	}
}
