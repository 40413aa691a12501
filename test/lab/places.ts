import {execFile} from 'node:child_process';
import {mkdirSync, readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

/** Where each host's lock is: who holds it has the place of that number, its network and its control group. */
export const places = '/run/handrail-lab';

/** The exit status where another one has the place. */
export const isTaken = 75;

/** The words for flock(1) with which a command is run that has the place for as long as it runs. */
export function locked(number: number | string): string[] {
	return ['--nonblock', '--no-fork', '--conflict-exit-code', String(isTaken), `${places}/${number}.lock`];
}

export function groupOf(number: number | string): string {
	return `handrail-lab-${number}`;
}

/** Ends what killed tests have left behind: hosts whose place nobody holds. */
export async function sweep(): Promise<void> {
	mkdirSync(`${places}/host`, {recursive: true, mode: 0o755});
	const numbers = readdirSync(places).flatMap(name => /^(\d+)\.lock$/.exec(name)?.[1] ?? []);
	const ends = numbers.map(number =>
		run('flock', [...locked(number), 'unshare', '--mount', 'sh', script, groupOf(number)]),
	);
	for (const ended of await Promise.allSettled(ends)) {
		if (ended.status === 'rejected' && ended.reason.code !== isTaken) throw ended.reason;
	}
}

const run = promisify(execFile);
const script = fileURLToPath(new URL('end.sh', import.meta.url));
