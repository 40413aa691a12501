import type {Io} from './command.ts';
import {keepCompiledCode} from './compile-cache.ts';
import {main} from './main.ts';
import {reportError} from './report-error.ts';

/** Runs the command line in this process: real streams, the exit code, and no stack trace whatever happens. */
export async function start(words: string[]): Promise<void> {
	const io: Io = {
		stdout: process.stdout,
		stderr: process.stderr,
		stdin: process.stdin,
		env: process.env,
		cwd: workingFolder(),
		isTerminal: Boolean(process.stdin.isTTY && process.stdout.isTTY),
	};
	for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
	process.on('uncaughtException', error => process.exit(reportError(error, io)));
	keepCompiledCode(process.env);
	process.exitCode = await main(words, io);
}

/** A deleted working folder is no reason to stop: paths from the root still work. */
function workingFolder(): string {
	try {
		return process.cwd();
	} catch {
		return '/';
	}
}

/** A reader that had enough (`| head`) or a terminal that was closed is no error; the command decides what that means. */
function ignoreClosedPipe(error: NodeJS.ErrnoException) {
	if (!['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED'].includes(error.code ?? '')) throw error;
}
