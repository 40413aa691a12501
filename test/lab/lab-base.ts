import {execFile} from 'node:child_process';
import {hash} from 'node:crypto';
import {mkdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

/** What a host says of itself in os-release(5): Debian with apt, Rocky Linux with dnf, openSUSE Leap with zypper. */
export type Family = 'debian' | 'rhel' | 'suse';

const cache = '/var/cache/handrail-lab';

/** The folder that every host of a family begins with; made the first time (about 30 s), kept outside the repository by its recipe. */
export async function labBase(family: Family): Promise<string> {
	mkdirSync(cache, {recursive: true, mode: 0o755});
	const base = `${cache}/${keyOf('base.sh')}`;
	await make('lock', 'base.sh', base);
	if (family === 'debian') return base;
	const folder = `${base}-${family}-${keyOf('family.sh')}`;
	await make(`lock-${family}`, 'family.sh', base, folder, family);
	return folder;
}

/** The same of Debian, with what copies and snapshots need. */
export async function storageBase(): Promise<string> {
	const base = await labBase('debian');
	const folder = `${base}-storage-${keyOf('storage.sh')}`;
	await make('lock-storage', 'storage.sh', base, folder);
	return folder;
}

async function make(lock: string, recipe: string, ...words: string[]): Promise<void> {
	try {
		await promisify(execFile)('flock', [`${cache}/${lock}`, 'sh', script(recipe), ...words], {
			env: {...process.env, LC_ALL: 'C.UTF-8'},
			maxBuffer: 64 << 20,
		});
	} catch (error) {
		throw new Error(`The lab's base could not be made:\n${(error as {stderr: string}).stderr}`, {cause: error});
	}
}

function keyOf(recipe: string): string {
	const parts = [script(recipe), script('sources.sh'), '/etc/os-release'];
	return hash('sha256', parts.map(part => readFileSync(part, 'utf8')).join('')).slice(0, 16);
}

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
