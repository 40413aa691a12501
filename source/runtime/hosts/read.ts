import {setTimeout as wait} from 'node:timers/promises';
import {readRequest} from '../tasks/task-protocol.ts';
import type {ByteReader} from './byte-reader.ts';
import {type Host, LinkLost, type ReadSpec} from './host.ts';
import {type Answer, request} from './request.ts';
import type {Shell} from './shell.ts';

/** Bytes of output kept of a script that only reads; what is more is read and dropped. */
const limit = 16 << 20;
/** Milliseconds that what was stopped may take to end. */
const grace = 3000;

/** Runs a script that only reads. Stopped with its whole process group after the time-out, or when aborted: exit 124. */
export async function read(shell: Shell, spec: ReadSpec): ReturnType<Host['read']> {
	const stop = Promise.withResolvers<void>();
	const stopped = AbortSignal.any([AbortSignal.timeout(spec.timeout), ...(spec.signal ? [spec.signal] : [])]);
	if (stopped.aborted) stop.resolve();
	else stopped.addEventListener('abort', () => stop.resolve(), {once: true});
	const tooLate = stop.promise.then(() => wait(grace, undefined, {ref: false}));
	const output = collector();
	const stdout = collector();
	const asked = request(shell, {...readRequest(spec), open: stop.promise});
	asked.then(answer => tooLate.then(answer.kill)).catch(() => {});
	const ended = asked.then(answer => finish(answer, stdout, output));
	try {
		const exit = await Promise.race([ended, tooLate]);
		return {stdout: stdout.bytes(), output: output.bytes(), exit: stopped.aborted ? 124 : exit!};
	} finally {
		// Ends standard input: what watches it on the host ends too.
		stop.resolve();
	}
}

/** The exit status, when it is known and the streams have ended. Throws `LinkLost` where there is none. */
async function finish(answer: Answer, stdout: Collector, output: Collector): Promise<number> {
	const streams = Promise.all([pour(answer.stdout, stdout, output), pour(answer.stderr, output)]);
	streams.catch(() => {});
	const ended = await answer.ended;
	// A process that it left behind may hold them.
	await Promise.race([streams, wait(1000, undefined, {ref: false})]);
	answer.kill();
	if (ended === 'lost') throw new LinkLost('The connection was lost while a script ran');
	return ended.exit;
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
