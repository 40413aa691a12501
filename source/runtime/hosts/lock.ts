import {readFileSync} from 'node:fs';
import type {LockOwner} from '../../core/run/host.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {TaskRefused} from '../tasks/task-protocol.ts';
import {type Host, LinkLost} from './host.ts';
import {drain, request} from './request.ts';
import type {Shell} from './shell.ts';

const script = readFileSync(new URL('./lock.sh', import.meta.url), 'utf8');

/**
 * The lock of a host, a folder below /var/tmp that survives a reboot. Advisory: it keeps Handrail's runs apart.
 * Broken is only the lock that was seen before, where one was. Throws `TaskRefused` where it cannot be made.
 */
export function hostLock(shell: Shell): Pick<Host, 'lock' | 'lockOwner' | 'unlock'> {
	let seen: LockOwner | undefined;
	return {
		async lock(claim, breaking) {
			const lines = await run(shell, breaking ? 'break' : 'take', [
				claim.run,
				claim.owner,
				claim.since,
				seen?.run ?? '',
			]);
			seen = undefined;
			if (lines[0] === 'taken') return {taken: true};
			if (lines[0] !== 'owned') throw new TaskRefused((lines[0] ?? '').replace(/^refused /, ''));
			seen = ownerIn(lines);
			return {taken: false, owner: seen};
		},
		async lockOwner() {
			const lines = await run(shell, 'who', ['', '', '', '']);
			return lines[0] === 'owned' ? ownerIn(lines) : undefined;
		},
		async unlock(name) {
			await run(shell, 'give', [name, '', '', '']);
		},
	};
}

function ownerIn(lines: string[]): LockOwner {
	const [run = '', owner = '', since = ''] = lines.slice(1).map(line => visibleLine(line.slice(0, 200)));
	return {run, owner: owner || 'somebody who left no name', since: since || 'an unknown time'};
}

async function run(shell: Shell, verb: string, values: string[]): Promise<string[]> {
	const payload = Buffer.from(`${values.map(value => visibleLine(value).trim()).join('\n')}\n`);
	const answer = await request(shell, {program: script, words: [verb, payload.length], payload: [payload]});
	drain(answer.stderr);
	const lines = Buffer.from(await answer.stdout.all(8192))
		.toString('utf8')
		.split('\n');
	if (lines.length < 2) throw new LinkLost('The host did not answer about its lock');
	return lines;
}
