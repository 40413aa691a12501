import {randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import type {Meeting} from '../../core/run/host.ts';
import {parseFacts} from './facts.ts';
import {LinkLost, NotConnected} from './host.ts';
import {drain, request} from './request.ts';
import type {Shell} from './shell.ts';

const script = readFileSync(new URL('./facts.sh', import.meta.url), 'utf8');

/** Connects and asks which machine answers. Throws `NotConnected`. */
export async function meet(shell: Shell, signal: AbortSignal): Promise<Meeting> {
	const {hostKey} = await shell.connect(signal);
	const marker = randomBytes(8).toString('hex');
	try {
		const answer = await request(shell, {program: script, words: [marker]});
		signal.addEventListener('abort', answer.kill, {once: true});
		drain(answer.stderr);
		const output = Buffer.from(await answer.stdout.all(1 << 20)).toString('utf8');
		signal.removeEventListener('abort', answer.kill);
		if (!output.includes(`${marker} end\n`)) throw new LinkLost('The host did not say which machine it is');
		return parseFacts(output, marker, hostKey);
	} catch (error) {
		if (!(error instanceof LinkLost)) throw error;
		throw new NotConnected(error.message, 'Try whether `sh` can be run there, and whether it has /proc', {
			cause: error,
		});
	}
}
