import {execFile} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import type {Package} from './lab-packages.ts';

/** Builds a .deb into a folder. */
export async function buildPackage(folder: string, what: Package): Promise<void> {
	const {name, version, source, architecture = 'all', depends, conflicts, files = {}, conffiles = []} = what;
	const tree = mkdtempSync(join(tmpdir(), 'package-'));
	const write = (path: string, text: string, mode = 0o644) => {
		mkdirSync(dirname(join(tree, path)), {recursive: true, mode: 0o755});
		writeFileSync(join(tree, path), text, {mode});
	};
	const fields = {
		Package: name,
		Version: version,
		Architecture: architecture,
		Maintainer: 'The lab <lab@example.com>',
		Section: name.startsWith('linux-image') ? 'kernel' : 'misc',
		...(architecture !== 'all' && {'Multi-Arch': 'same'}),
		...(source && {Source: source}),
		...(depends && {Depends: depends}),
		...(conflicts && {Conflicts: conflicts}),
		Description: 'a package of the lab',
	};
	write('DEBIAN/control', lines(Object.entries(fields).map(([field, value]) => `${field}: ${value}`)));
	if (conffiles.length > 0) write('DEBIAN/conffiles', lines(conffiles));
	for (const [script, when] of Object.entries(scripts)) {
		const text = what[script as keyof typeof scripts];
		if (text)
			write(`DEBIAN/${script}`, `#!/bin/sh\nset -e\ncase $1 in ${when}) ;; *) exit 0 ;; esac\n${text}\n`, 0o755);
	}
	for (const [path, text] of Object.entries(files)) write(path, text);
	// Folders are made with the umask of the tests.
	await run('chmod', ['-R', 'a+rX', tree]);
	await run('dpkg-deb', [
		'--build',
		'--root-owner-group',
		'-Znone',
		tree,
		`${folder}/${name}_${version}_${architecture}.deb`,
	]);
	rmSync(tree, {recursive: true});
}

/** Scripts of a package, and what dpkg tells them where they are meant. */
const scripts = {preinst: 'install|upgrade', postinst: 'configure', prerm: 'remove|upgrade|failed-upgrade'};

const run = promisify(execFile);
const lines = (all: string[]) => all.map(line => `${line}\n`).join('');
