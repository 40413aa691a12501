import {PassThrough} from 'node:stream';
import type {TaskId} from '../../core/run/host.ts';
import {type Keyboard, LinkLost} from '../hosts/host.ts';
import {drain, request} from '../hosts/request.ts';
import type {Shell} from '../hosts/shell.ts';
import {answered, ask, checked} from './task-protocol.ts';

/** One command on the host for all keys: a command for each would cost a start of `sh` a key, and could overtake another. */
export async function keyboard(shell: Shell, task: TaskId): Promise<Keyboard> {
	const typed = new PassThrough();
	const answer = await request(shell, {...ask('keys', [checked(task)]), more: typed});
	drain(answer.stderr);
	const line = await answer.stdout.line();
	if (line === undefined) throw new LinkLost('The connection was lost before anything could be typed');
	if (!/^typing\b/.test(answered(line))) throw new RangeError('The host gave no answer to what was to be typed');
	const {promise: closed, resolve} = Promise.withResolvers<void>();
	answer.ended.then(() => resolve());
	drain(answer.stdout);
	return {
		hasTerminal: line === 'typing terminal',
		write(bytes) {
			if (!typed.writableEnded) typed.write(Buffer.from(bytes));
		},
		closed,
		close() {
			typed.end();
			resolve();
		},
	};
}
