import {type FileHandle, stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import {Failure} from '../../core/text/failure.ts';
import {onDisk} from './disk-failure.ts';
import {openPrivateFile} from './private-file.ts';
import {syncFolder} from './sync-folder.ts';

/** A file that grows by whole pieces: a piece is on the disk, or it is not in the file. One writer. */
export class GrowingFile {
	readonly #path: string;
	readonly #handle: FileHandle;
	readonly #inode: bigint;
	#length: number;
	/** What a failed write left behind the good bytes could not be removed yet. */
	#isDirty = false;

	private constructor(path: string, handle: FileHandle, inode: bigint, length: number) {
		this.#path = path;
		this.#handle = handle;
		this.#inode = inode;
		this.#length = length;
	}

	/** Opens the file, which is known to have so many bytes, creating it (0600) where it is missing. */
	static async open(path: string, length: number): Promise<GrowingFile> {
		const prepare = async (handle: FileHandle) => {
			await syncFolder(dirname(path));
			const {ino} = await handle.stat({bigint: true});
			return new GrowingFile(path, handle, ino, length);
		};
		return await onDisk(unwritable, path, () => openPrivateFile(path, prepare));
	}

	get length(): number {
		return this.#length;
	}

	/** Resolves when the bytes are on the disk. Where it rejects they are not in the file, and may be tried again. */
	async append(bytes: Uint8Array): Promise<void> {
		await onDisk(unwritable, this.#path, async () => {
			if (this.#isDirty) await this.#restore();
			await this.#checkAlone();
			try {
				await writeAll(this.#handle, bytes, this.#length);
				await this.#handle.datasync();
			} catch (error) {
				this.#isDirty = true;
				await this.#restore().catch(() => undefined);
				throw error;
			}
			this.#length += bytes.length;
		});
	}

	/** Cuts the file after so many bytes. */
	async cut(length: number): Promise<void> {
		await onDisk(unwritable, this.#path, async () => {
			await this.#checkAlone();
			await this.#handle.truncate(length);
			await this.#handle.sync();
			this.#length = length;
		});
	}

	async close(): Promise<void> {
		await this.#handle.close();
	}

	async #restore() {
		await this.#handle.truncate(this.#length);
		await this.#handle.datasync();
		this.#isDirty = false;
	}

	/** Nobody else wrote to it, and it still has its name: what is appended to a deleted file is lost. */
	async #checkAlone() {
		const {ino, size} = await stat(this.#path, {bigint: true});
		if (ino === this.#inode && Number(size) === this.#length) return;
		throw new Failure(
			`Another program changed the journal (${this.#path})`,
			'Nothing more is written to it by this one. Look which program drives the run: handrail runs.',
			5,
		);
	}
}

const unwritable = 'The journal cannot be written';

/** The system may take fewer bytes than given, as just before the disk is full. */
async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
	for (let done = 0; done < bytes.length; ) {
		const {bytesWritten} = await handle.write(bytes, done, bytes.length - done, position + done);
		if (bytesWritten === 0) throw Object.assign(new Error('nothing was written'), {code: 'ENOSPC'});
		done += bytesWritten;
	}
}
