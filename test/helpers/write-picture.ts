// Writes docs/screen.svg, the picture of the README: the built program, walked on the practice server in a real terminal
// until packages are being installed. node build.ts && node test/helpers/write-picture.ts
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {terminalSvg} from './terminal-svg.ts';

const [columns, rows] = [100, 30];
const folder = mkdtempSync(join(tmpdir(), 'picture-'));
const tmux = (...words: string[]) =>
	execFileSync('tmux', ['-L', `picture-${process.pid}`, ...words], {encoding: 'utf8'});

/** What the screen asks, and the keys of a willing operator. */
const answers: [RegExp, string[]][] = [
	[/space {2}read on/, ['Space']],
	[/^y {2}yes/m, ['y']],
	[/Type (\S+) and Enter:/, ['NAME', 'Enter']],
	[/y when it is done/, ['y']],
	[/^ *> \S.*\n[\s\S]*enter take it/m, ['Enter']],
	[/Enter runs it|Enter asks|Enter takes the recommended|Enter goes on/, ['Enter']],
];
const title = 'Handrail installs updates on the practice server';
const wanted = /Setting up \S+[\s\S]*Setting up|Unpacking[\s\S]*Unpacking/;

try {
	const command = `"${process.execPath}" ${resolve('dist/cli.js')} run linux-patching -H practice`;
	const env = {...process.env, HANDRAIL_STATE_DIR: join(folder, 's'), LANG: 'C.UTF-8', TERM: 'xterm', PS1: '$ '};
	execFileSync(
		'tmux',
		[
			'-L',
			`picture-${process.pid}`,
			'-f',
			'/dev/null',
			'new-session',
			'-d',
			'-x',
			`${columns}`,
			'-y',
			`${rows}`,
			command,
		],
		{env},
	);
	for (let screen = ''; !wanted.test(screen); screen = tmux('capture-pane', '-p')) {
		const keys = answers.find(([asked]) => asked.test(screen))?.[1] ?? [];
		const name = /Type (\S+) and Enter:/.exec(screen)?.[1] ?? '';
		for (const key of keys) tmux('send-keys', key === 'NAME' ? name : key);
		await wait(keys.length > 0 ? 700 : 100);
	}
	writeFileSync('docs/screen.svg', await terminalSvg(title, tmux('capture-pane', '-pe').trimEnd(), columns, rows));
} finally {
	tmux('kill-server');
	rmSync(folder, {recursive: true, force: true, maxRetries: 3});
}
