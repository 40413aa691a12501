import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {RunbookPlaces} from '../runtime/settings/load-runbook.ts';

/** Where runbooks are found: paths from `cwd`, bundled ones beside this package's own description. */
export function runbookPlaces(cwd: string): RunbookPlaces {
	let folder = dirname(fileURLToPath(import.meta.url));
	while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
	return {cwd, bundled: join(folder, 'runbooks')};
}
