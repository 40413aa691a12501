import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/**
 * Lets the operator's own editor change a text; in a private folder, removed afterwards. The text stays as it was where
 * the editor fails.
 */
export function editText(text: string, folder: string, env = process.env): string {
	const place = mkdtempSync(join(folder, 'edit-'));
	const file = join(place, 'command.sh');
	try {
		writeFileSync(file, `${text}\n`, {mode: 0o600});
		const editor = env['VISUAL'] || env['EDITOR'] || 'vi';
		const {status} = spawnSync('sh', ['-c', `${editor} "$1"`, 'sh', file], {stdio: 'inherit', env});
		return status === 0 ? readFileSync(file, 'utf8').replace(/\n+$/, '') : text;
	} finally {
		rmSync(place, {recursive: true, force: true});
	}
}
