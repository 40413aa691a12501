import {execFile} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import type {Package} from './lab-packages.ts';

/** Builds a .deb into a folder. */
export async function buildPackage(folder: string, what: Package): Promise<void> {
	const {name, version, depends, files = {}, conffiles = [], postinst} = what;
	const tree = mkdtempSync(join(tmpdir(), 'package-'));
	const write = (path: string, text: string, mode = 0o644) => {
		mkdirSync(dirname(join(tree, path)), {recursive: true, mode: 0o755});
		writeFileSync(join(tree, path), text, {mode});
	};
	const fields = {
		Package: name,
		Version: version,
		Architecture: 'all',
		Maintainer: 'The lab <lab@example.com>',
		Section: name.startsWith('linux-image') ? 'kernel' : 'misc',
		...(depends && {Depends: depends}),
		Description: 'a package of the lab',
	};
	write('DEBIAN/control', lines(Object.entries(fields).map(([field, value]) => `${field}: ${value}`)));
	if (conffiles.length > 0) write('DEBIAN/conffiles', lines(conffiles));
	if (postinst) write('DEBIAN/postinst', `#!/bin/sh\nset -e\n[ "$1" = configure ] || exit 0\n${postinst}\n`, 0o755);
	for (const [path, text] of Object.entries(files)) write(path, text);
	// Folders are made with the umask of the tests.
	await run('chmod', ['-R', 'a+rX', tree]);
	await run('dpkg-deb', ['--build', '--root-owner-group', '-Znone', tree, `${folder}/${name}_${version}_all.deb`]);
	rmSync(tree, {recursive: true});
}

const run = promisify(execFile);
const lines = (all: string[]) => all.map(line => `${line}\n`).join('');
