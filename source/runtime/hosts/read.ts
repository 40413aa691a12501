import {setTimeout as wait} from 'node:timers/promises';
import {readRequest} from '../tasks/task-protocol.ts';
import type {ByteReader} from './byte-reader.ts';
import {type Host, LinkLost, type ReadSpec} from './host.ts';
import {request} from './request.ts';
import type {Shell} from './shell.ts';

/** Bytes of output kept of a script that only reads; what is more is read and dropped. */
const limit = 16 << 20;
/** Milliseconds that what was stopped may take to say so. */
const grace = 3000;

/** Runs a script that only reads. Stopped with its whole process group after the time-out: exit 124. */
export async function read(shell: Shell, spec: ReadSpec): ReturnType<Host['read']> {
	const stop = Promise.withResolvers<void>();
	const stopped = new AbortController();
	const onAbort = () => {
		stop.resolve();
		stopped.abort();
	};
	const timer = setTimeout(onAbort, spec.timeout);
	spec.signal?.addEventListener('abort', onAbort, {once: true});
	if (spec.signal?.aborted) onAbort();
	try {
		const answer = await request(shell, {...readRequest(spec), open: stop.promise});
		const output = collector();
		const stdout = collector();
		const streams = Promise.all([pour(answer.stdout, stdout, output), pour(answer.stderr, output)]);
		const ended = await Promise.race([answer.ended, afterGrace(stopped.signal)]);
		stop.resolve();
		// A process that it left behind may hold the streams.
		await Promise.race([streams, wait(1000, undefined, {ref: false})]);
		answer.kill();
		if (ended === 'lost' && !stopped.signal.aborted) throw new LinkLost('The connection was lost while a script ran');
		const exit = stopped.signal.aborted || ended === 'lost' ? 124 : ended.exit;
		return {stdout: stdout.bytes(), output: output.bytes(), exit};
	} finally {
		stop.resolve();
		clearTimeout(timer);
		spec.signal?.removeEventListener('abort', onAbort);
	}
}

async function afterGrace(stopped: AbortSignal): Promise<'lost'> {
	const {promise, resolve} = Promise.withResolvers<void>();
	stopped.addEventListener('abort', () => setTimeout(resolve, grace).unref(), {once: true});
	await promise;
	return 'lost';
}

type Collector = {add(chunk: Uint8Array): void; bytes(): Uint8Array};

function collector(): Collector {
	const chunks: Uint8Array[] = [];
	let length = 0;
	return {
		add(chunk) {
			if (length < limit) chunks.push(chunk.subarray(0, limit - length));
			length += chunk.length;
		},
		bytes: () => Buffer.concat(chunks),
	};
}

async function pour(stream: ByteReader, ...collectors: Collector[]): Promise<void> {
	for await (const chunk of stream.rest()) for (const collector of collectors) collector.add(chunk);
}
