import type {Writable} from 'node:stream';

/** Bytes that may wait for whoever reads the output; more of it is read from a host only then. */
const most = 1024 * 1024;

/** Undefined, or what to wait for before more is written to a stream whose reader is behind; it ends when the stream does. */
export function pacedBy(stream: Writable): Promise<void> | undefined {
	if (stream.writableLength < most || stream.destroyed) return undefined;
	return new Promise(resolve => {
		const go = () => {
			for (const event of ends) stream.off(event, go);
			resolve();
		};
		for (const event of ends) stream.on(event, go);
	});
}

const ends = ['drain', 'close', 'error'];
