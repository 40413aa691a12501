import {gunzipSync, gzipSync} from 'node:zlib';
import {mountOf} from '../disks.ts';
import type {Call} from '../shell/program.ts';
import {type Entry, readTar, writeTar} from '../tar-archive.ts';
import {bytesBelow, bytesOfOne} from './storage.ts';

type Options = {
	letters: string;
	file: string;
	folder: string;
	words: string[];
	excluded: string[];
	/** Other file systems stay out. */
	isOne: boolean;
};

/** tar with `c`, `t`, `x` and `d`: the archive holds what is really there; its size and its time are those of the whole system. */
export async function tar(call: Call): Promise<number> {
	const options = optionsOf(call);
	const {letters, file} = options;
	const verb = [...letters].find(letter => 'ctxdr'.includes(letter));
	if (verb === 'c' && options.words.length === 0) return fail(call, 'Cowardly refusing to create an empty archive');
	if (verb === 'c') return await create(call, options);
	if (!verb) return fail(call, "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options");
	const {files} = call.machine;
	if (file !== '-' && !(await files.exists(file))) {
		return fail(call, `${file}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now`);
	}
	const bytes = file === '-' ? Buffer.from(call.stdin, 'latin1') : Buffer.from(await files.readFileBuffer(file));
	const entries = unpacked(bytes);
	if (!entries)
		return fail(call, 'This does not look like a tar archive\ntar: Exiting with failure status due to previous errors');
	await call.machine.pass(150 + bytesBelow(await files.sizes(), file) / 400_000, {user: 0.3, waiting: 0.2});
	const wanted = entries.filter(
		({name}) => options.words.length === 0 || options.words.some(each => isBelow(name, each)),
	);
	if (verb === 'x') return await extract(call, options, wanted);
	if (verb === 'd') return await compare(call, options, wanted);
	for (const {name, content, isFolder} of wanted) {
		if (verb === 't')
			call.out(
				letters.includes('v')
					? `${isFolder ? 'd' : '-'}rw-r--r-- root/root ${String(content.length).padStart(9)} ${name}\n`
					: `${name}\n`,
			);
	}
	return wanted.length === 0 && options.words.length > 0 ? fail(call, `${options.words[0]}: Not found in archive`) : 0;
}

async function create(call: Call, options: Options): Promise<number> {
	const {machine} = call;
	const {files} = machine;
	const {letters, file, folder, words} = options;
	const sizes = await files.sizes();
	const isPacked = /[zjJ]/.test(letters) || /\.t?(gz|xz|bz2)$/.test(file);
	const sources: string[] = [];
	for (const each of words) {
		const full = files.resolvePath(folder, each);
		if (await files.exists(full)) sources.push(full);
		else call.err(`tar: ${each}: Cannot stat: No such file or directory\n`);
	}
	const bytesOf = options.isOne ? bytesOfOne : bytesBelow;
	const bytes = sources.reduce((sum, full) => sum + bytesOf(sizes, full), 0);
	const size = Math.round(bytes * (isPacked ? 0.35 : 1));
	if (words.some(each => each.startsWith('/'))) call.err("tar: Removing leading `/' from member names\n");
	await machine.pass(Math.min(20_000, 200 + bytes / 400_000), {user: 0.35, system: 0.1, waiting: 0.25});
	const entries: Entry[] = [];
	for (const full of sources) entries.push(...(await entriesBelow(call, full, words[sources.indexOf(full)]!, options)));
	for (const {name} of letters.includes('v') ? entries : []) call.out(`${name}\n`);
	const archive = writeTar(entries);
	const packed = isPacked ? gzipSync(archive) : archive;
	if (file === '-') call.out(packed.toString('latin1'));
	else if (file !== '/dev/null') {
		const problem = await files.problemWith(file);
		if (problem) return fail(call, `${file}: Cannot open: ${problem}\ntar: Error is not recoverable: exiting now`);
		if ((await files.space(file)).free * 1024 < size) {
			return fail(call, `${file}: Cannot write: No space left on device\ntar: Error is not recoverable: exiting now`);
		}
		await files.writeFile(file, packed);
		machine.world.sizes[file] = Math.max(size, packed.length);
	}
	return sources.length < words.length ? 2 : 0;
}

