import {spawn} from 'node:child_process';

/** What a program printed; `error` where it could not be run, and `status` null where it was ended. */
export type Output = {out: string; err: string; status: number | null; error?: NodeJS.ErrnoException};

/** Runs a program that reads nothing, in a session of its own: `signal` ends it with all that it started. Never rejects. */
export async function outputOf(
	program: string,
	words: string[],
	env: NodeJS.ProcessEnv,
	signal: AbortSignal,
): Promise<Output> {
	const child = spawn(program, words, {stdio: ['ignore', 'pipe', 'pipe'], detached: true, env});
	const said = {out: '', err: ''};
	for (const [name, stream] of [['out', child.stdout] as const, ['err', child.stderr] as const]) {
		stream.setEncoding('utf8').on('data', (piece: string) => {
			said[name] = (said[name] + piece).slice(0, most);
		});
	}
	return await new Promise(resolve => {
		const end = () => {
			if (child.pid) killGroup(child.pid);
			for (const stream of [child.stdout, child.stderr]) stream.destroy();
			resolve({...said, status: null});
		};
		if (signal.aborted) end();
		else signal.addEventListener('abort', end, {once: true});
		const settle = (output: Output) => {
			signal.removeEventListener('abort', end);
			resolve(output);
		};
		child.once('error', error => settle({...said, status: null, error}));
		child.once('close', status => settle({...said, status}));
	});
}

/** Characters of a stream. */
const most = 1 << 20;

function killGroup(group: number): void {
	try {
		process.kill(-group, 'SIGKILL');
	} catch {
		// It has just gone.
	}
}
