import {execFile} from 'node:child_process';
import {hash} from 'node:crypto';
import {mkdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

const recipe = fileURLToPath(new URL('base.sh', import.meta.url));
const cache = '/var/cache/handrail-lab';

/** The folder that every host begins with; made the first time (about 30 s), kept outside the repository by its recipe. */
export async function labBase(): Promise<string> {
	const key = hash('sha256', readFileSync(recipe) + readFileSync('/etc/os-release', 'utf8')).slice(0, 16);
	const folder = `${cache}/${key}`;
	mkdirSync(cache, {recursive: true, mode: 0o755});
	try {
		await promisify(execFile)('flock', [`${cache}/lock`, 'sh', recipe, folder], {
			env: {...process.env, LC_ALL: 'C.UTF-8'},
		});
	} catch (error) {
		throw new Error(`The lab's base could not be made:\n${(error as {stderr: string}).stderr}`, {cause: error});
	}
	return folder;
}
