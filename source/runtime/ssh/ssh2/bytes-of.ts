import type {Readable} from 'node:stream';

/**
 * What a stream of ssh2 gives, until it ends or `stop` says so. Its own iterator would destroy it, and a channel takes
 * that for the order to close.
 */
export async function* bytesOf(stream: Readable, stop: AbortSignal): AsyncGenerator<Uint8Array> {
	let {promise, resolve} = Promise.withResolvers<void>();
	const wake = () => resolve();
	const events = ['readable', 'end', 'close'] as const;
	for (const event of events) stream.on(event, wake);
	stop.addEventListener('abort', wake, {once: true});
	try {
		for (;;) {
			const bytes: Uint8Array | null = stop.aborted ? null : stream.read();
			if (bytes) {
				yield bytes;
				continue;
			}
			if (stop.aborted || stream.readableEnded) return;
			await promise;
			({promise, resolve} = Promise.withResolvers<void>());
		}
	} finally {
		for (const event of events) stream.off(event, wake);
		stop.removeEventListener('abort', wake);
	}
}
