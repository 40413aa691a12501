import type {FileHandle} from 'node:fs/promises';
import {onDisk} from './disk-failure.ts';
import {openPrivateFile} from './private-file.ts';
import {syncFolder} from './sync-folder.ts';
import type {TaskFolder} from './task-folder.ts';
import {openTimes, type Times} from './times.ts';

/** What a task printed, growing on the disk. Bytes are its truth; nothing is decoded. */
export class OutputFile {
	readonly #path: string;
	readonly #folder: string;
	readonly #handle: FileHandle;
	readonly #times: Times;
	readonly #elapsed: () => number;
	#size: number;
	#queue: Promise<unknown> = Promise.resolve();

	private constructor(files: TaskFolder, handle: FileHandle, times: Times, elapsed: () => number, size: number) {
		this.#path = files.output;
		this.#folder = files.path;
		this.#handle = handle;
		this.#times = times;
		this.#elapsed = elapsed;
		this.#size = size;
	}

	/** Opens the output of a task, creating it (0600). `elapsed` answers the milliseconds since the task began. */
	static async open(files: TaskFolder, elapsed: () => number): Promise<OutputFile> {
		const prepare = async (handle: FileHandle) => {
			const {size} = await handle.stat();
			return new OutputFile(files, handle, await openTimes(files.times, size), elapsed, size);
		};
		return await onDisk(unwritable, files.output, () => openPrivateFile(files.output, prepare));
	}

	/** Bytes recorded so far: the offset to follow the task's output from. */
	size(): number {
		return this.#size;
	}

	/**
	 * Resolves when the system has taken the bytes, which is the back-pressure for whoever reads them from the host.
	 * Rejects with `DiskFailure` where it cannot take them all; what it took stays, and counts in `size()`.
	 */
	append(bytes: Uint8Array): Promise<void> {
		return this.#next(async () => {
			const before = this.#size;
			await this.#write(bytes);
			await this.#times.note(this.#elapsed(), before);
		});
	}

	/** Resolves when all of it is on the disk, the files' names included. */
	sync(): Promise<void> {
		return this.#next(async () => {
			await this.#handle.datasync();
			await this.#times.sync();
			await syncFolder(this.#folder);
		});
	}

	async close(): Promise<void> {
		await this.#queue;
		await this.#handle.close();
		await this.#times.close();
	}

	#next(work: () => Promise<void>): Promise<void> {
		const result = this.#queue.then(() => onDisk(unwritable, this.#path, work));
		this.#queue = result.catch(() => undefined);
		return result;
	}

	async #write(bytes: Uint8Array) {
		for (let done = 0; done < bytes.length; ) {
			const {bytesWritten} = await this.#handle.write(bytes, done, bytes.length - done, this.#size);
			if (bytesWritten === 0) throw Object.assign(new Error('nothing was written'), {code: 'ENOSPC'});
			this.#size += bytesWritten;
			done += bytesWritten;
		}
	}
}

const unwritable = 'The output cannot be recorded';
