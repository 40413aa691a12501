import {type FileHandle, readFile} from 'node:fs/promises';
import {openPrivateFile} from './private-file.ts';

/** When output came: at so many milliseconds after the task began, the byte at this offset was the next. */
export type Moment = {milliseconds: number; offset: number};

/** The `times` file of a task, a line `MILLISECONDS OFFSET` each, both never falling. */
export type Times = {
	/** Notes when the byte at `offset` came; at most once in 50 ms. */
	note(milliseconds: number, offset: number): Promise<void>;
	sync(): Promise<void>;
	close(): Promise<void>;
};

/** Entries are at least so far apart; milliseconds. */
const apart = 50;

/** Opens the file, creating it (0600); what a crash left torn, or beyond `size` bytes of output, is cut off. */
export const openTimes = (path: string, size: number): Promise<Times> =>
	openPrivateFile(path, async handle => {
		const moments = parseTimes(await handle.readFile('latin1')).filter(({offset}) => offset < size);
		const end = moments.reduce((length, moment) => length + line(moment).length, 0);
		await handle.truncate(end);
		return timesOf(handle, end, moments.at(-1)?.milliseconds);
	});

function timesOf(handle: FileHandle, length: number, latest = -apart): Times {
	let end = length;
	let last = latest;
	return {
		async note(milliseconds, offset) {
			const now = Math.round(milliseconds);
			if (now < last + apart) return;
			const bytes = Buffer.from(line({milliseconds: now, offset}), 'latin1');
			const {bytesWritten} = await handle.write(bytes, 0, bytes.length, end);
			// A part of a line is written over by the next one, or cut when the file is opened again.
			if (bytesWritten < bytes.length) return;
			end += bytes.length;
			last = now;
		},
		sync: () => handle.datasync(),
		close: () => handle.close(),
	};
}

/** Every moment of a task's `times` file; none where there is no such file. */
export async function readTimes(path: string): Promise<Moment[]> {
	try {
		return parseTimes(await readFile(path, 'latin1'));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw error;
	}
}

const line = ({milliseconds, offset}: Moment) => `${milliseconds} ${offset}\n`;

/** The complete lines up to the first that is none, or that falls behind the one before. */
export function parseTimes(text: string): Moment[] {
	const moments: Moment[] = [];
	for (const found of text.matchAll(/(\d{1,15}) (\d{1,15})\n/gy)) {
		const moment = {milliseconds: Number(found[1]), offset: Number(found[2])};
		const before = moments.at(-1);
		if (before && (moment.milliseconds < before.milliseconds || moment.offset < before.offset)) break;
		moments.push(moment);
	}
	return moments;
}
