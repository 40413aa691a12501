import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

/**
 * Lets the operator's own editor change a text, in a private folder that is removed afterwards; what runs is followed
 * meanwhile. Resolves to why not, where the editor failed.
 */
export async function askEditor(
	text: string,
	folder: string,
	env = process.env,
): Promise<{text: string} | {why: string}> {
	const editor = env['VISUAL'] || env['EDITOR'] || 'vi';
	const place = await mkdtemp(join(folder, 'edit-'));
	const file = join(place, 'command.sh');
	try {
		await writeFile(file, `${text}\n`, {mode: 0o600});
		const child = spawn('sh', ['-c', `${editor} "$1"`, 'sh', file], {stdio: 'inherit', env});
		const [status, signal] = await once(child, 'close');
		if (status !== 0) return {why: `the editor (${editor}) ended with ${signal ?? status}: nothing was changed`};
		return {text: (await readFile(file, 'utf8')).replace(/\n+$/, '')};
	} catch (error) {
		return {why: `the editor (${editor}) could not be used: ${(error as Error).message}`};
	} finally {
		await rm(place, {recursive: true, force: true});
	}
}
