import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {commandsOf, names} from './bundled.ts';

/** What is meant: values from other commands of the page, and lists that are to be split into words. */
const meant = {
	SC2154: 'a variable is handed on by another command',
	SC2086: 'names of packages and units are split',
	SC2046: 'the same, of a command',
	SC2013: 'the same, of a file',
	SC2116: 'echo makes one line of several',
	SC2009: 'ps is there everywhere, pgrep is not',
	SC2010: 'names of kernels have no odd characters',
	SC2012: 'the same',
	SC2016: 'formats of dpkg-query look like variables',
	SC2017: 'sizes in kB may lose their last digits',
	SC2129: 'a line each can be read and tried alone',
	SC2015: 'A && B || C, where B cannot fail',
	SC2024: 'the folder of the backup belongs to whoever patches',
};

const {error} = spawnSync('shellcheck', ['--version']);

for (const name of names) {
	test(`shellcheck has nothing to say of the commands of ${name}`, {skip: error && 'needs shellcheck'}, context => {
		const folder = mkdtempSync(join(tmpdir(), 'shellcheck-'));
		context.after(() => rmSync(folder, {recursive: true}));
		const files = commandsOf(name).map(({id, language, script}) => {
			const file = join(folder, id.replace('/', '.'));
			writeFileSync(file, `#!/bin/${language} -e\n${script}\n`);
			return file;
		});
		const {stdout} = spawnSync('shellcheck', ['-f', 'gcc', '-e', Object.keys(meant).join(), ...files], {
			encoding: 'utf8',
			maxBuffer: 2 ** 24,
		});
		assert.deepEqual(stdout.split('\n').filter(Boolean), []);
		assert.ok(files.length > 10);
	});
}
