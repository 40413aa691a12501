import {glob, readFile, stat} from 'node:fs/promises';
import {userInfo} from 'node:os';
import {basename, isAbsolute, join} from 'node:path';
import {visibleLine} from '../../../core/text/filter.ts';
import {parseAddress} from './address.ts';
import {configLines} from './config-lines.ts';

/** Names for `-H`, in the order of the files; `problems` say which file could not be read. */
export type Aliases = {names: string[]; problems: string[]};

/** Includes in includes; ssh has the same limit. */
const deepest = 16;
const mostFiles = 1000;
/** Bytes. */
const largest = 4 * 1024 * 1024;

/**
 * The hosts that the SSH configuration names: of the user, then of the system, or of `HANDRAIL_SSH_CONFIG` alone, as
 * `ssh -F` has it. Only to be chosen from: what a name means is what `ssh -G` says of it.
 */
export async function readAliases(
	env: NodeJS.ProcessEnv,
	home = userInfo().homedir,
	system = '/etc/ssh',
): Promise<Aliases> {
	const reading: Reading = {home, names: new Set(), problems: [], files: 0};
	const own = env['HANDRAIL_SSH_CONFIG'];
	const folder = join(home, '.ssh');
	if (own !== 'none') await readConfig(own || join(folder, 'config'), folder, reading, []);
	if (!own) await readConfig(join(system, 'ssh_config'), system, reading, []);
	return {names: [...reading.names], problems: reading.problems};
}

type Reading = {home: string; names: Set<string>; problems: string[]; files: number};

/** `folder` is where relative includes begin, `within` the files that include this one. */
async function readConfig(path: string, folder: string, reading: Reading, within: string[]): Promise<void> {
	if (within.includes(path) || within.length > deepest || ++reading.files > mostFiles) return;
	for (const {keyword, words} of configLines(await textOf(path, reading.problems))) {
		if (keyword === 'host') for (const name of words.flatMap(aliasOf)) reading.names.add(name);
		if (keyword !== 'include') continue;
		for (const word of words) {
			for (const file of await filesOf(word, folder, reading.home)) {
				await readConfig(file, folder, reading, [...within, path]);
			}
		}
	}
}

/** Without wildcards and negations, and only what `-H` takes for a name; a reserved one is told apart. */
function aliasOf(word: string): string[] {
	if (/^!|[*?]/.test(word)) return [];
	if (word === 'local' || word === 'practice') return [`ssh:${word}`];
	return parseAddress(word)?.host === word ? [word] : [];
}

/** A file that is not there has none, as for ssh; nor has what is no file. */
async function textOf(path: string, problems: string[]): Promise<string> {
	try {
		const found = await stat(path);
		if (!found.isFile()) return '';
		if (found.size > largest) throw new Error('it is too large');
		return await readFile(path, 'utf8');
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		if (code !== 'ENOENT' && code !== 'ENOTDIR')
			problems.push(`${visibleLine(path)} cannot be read (${code ?? message})`);
		return '';
	}
}

/** As glob(3) has it: sorted, and nothing hidden that is not asked for. */
async function filesOf(word: string, folder: string, home: string): Promise<string[]> {
	const own = word.startsWith('~/') ? join(home, word.slice(2)) : word;
	const path = isAbsolute(own) ? own : join(folder, own);
	if (!/[*?[]/.test(path)) return [path];
	const found: string[] = [];
	for await (const file of glob(path)) {
		if (!basename(file).startsWith('.') || basename(path).startsWith('.')) found.push(file);
	}
	return found.sort();
}
