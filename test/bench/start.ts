import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {costOf, interleaved, table} from './measure.ts';

/** Starting the built program, against the same Node doing nothing. */
export async function start(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-'));
	const file = join(folder, 'runbook.md');
	writeFileSync(
		file,
		'# Patch\n\n## Before\n\n```sh { risk=reads }\nuptime\n```\n\n## After\n\n- [ ] Told everybody\n',
	);
	const node =
		(...words: string[]) =>
		() =>
			costOf([process.execPath, ...words]);
	const costs = await interleaved(
		{
			'node -e 0': node('-e', '0'),
			'handrail --version': node('dist/cli.js', '--version'),
			'handrail --help': node('dist/cli.js', '--help'),
			'handrail check runbook': node('dist/cli.js', 'check', file),
			'handrail show runbook': node('dist/cli.js', 'show', file),
		},
		15,
	);
	rmSync(folder, {recursive: true});
	return table('Start, medians of 15 rounds (npm run build first; goal for --version: 1.2)', costs);
}
