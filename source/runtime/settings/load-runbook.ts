import {createHash} from 'node:crypto';
import {constants} from 'node:fs';
import {type FileHandle, open, readdir} from 'node:fs/promises';
import {basename, join, resolve} from 'node:path';
import type {Document} from '../../core/runbook/model.ts';
import {readDocument} from '../../core/runbook/read-document.ts';
import {Failure} from '../../core/text/failure.ts';
import {nearest} from '../../core/text/nearest.ts';

export type LoadedRunbook = {
	document: Document;
	/** What was read, once: these bytes were parsed and hashed. */
	bytes: Buffer;
	/** In hexadecimal. */
	sha256: string;
	/** As it was named, for messages; for a bundled one its path. */
	file: string;
	form: 'markdown' | 'yaml';
	/** It came with this program. */
	bundled: boolean;
};

/** Where a name is looked for: `cwd` for paths, `bundled` is the folder of the runbooks that came with the program. */
export type RunbookPlaces = {cwd: string; bundled: string};

/** Reads a runbook from a path, or by the name of a bundled one; a path wins. Throws `Failure` (2) where it cannot be read. */
export async function loadRunbook(name: string, places: RunbookPlaces): Promise<LoadedRunbook> {
	if (name === '') throw unusable('An empty name is no runbook', 'Give the path of a Markdown or YAML document.');
	const {file, handle, bundled} = await openRunbook(name, places);
	const bytes = await readAll(file, handle);
	return {
		document: readDocument(bytes, file),
		bytes,
		sha256: createHash('sha256').update(bytes).digest('hex'),
		file,
		form: /\.ya?ml$/i.test(file) ? 'yaml' : 'markdown',
		bundled,
	};
}

/** The names of the bundled runbooks, sorted. */
export async function bundledRunbooks(folder: string): Promise<string[]> {
	const files = await readdir(folder).catch(() => []);
	return files
		.filter(file => endings.some(ending => file.endsWith(ending)))
		.map(stem)
		.sort();
}

const endings = ['.md', '.yaml'];
const stem = (file: string) => basename(file).replace(/\.(?:md|yaml)$/, '');

async function openRunbook(name: string, {cwd, bundled}: RunbookPlaces) {
	const own = await openFile(name, resolve(cwd, name));
	if (own) return {file: name, handle: own, bundled: false};
	if (/^[\w.-]+$/.test(name)) {
		for (const ending of endings) {
			const file = join(bundled, `${stem(name)}${ending}`);
			const handle = await openFile(file, file);
			if (handle) return {file, handle, bundled: true};
		}
	}
	const names = await bundledRunbooks(bundled);
	const near = nearest(stem(name), names);
	const hint = near
		? `Did you mean the bundled runbook ${near}?`
		: `Give a path${names.map(known => `, or ${known}`).join('')}.`;
	throw unusable(`${name}: no such file, and no bundled runbook has this name`, hint);
}

/** Undefined where there is no such file. Does not wait for the writer of a FIFO. */
async function openFile(name: string, path: string): Promise<FileHandle | undefined> {
	try {
		return await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
		throw unusable(
			`${name}: cannot be read (${reasons[code ?? ''] ?? code})`,
			'Check its permissions, and whether it is a file.',
			error,
		);
	}
}

const reasons: Record<string, string> = {
	EACCES: 'permission denied',
	EPERM: 'not permitted',
	ELOOP: 'its symbolic links go round in circles',
	ENAMETOOLONG: 'its name is too long',
	ENXIO: 'a socket or a device without its hardware',
	EIO: 'the disk reports an error',
};

/** One byte more than a runbook may have: then it is known to be too large, and no more of it was read. */
const limit = 10 * 1024 * 1024 + 1;

async function readAll(name: string, handle: FileHandle): Promise<Buffer> {
	try {
		const status = await handle.stat();
		if (status.isDirectory()) throw unusable(`${name}: is a directory`, 'Name the document in it.');
		if (!status.isFile())
			throw unusable(
				`${name}: is no ordinary file`,
				'Save the runbook in a file, so that its bytes stay what they are.',
			);
		return await readUpTo(handle, limit);
	} catch (error) {
		if (error instanceof Failure) throw error;
		throw unusable(`${name}: cannot be read (${(error as Error).message})`, 'Check the disk it lies on.', error);
	} finally {
		await handle.close();
	}
}

async function readUpTo(handle: FileHandle, most: number): Promise<Buffer> {
	const pieces: Buffer[] = [];
	let length = 0;
	while (length < most) {
		const {bytesRead, buffer} = await handle.read(Buffer.allocUnsafe(Math.min(64 * 1024, most - length)));
		if (bytesRead === 0) break;
		pieces.push(buffer.subarray(0, bytesRead));
		length += bytesRead;
	}
	return Buffer.concat(pieces);
}

const unusable = (message: string, hint: string, cause?: unknown) => new Failure(message, hint, 2, {cause});
