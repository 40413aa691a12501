import {lstat} from 'node:fs/promises';
import {homedir} from 'node:os';
import {isAbsolute, join, resolve} from 'node:path';
import {Failure} from '../../core/text/failure.ts';
import {makePrivateFolder} from './private-folder.ts';

/**
 * The folder that holds every run and what is trusted: `HANDRAIL_STATE_DIR`, or `handrail` in `$XDG_STATE_HOME`
 * (default `~/.local/state`). Created with 0700 where it is missing. Throws `Failure` (2) unless it is a real folder of
 * this user that nobody else can look into.
 */
export async function openStateFolder(env: NodeJS.ProcessEnv): Promise<string> {
	const path = stateFolderPath(env);
	await make(path);
	await check(path);
	return path;
}

/** The same without creating it: undefined where there is none yet. */
export async function findStateFolder(env: NodeJS.ProcessEnv): Promise<string | undefined> {
	const path = stateFolderPath(env);
	return (await check(path)) ? path : undefined;
}

/** A relative `XDG_STATE_HOME` is ignored, as its specification asks. */
function stateFolderPath(env: NodeJS.ProcessEnv): string {
	const own = env['HANDRAIL_STATE_DIR'];
	if (own) return resolve(own);
	const state = env['XDG_STATE_HOME'];
	const base = state && isAbsolute(state) ? state : join(env['HOME'] || homeOf(), '.local', 'state');
	return join(base, 'handrail');
}

/** A user without an entry in the passwd database has no home folder. */
function homeOf(): string {
	try {
		return homedir();
	} catch (error) {
		throw new Failure('There is no home folder to keep runs in: HOME is not set', elsewhere, 2, {cause: error});
	}
}

async function make(path: string) {
	try {
		await makePrivateFolder(path);
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		throw unusable(`cannot be created (${reasons[code ?? ''] ?? code})`, path, elsewhere, error);
	}
}

/** False where nothing of that name exists. */
async function check(path: string): Promise<boolean> {
	const status = await lstat(path).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return undefined;
		throw unusable(`cannot be looked at (${reasons[error.code ?? ''] ?? error.code})`, path, elsewhere, error);
	});
	if (!status) return false;
	if (status.isSymbolicLink())
		throw unusable('is a symbolic link', path, 'Set HANDRAIL_STATE_DIR to the folder that it leads to.');
	if (!status.isDirectory()) throw unusable('is no folder', path, `Move it away, or set ${variable}`);
	const me = process.geteuid?.() ?? status.uid;
	if (status.uid !== me)
		throw unusable(
			`belongs to user ${status.uid}, not to you (${me})`,
			path,
			`Run handrail as that user, or set ${variable}`,
		);
	if ((status.mode & 0o077) !== 0)
		throw unusable(
			`can be reached by others (mode ${(status.mode & 0o777).toString(8).padStart(4, '0')})`,
			path,
			`It holds output of your servers: chmod 700 '${path}'`,
		);
	if ((status.mode & 0o700) !== 0o700)
		throw unusable('is closed even to you', path, `Open it for yourself: chmod 700 '${path}'`);
	return true;
}

const variable = 'HANDRAIL_STATE_DIR to a folder of your own.';
const elsewhere = `Set ${variable}`;
const reasons: Record<string, string> = {
	EACCES: 'permission denied',
	EPERM: 'not permitted',
	EROFS: 'the file system is read-only',
	ENOTDIR: 'a part of the path is no folder',
	ENOSPC: 'no space left on the disk',
	ENAMETOOLONG: 'the path is too long',
	ELOOP: 'its symbolic links go round in circles',
	ENOENT: 'the folder above it does not exist',
};

const unusable = (what: string, path: string, hint: string, cause?: unknown) =>
	new Failure(`The state folder ${path} ${what}`, hint, 2, {cause});
