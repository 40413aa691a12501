import {Failure} from '../../core/text/failure.ts';

/** The disk refused something. What stood in the record before still stands; trying again later may succeed. */
export class DiskFailure extends Failure {
	override name = 'DiskFailure';
	/** The system's name for it: `ENOSPC`, `EROFS` ... */
	readonly code: string;
	constructor(what: string, path: string, cause: unknown, exitCode = 3) {
		const code = (cause as NodeJS.ErrnoException).code ?? 'EIO';
		const [reason, remedy] = reasons[code] ?? [(cause as Error).message, 'Look at the disk and the folder.'];
		super(`${what}: ${reason} (${path})`, remedy, exitCode, {cause});
		this.code = code;
	}
}

/** Rejects with a `DiskFailure` that says `what` could not be done, where `work` rejects with an error of the system. */
export async function onDisk<T>(what: string, path: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof Failure || !(error as NodeJS.ErrnoException).code) throw error;
		throw new DiskFailure(what, path, error);
	}
}

const space = 'Make room on its file system; what runs on the hosts goes on meanwhile.';
const rights = 'Check the owner and the permissions of the file and of the folders above it.';
const disk = 'Check the disk; what runs on the hosts goes on meanwhile.';
const reasons: Record<string, [reason: string, remedy: string]> = {
	ENOSPC: ['no space left on the disk', space],
	EDQUOT: ['the disk quota is used up', space],
	EFBIG: ['the file would be larger than is allowed', 'Raise the limit (ulimit -f), or make room.'],
	EROFS: ['the file system is read-only', 'Mount it writable, or set HANDRAIL_STATE_DIR to another folder.'],
	EACCES: ['permission denied', rights],
	EPERM: ['not permitted', rights],
	ENOENT: ['it is gone', 'Restore the folder, or start a new run.'],
	ENOTDIR: ['a part of the path is no folder', 'Check the path.'],
	EISDIR: ['it is a folder', 'Check the path.'],
	EEXIST: ['something of that name is there already', 'Look at it, and move it away.'],
	ELOOP: ['a symbolic link stands there', 'Remove the link.'],
	EMFILE: ['too many files are open', 'Raise the limit (ulimit -n), then try again.'],
	EIO: ['the disk reports an error', disk],
	ESTALE: ['the network file system lost it', disk],
};
