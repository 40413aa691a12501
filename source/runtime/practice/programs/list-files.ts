import {monthAndDay, timeOfDay} from '../clock-words.ts';
import {isGiven} from '../places.ts';
import type {Call} from '../shell/program.ts';
import {human} from './storage.ts';

type Entry = {name: string; path: string; isFolder: boolean; mode: number; size: number; at: number; target?: string};

/** `ls [-1adhlrtS] [PATH...]`, as coreutils print it where no terminal is. */
export async function ls(call: Call): Promise<number> {
	const {machine, args, cwd} = call;
	const flags = args
		.filter(word => /^-[^-]/.test(word))
		.join('')
		.replaceAll('-', '');
	const words = args.filter(word => !word.startsWith('-'));
	const entries: Entry[] = [];
	let exit = 0;
	for (const word of words.length > 0 ? words : ['.']) {
		const found = await entryOf(call, word, machine.files.resolvePath(cwd, word));
		if (found) entries.push(found);
		else {
			call.err(`ls: cannot access '${word}': No such file or directory\n`);
			exit = 2;
		}
	}
	const isOpened = ({isFolder}: Entry) => isFolder && !flags.includes('d');
	const files = entries.filter(each => !isOpened(each));
	print(call, sorted(files, flags), flags);
	for (const [index, folder] of sorted(entries.filter(isOpened), flags).entries()) {
		if (index > 0 || files.length > 0) call.out('\n');
		if (words.length > 1) call.out(`${folder.name}:\n`);
		const inner = await insideOf(call, folder, flags);
		if (flags.includes('l')) call.out(`total ${inner.reduce((sum, {size}) => sum + 4 * Math.ceil(size / 4096), 0)}\n`);
		print(call, sorted(inner, flags), flags);
	}
	return exit;
}

async function insideOf(call: Call, {path}: Entry, flags: string): Promise<Entry[]> {
	const {files} = call.machine;
	const hidden = /[aA]/.test(flags);
	const names = (await files.readdir(path)).filter(name => hidden || !name.startsWith('.'));
	const all = [...(flags.includes('a') ? ['.', '..'] : []), ...names];
	const found = await Promise.all(all.map(name => entryOf(call, name, files.resolvePath(path, name))));
	return found.filter(each => each !== undefined);
}

async function entryOf({machine: {files}}: Call, name: string, path: string): Promise<Entry | undefined> {
	const found = await files.lstat(path).catch(() => undefined);
	if (!found) return undefined;
	// What is made as it is read has no size of its own.
	const bytes = async () => (await files.readFileBuffer(path).catch(() => [])).length;
	const {isDirectory: isFolder, mode, mtime, isSymbolicLink} = found;
	const size = isFolder ? 4096 : isSymbolicLink ? found.size : (await files.stat(path)).size || (await bytes());
	const target = isSymbolicLink ? {target: await files.readlink(path)} : {};
	return {name, path, isFolder, mode, size, at: mtime.getTime(), ...target};
}

function sorted(entries: Entry[], flags: string): Entry[] {
	const compare = (one: Entry, other: Entry) =>
		(flags.includes('t') ? other.at - one.at : flags.includes('S') ? other.size - one.size : 0) ||
		(one.name < other.name ? -1 : 1);
	const all = [...entries].sort(compare);
	return flags.includes('r') ? all.reverse() : all;
}

function print(call: Call, entries: Entry[], flags: string): void {
	if (!flags.includes('l')) {
		for (const {name} of entries) call.out(`${name}\n`);
		return;
	}
	const size = (each: Entry) =>
		flags.includes('h') && each.size >= 1024 ? human(each.size / 1024) : String(each.size);
	const width = Math.max(0, ...entries.map(each => size(each).length));
	const ownerOf = ({path}: Entry) =>
		/^\/home\/admin(\/|$)/.test(path) || isGiven(call.machine.world, path) ? 'admin' : 'root';
	const ownerWidth = Math.max(0, ...entries.map(each => ownerOf(each).length));
	for (const each of entries) {
		const owner = ownerOf(each).padEnd(ownerWidth);
		const kind = each.target !== undefined ? 'l' : each.isFolder ? 'd' : '-';
		const when = `${monthAndDay(each.at, ' ')} ${timeOfDay(each.at).slice(0, 5)}`;
		call.out(
			`${kind}${rights(each.mode)} ${each.isFolder ? 2 : 1} ${owner} ${owner} ${size(each).padStart(width)} ${when} ${each.name}${each.target === undefined ? '' : ` -> ${each.target}`}\n`,
		);
	}
}

function rights(mode: number): string {
	const letters = [...'rwxrwxrwx'].map((letter, at) => (mode & (0o400 >> at) ? letter : '-'));
	if (mode & 0o1000) letters[8] = letters[8] === 'x' ? 't' : 'T';
	return letters.join('');
}
