import {findRunFolder} from '../runtime/journal/run-folder.ts';
import {findStateFolder} from '../runtime/journal/state-folder.ts';
import {verifyRun} from '../runtime/journal/verify-run.ts';
import {verdictText} from '../views/plain/verdict.ts';
import {defineCommand, UsageError} from './command.ts';
import {printJson} from './print.ts';

export const command = defineCommand({
	name: 'verify',
	summary: 'Says whether the record of a run is unchanged up to a head',
	usage: 'verify RUN [--head HASH] [--json]',
	flags: {
		head: {
			type: 'string',
			value: 'HASH',
			help: 'the head that was printed at the end of the run, or stands in its report',
		},
		json: {type: 'boolean', help: 'print the verdict as JSON'},
	},
	arguments: {minimum: 1, maximum: 1},
	async run({arguments: [run], flags, io}) {
		const head = flags.head?.toLowerCase();
		if (head !== undefined && !/^[0-9a-f]{64}$/.test(head))
			throw new UsageError(
				'A head is a SHA-256: 64 hexadecimal digits',
				'It stands at the end of the run and in its report.',
			);
		const verdict = await verifyRun(await findRunFolder(await findStateFolder(io.env), run!), head);
		if (flags.json) printJson(io, verdict);
		else io.stdout.write(verdictText(verdict, head !== undefined));
		return verdict.isUnchanged ? 0 : 1;
	},
});
