import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** Lets the operator's own editor change a text; in a private folder, removed afterwards. */
export async function editText(text: string, folder: string): Promise<string> {
	const place = mkdtempSync(join(folder, 'edit-'));
	const file = join(place, 'command.sh');
	try {
		writeFileSync(file, `${text}\n`, {mode: 0o600});
		const editor = process.env['VISUAL'] || process.env['EDITOR'] || 'vi';
		spawnSync('sh', ['-c', `${editor} "$1"`, 'sh', file], {stdio: 'inherit'});
		return readFileSync(file, 'utf8').replace(/\n$/, '');
	} finally {
		rmSync(place, {recursive: true, force: true});
	}
}
