import type {Call} from '../shell/program.ts';

/** `install -d [-m MODE] [-o OWNER] [-g GROUP] FOLDER...`, `install [-m MODE] FILE... PLACE`. */
export async function install(call: Call): Promise<number> {
	const {machine, args, cwd} = call;
	const {files} = machine;
	const value = (letter: string) => args[args.indexOf(`-${letter}`) + 1];
	const isValue = (at: number) => /^-[mog]$/.test(args[at - 1] ?? '');
	const words = args.filter((word, at) => !word.startsWith('-') && !isValue(at));
	const mode = args.includes('-m') ? Number.parseInt(value('m') ?? '', 8) : 0o755;
	const isFolder = args.some(word => /^-\w*d/.test(word));
	if (words.length < (isFolder ? 1 : 2)) return fail(call, `missing ${isFolder ? 'file' : 'destination file'} operand`);
	const sources = isFolder ? [] : words.slice(0, -1);
	const place = files.resolvePath(cwd, words.at(-1)!);
	const isInto = (await files.exists(place)) && (await files.stat(place)).isDirectory;
	const made = isFolder
		? words.map(word => files.resolvePath(cwd, word))
		: sources.map(word => (isInto ? `${place}/${word.split('/').at(-1)}` : place));
	for (const [index, path] of made.entries()) {
		try {
			if (isFolder) await files.mkdir(path, {recursive: true});
			else await files.writeFile(path, await files.readFileBuffer(files.resolvePath(cwd, sources[index]!)));
			await files.chmod(path, mode);
		} catch (error) {
			const why = /EACCES/.test((error as Error).message) ? 'Permission denied' : 'No such file or directory';
			return fail(call, `cannot ${isFolder ? 'create directory' : 'stat'} '${words[index]}': ${why}`);
		}
	}
	if (args.includes('-o')) give(call, made, value('o') ?? '');
	return 0;
}

/** `chown OWNER[:GROUP] PATH...` */
export async function chown(call: Call): Promise<number> {
	const {machine, cwd} = call;
	const [owner = '', ...words] = call.args.filter(word => !word.startsWith('-'));
	for (const word of words) {
		const path = machine.files.resolvePath(cwd, word);
		const problem = !(await machine.files.exists(path))
			? 'No such file or directory'
			: machine.isRoot
				? undefined
				: 'Operation not permitted';
		if (problem) {
			call.err(`chown: ${problem[0] === 'N' ? 'cannot access' : 'changing ownership of'} '${word}': ${problem}\n`);
			return 1;
		}
		give(call, [path], owner.split(':')[0]!);
	}
	return 0;
}

/** Only two people own something here: root, and the administrator. */
function give({machine: {world}}: Call, paths: string[], owner: string): void {
	const others = (world.given ?? []).filter(each => !paths.includes(each));
	const isAdmins = /^(admin|1000)$/.test(owner);
	world.given = isAdmins ? [...others, ...paths] : others;
	world.kept = [...(world.kept ?? []).filter(each => !paths.includes(each)), ...(isAdmins ? [] : paths)];
}

function fail(call: Call, text: string): number {
	call.err(`install: ${text}\n`);
	return 1;
}
