import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {pipeline} from 'node:stream/promises';
import {LinkLost} from './host.ts';
import type {Channel, Shell} from './shell.ts';

/** Commands on this machine. `environment` is that of every command, tasks included. */
export function localShell(environment: NodeJS.ProcessEnv = process.env): Shell {
	const open = new Set<Channel>();
	let isClosed = false;
	return {
		kind: 'local',
		async connect() {
			isClosed = false;
			return {hostKey: ''};
		},
		async open(command, stdin) {
			const channel = await start(command, stdin, environment);
			open.add(channel);
			// What was on its way when it was closed would keep this program from ending.
			if (isClosed) channel.kill();
			channel.ended.finally(() => open.delete(channel));
			return channel;
		},
		onLink: () => () => {},
		async close() {
			isClosed = true;
			for (const channel of open) channel.kill();
		},
	};
}

async function start(
	command: string[],
	stdin: AsyncIterable<Uint8Array>,
	environment: NodeJS.ProcessEnv,
): Promise<Channel> {
	// A session of its own: the interrupt key of this terminal does not reach it.
	const child = spawn(command[0]!, command.slice(1), {stdio: 'pipe', detached: true, env: environment});
	const ended = new Promise<{exit: number} | 'lost'>(resolve => {
		child.once('exit', code => resolve(code === null ? 'lost' : {exit: code}));
		child.once('error', () => resolve('lost'));
	});
	// It may end without having read everything.
	pipeline(stdin, child.stdin).catch(() => {});
	try {
		await once(child, 'spawn');
	} catch (cause) {
		throw new LinkLost('No process could be started on this machine', {cause});
	}
	// The end of its standard input stops what it attends to; a group is never killed from here, tasks are not in it.
	const kill = () => {
		for (const stream of [child.stdout, child.stderr, child.stdin]) stream.destroy();
		child.kill('SIGTERM');
	};
	return {stdout: readable(child.stdout), stderr: readable(child.stderr), ended, kill};
}

/** A stream that was destroyed simply ends. */
async function* readable(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	try {
		yield* stream;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
	}
}