async function entriesBelow(
	{machine: {files}}: Call,
	full: string,
	given: string,
	{excluded, isOne}: Options,
): Promise<Entry[]> {
	const entries: Entry[] = [];
	const isOurs = (path: string) => full === '/' || isBelow(path, full);
	const paths = files
		.getAllPaths()
		.filter(path => isOurs(path) && !/^\/(proc|sys|dev)\//.test(path) && (!isOne || mountOf(path) === mountOf(full)));
	for (const path of paths.sort()) {
		const {isDirectory, mode, mtime} = await files
			.stat(path)
			.catch(() => ({isDirectory: false, mode: 0, mtime: new Date(0)}));
		const name = `${given}${path.slice(full === '/' ? 0 : full.length)}`.replace(/^\/+/, '').replaceAll(/\/\/+/g, '/');
		if (name === '' || excluded.some(each => isBelow(`/${name}`, each.startsWith('/') ? each : `/${each}`))) continue;
		const content = isDirectory ? Buffer.alloc(0) : await files.readFileBuffer(path).catch(() => undefined);
		if (content)
			entries.push({
				name: isDirectory ? `${name}/` : name,
				content: Buffer.from(content),
				mode,
				at: mtime.getTime(),
				isFolder: isDirectory,
			});
	}
	return entries;
}

async function extract(call: Call, {folder, letters}: Options, entries: Entry[]): Promise<number> {
	const {files} = call.machine;
	for (const {name, content, mode, at, isFolder} of entries) {
		const path = files.resolvePath(folder, name.replace(/\/$/, ''));
		if (letters.includes('v')) call.out(`${name}\n`);
		try {
			await files.mkdir(isFolder ? path : path.slice(0, path.lastIndexOf('/')) || '/', {recursive: true});
			if (isFolder) continue;
			await files.writeFile(path, content);
			await files.chmod(path, mode);
			await files.utimes(path, new Date(at), new Date(at));
		} catch {
			return fail(
				call,
				`${name}: Cannot open: Permission denied\ntar: Exiting with failure status due to previous errors`,
			);
		}
	}
	return 0;
}

/** What differs from what is there: 1 where something does. Times count in whole seconds. */
async function compare(call: Call, {folder, letters}: Options, entries: Entry[]): Promise<number> {
	const {files} = call.machine;
	let exit = 0;
	for (const {name, content, at, isFolder} of entries) {
		if (letters.includes('v')) call.out(`${name}\n`);
		const path = files.resolvePath(folder, name.replace(/\/$/, ''));
		const found = await files.stat(path).catch(() => undefined);
		const say = (text: string) => {
			exit = 1;
			call.out(`${name}: ${text}\n`);
		};
		if (!found) {
			exit = 1;
			call.err(`tar: ${name}: Warning: Cannot stat: No such file or directory\n`);
		} else if (!isFolder) {
			const now = Buffer.from(await files.readFileBuffer(path));
			if (Math.floor(found.mtime.getTime() / 1000) !== Math.floor(at / 1000)) say('Mod time differs');
			if (now.length !== content.length) say('Size differs');
			else if (!now.equals(content)) say('Contents differ');
		}
	}
	return exit;
}

function unpacked(bytes: Buffer): Entry[] | undefined {
	try {
		return readTar(bytes[0] === 0x1f ? gunzipSync(bytes, {maxOutputLength: 64 << 20}) : bytes);
	} catch {
		return undefined;
	}
}

/** `-czpf FILE -C FOLDER WORDS`, `czf FILE`, `--file=FILE`. */
function optionsOf({args, cwd, machine}: Call): Options {
	const options: Options = {letters: '', file: '-', folder: cwd, words: [], excluded: [], isOne: false};
	const resolve = (path: string) => (path === '-' ? path : machine.files.resolvePath(options.folder, path));
	const rest = [...args];
	for (let at = 0; rest.length > 0; at++) {
		const each = rest.shift()!;
		const [, name, value] = /^--([\w-]+)(?:=(.*))?$/s.exec(each) ?? [];
		if (name !== undefined) {
			if (name === 'file') options.file = resolve(value ?? rest.shift() ?? '-');
			else if (name === 'directory') options.folder = machine.files.resolvePath(cwd, value ?? rest.shift() ?? '');
			else if (name === 'one-file-system') options.isOne = true;
			else if (name === 'exclude') options.excluded.push((value ?? rest.shift() ?? '').replace(/\/\*$/, ''));
			else options.letters += longNames[name] ?? '';
		} else if (at === 0 || /^-./.test(each)) {
			const letters = each.replace(/^-/, '');
			options.letters += letters.replace('C', '');
			if (letters.includes('f')) options.file = machine.files.resolvePath(cwd, rest.shift() ?? '-');
			if (letters.includes('C')) options.folder = machine.files.resolvePath(cwd, rest.shift() ?? '');
		} else options.words.push(each);
	}
	if (options.file === machine.files.resolvePath(cwd, '-')) options.file = '-';
	return options;
}

const longNames: Record<string, string> = {
	create: 'c',
	list: 't',
	extract: 'x',
	get: 'x',
	diff: 'd',
	compare: 'd',
	gzip: 'z',
	verbose: 'v',
};

const isBelow = (path: string, place: string): boolean => {
	const folder = place.replace(/\/$/, '');
	return path === folder || path === `${folder}/` || path.startsWith(`${folder}/`);
};

function fail(call: Call, text: string): number {
	call.err(`tar: ${text}\n`);
	return 2;
}
