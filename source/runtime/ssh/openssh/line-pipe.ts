import {constants, openSync} from 'node:fs';
import {Socket} from 'node:net';

/** Lines that other programs write into a FIFO. */
export type LinePipe = {
	readonly path: string;
	/** Where they go from now on; nowhere at first. */
	listen(listener: (line: string) => void): void;
	/** Resolves when everything that was written until now has been heard. */
	flush(): Promise<void>;
	close(): void;
};

/** Opened for writing too: so it never ends, and whoever writes never waits for a reader. */
export function openLinePipe(path: string): LinePipe {
	const socket = new Socket({
		fd: openSync(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOFOLLOW),
		readable: true,
		writable: true,
	});
	const flushes = new Map<string, () => void>();
	let listener = (_: string): void => {};
	let [count, rest] = [0, ''];
	socket.on('error', () => {});
	socket.on('data', (bytes: Buffer) => {
		const lines = (rest + bytes.toString('latin1')).split(/\r*\n/);
		rest = lines.pop()!.slice(0, longest);
		for (const line of lines) {
			const done = flushes.get(line);
			if (done) done();
			else if (line !== '') listener(Buffer.from(line, 'latin1').toString('utf8'));
		}
	});
	return {
		path,
		listen(next) {
			listener = next;
		},
		async flush() {
			const mark = `flushed ${count++} of ${path}`;
			const {promise, resolve} = Promise.withResolvers<void>();
			flushes.set(mark, resolve);
			socket.once('close', resolve);
			if (socket.destroyed) resolve();
			else socket.write(`\n${mark}\n`);
			await promise;
			flushes.delete(mark);
			socket.off('close', resolve);
		},
		close() {
			socket.destroy();
		},
	};
}

/** Characters of a line that has not ended yet. */
const longest = 16_384;
