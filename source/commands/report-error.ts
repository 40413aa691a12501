import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {visible, visibleLine} from '../core/text/filter.ts';
import {Failure, type Io} from './command.ts';

/** Says on stderr what went wrong, never with a stack trace, and answers the exit code. */
export function reportError(error: unknown, io: Pick<Io, 'stderr' | 'env'>): number {
	if (error instanceof Failure) {
		io.stderr.write(`handrail: ${visibleLine(error.message)}\n`);
		if (error.hint) io.stderr.write(`  ${visibleLine(error.hint)}\n`);
		return error.exitCode;
	}
	const message = error instanceof Error ? error.message : String(error);
	const details = error instanceof Error ? (error.stack ?? message) : message;
	io.stderr.write(`handrail stopped on an error of its own: ${visibleLine(message)}\n`);
	if (io.env['HANDRAIL_DEBUG'] === '1') io.stderr.write(`${visible(details)}\n`);
	else io.stderr.write(`  ${whereWritten(details)}\n`);
	return 1;
}

function whereWritten(details: string): string {
	try {
		const file = join(mkdtempSync(join(tmpdir(), 'handrail-error-')), 'details.txt');
		writeFileSync(file, `${details}\n`, {mode: 0o600});
		return `The details are in ${visibleLine(file)}; please report them.`;
	} catch {
		return 'Run it again with HANDRAIL_DEBUG=1 to see the details, and please report them.';
	}
}
