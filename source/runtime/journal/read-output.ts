import {closeSync, fstatSync, openSync, readSync, statSync} from 'node:fs';
import {open, stat} from 'node:fs/promises';

/** A line of output, without its line feed; `offset` of its first byte. */
export type OutputLine = {offset: number; bytes: Buffer};

/** Longer lines are given in pieces of this many bytes, so that memory stays bounded. */
const longest = 64 * 1024;

/** The bytes of an output file from `start` up to `end`; fewer where it is shorter, none where it is missing. */
export async function readRange(path: string, start: number, end: number): Promise<Buffer> {
	const size = await sizeOf(path);
	const from = Math.min(Math.max(0, start), size);
	const buffer = Buffer.alloc(Math.max(0, Math.min(end, size) - from));
	if (buffer.length === 0) return buffer;
	const handle = await open(path, 'r');
	try {
		let done = 0;
		while (done < buffer.length) {
			const {bytesRead} = await handle.read(buffer, done, buffer.length - done, from + done);
			if (bytesRead === 0) break;
			done += bytesRead;
		}
		return buffer.subarray(0, done);
	} finally {
		await handle.close();
	}
}

/** The last `count` lines, and at most the last `most` bytes of them. */
export async function readTail(path: string, count: number, most = 256 * 1024): Promise<OutputLine[]> {
	const size = await sizeOf(path);
	const start = Math.max(0, size - most);
	const lines = [...split(await readRange(path, start, size), start)];
	// What begins in the middle of a line is no line.
	if (start > 0 && lines.length > 1) lines.shift();
	return count > 0 ? lines.slice(-count) : [];
}

/** The size of an output, at once; 0 where it is missing. */
export const sizeSync = (path: string): number => statSync(path, {throwIfNoEntry: false})?.size ?? 0;

/** The last bytes of an output, at once; none where it is missing. */
export function readTailSync(path: string, most: number): Uint8Array {
	try {
		const handle = openSync(path, 'r');
		try {
			const {size} = fstatSync(handle);
			const bytes = Buffer.alloc(Math.min(size, most));
			return bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, size - bytes.length));
		} finally {
			closeSync(handle);
		}
	} catch {
		return Buffer.alloc(0);
	}
}

const newline = 0x0a;

function* split(bytes: Buffer, offset: number): Generator<OutputLine> {
	for (let start = 0; start < bytes.length; ) {
		const feed = bytes.indexOf(newline, start);
		const end = feed === -1 ? bytes.length : feed;
		for (let piece = start; piece < end || piece === start; piece += longest)
			yield {offset: offset + piece, bytes: bytes.subarray(piece, Math.min(end, piece + longest))};
		start = end + 1;
	}
}

async function sizeOf(path: string): Promise<number> {
	try {
		return (await stat(path)).size;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
		throw error;
	}
}
