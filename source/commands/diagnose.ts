import {createReadStream} from 'node:fs';
import {resolve} from 'node:path';
import type {Readable} from 'node:stream';
import {Diagnoser} from '../core/runbook/diagnose.ts';
import {troubleshootingEntriesOf} from '../core/runbook/outline.ts';
import {diagnosesText} from '../views/plain/diagnoses.ts';
import {defineCommand, Failure, type Io} from './command.ts';
import {openRunbook} from './open-runbook.ts';
import {printJson} from './print.ts';

export const command = defineCommand({
	name: 'diagnose',
	summary: 'Says which troubleshooting entries of a runbook match an output',
	usage: 'diagnose RUNBOOK [FILE] [--json]',
	flags: {json: {type: 'boolean', help: 'print the matches as JSON'}},
	arguments: {minimum: 1, maximum: 2},
	async run({arguments: [name, file], flags, io}) {
		const {document} = await openRunbook(name!, io);
		const search = new Diagnoser(document.runbook);
		for await (const piece of outputOf(file, io)) search.write(piece);
		const found = search.end();
		if (flags.json)
			printJson(
				io,
				found.map(({section, pattern, line, text}) => ({
					section: section.id,
					title: section.title,
					pattern,
					line,
					text,
				})),
			);
		else io.stdout.write(diagnosesText(found, troubleshootingEntriesOf(document.runbook).length));
		return found.length > 0 ? 0 : 1;
	},
});

async function* outputOf(file: string | undefined, io: Io): AsyncGenerator<Uint8Array> {
	const isStandard = file === undefined || file === '-';
	if (isStandard && io.isTerminal) io.stderr.write('Paste the output, then press Ctrl-D.\n');
	const source: Readable = isStandard ? io.stdin : createReadStream(resolve(io.cwd, file));
	try {
		yield* source;
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		throw new Failure(
			`${file ?? 'standard input'}: cannot be read (${reasons[code ?? ''] ?? message})`,
			'Name a file that holds the output, or give the output on standard input.',
			2,
			{cause: error},
		);
	}
}

const reasons: Record<string, string> = {
	ENOENT: 'no such file',
	EISDIR: 'it is a directory',
	EACCES: 'permission denied',
};
