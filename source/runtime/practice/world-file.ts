import {constants} from 'node:fs';
import {chmod, copyFile, open, readFile, rename} from 'node:fs/promises';
import {join} from 'node:path';
import type {Saved} from './saved.ts';

/** Writes the server's state as often as it changes, and no oftener than the disk allows. */
export class WorldFile {
	readonly #path: string | undefined;
	readonly #text: () => string;
	#next: Promise<void> | undefined;
	#last: Promise<void> = Promise.resolve();

	/** Without a folder nothing is kept. */
	constructor(folder: string | undefined, text: () => string) {
		this.#path = folder && join(folder, fileName);
		this.#text = text;
	}

	/** Resolves once the state of this moment is on the disk. Rejects where it cannot be written. */
	save(): Promise<void> {
		this.#next ??= this.#last
			.catch(() => undefined)
			.then(() => {
				this.#next = undefined;
				this.#last = this.#write();
				return this.#last;
			});
		return this.#next;
	}

	async settled(): Promise<void> {
		await this.#next?.catch(() => undefined);
		await this.#last.catch(() => undefined);
	}

	/** A file of its own that takes the place of the old one: whole at every moment. */
	async #write(): Promise<void> {
		if (this.#path === undefined) return;
		const fresh = `${this.#path}.new`;
		const file = await open(fresh, 'w', 0o600);
		try {
			await file.writeFile(this.#text());
			await file.datasync();
		} finally {
			await file.close();
		}
		await rename(fresh, this.#path);
	}
}

const fileName = 'world.json';

/** Undefined where there is none. Throws where it is no state of the practice server. */
export async function readWorld(folder: string | undefined): Promise<Saved | undefined> {
	if (folder === undefined) return undefined;
	let text: string;
	try {
		text = await readFile(join(folder, fileName), 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
	const saved = parse(text);
	if (saved?.format !== 1 || typeof saved.world?.machineId !== 'string') {
		throw new Error(`${join(folder, fileName)} is not a state of the practice server that this version knows`);
	}
	return saved;
}

function parse(text: string): Saved | undefined {
	try {
		return JSON.parse(text) as Saved;
	} catch {
		return undefined;
	}
}

/** Gives a run the practice server as another run left it, where that had one. */
export async function inheritWorld(from: string, to: string): Promise<void> {
	try {
		await copyFile(join(from, fileName), join(to, fileName), constants.COPYFILE_EXCL);
		await chmod(join(to, fileName), 0o600);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
	}
}
