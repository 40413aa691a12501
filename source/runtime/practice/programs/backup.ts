import {mountOf} from '../disks.ts';
import {madeFiles} from '../made-files.ts';
import type {Call} from '../shell/program.ts';
import {bytesBelow, bytesOfOne, hiddenBytes} from './storage.ts';

type Options = {letters: string; words: string[]; excluded: string[]; format?: string; deletes: boolean};
type Change = {path?: string; copy: string; name: string; mark: string};

/** rsync on this server: files are copied, or compared; sizes and time are those of the whole system. */
export async function rsync(call: Call): Promise<number> {
	const {machine, cwd} = call;
	const options = optionsOf(call.args);
	const {letters, words, format} = options;
	const isDry = letters.includes('n');
	const target = words.at(-1);
	if (!target || words.length < 2 || words.some(word => /^[^/]*:/.test(word))) {
		call.err('rsync error: syntax or usage error (code 1) at main.c(1795) [client=3.2.7]\n');
		return 1;
	}
	const full = machine.files.resolvePath(cwd, target);
	let total = 0;
	if (/v/.test(letters)) call.out('sending incremental file list\n');
	for (const word of words.slice(0, -1)) {
		const source = machine.files.resolvePath(cwd, word);
		if (!(await machine.files.exists(source))) {
			call.err(
				`rsync: [sender] link_stat "${source}" failed: No such file or directory (2)\nrsync error: some files/attrs were not transferred (see previous errors) (code 23) at main.c(1338) [sender=3.2.7]\n`,
			);
			return 23;
		}
		const sizes = await machine.files.sizes();
		const changes = await changesOf(call, options, source, word.endsWith('/'), full);
		const rest = `${full}/.rsync-rest`;
		const isKnown = sizes.has(rest) || full === '/' || !hiddenBytes[source];
		const known = changes.reduce((sum, {path}) => sum + (path ? sizes.get(path)! : 0), 0);
		const all = letters.includes('x') ? bytesOfOne(sizes, source) : bytesBelow(sizes, source);
		const bytes = isKnown ? known : all;
		total += bytes;
		if (!isDry && (await machine.files.space(full)).free * 1024 < bytes) {
			call.err(
				`rsync: [receiver] write failed on "${full}": No space left on device (28)\nrsync error: error in file IO (code 11) at receiver.c(380) [receiver=3.2.7]\n`,
			);
			return 11;
		}
		await machine.pass(Math.min(20_000, 300 + bytes / 400_000), {user: 0.2, system: 0.2, waiting: 0.4});
		for (const {name, mark} of changes) {
			if (format !== undefined) call.out(`${format.replaceAll('%i', mark).replaceAll('%n', name)}\n`);
			else if (/v/.test(letters)) call.out(`${name}\n`);
		}
		if (isDry) continue;
		await machine.files.mkdir(full, {recursive: true});
		for (const change of changes) await carryOut(call, change);
		if (!isKnown) machine.files.put(rest, '', bytes - known);
	}
	if (/v/.test(letters) || call.args.includes('--stats'))
		call.out(
			`\nsent ${total.toLocaleString('en-US')} bytes  received 1,204 bytes  ${Math.round(total / 8).toLocaleString('en-US')} bytes/sec\ntotal size is ${total.toLocaleString('en-US')}  speedup is 1.00${isDry ? ' (DRY RUN)' : ''}\n`,
		);
	return 0;
}

/** A file system of its own, which no disk holds. */
const inMemory = /^\/run\//;

async function changesOf(
	call: Call,
	{letters, excluded, deletes}: Options,
	source: string,
	isInside: boolean,
	target: string,
): Promise<Change[]> {
	const {files} = call.machine;
	const sizes = await files.sizes();
	const within = (folder: string, path: string) => folder === '/' || path === folder || path.startsWith(`${folder}/`);
	const isOne = (folder: string) => (path: string) =>
		!letters.includes('x') || (mountOf(path) === mountOf(folder) && !inMemory.test(path));
	const prefix = isInside ? source : source.slice(0, source.lastIndexOf('/'));
	const nameOf = (path: string, folder: string) => path.slice(folder === '/' ? 1 : folder.length + 1);
	const isExcluded = (name: string) =>
		excluded.some(each => within(each.replace(/\/\*?$/, ''), each.startsWith('/') ? `/${name}` : name));
	const found = [...sizes.keys()].filter(
		path => within(source, path) && isOne(source)(path) && !(within(target, path) && target !== '/'),
	);
	const changes: Change[] = [];
	const names = new Set<string>();
	for (const path of found) {
		const name = nameOf(path, prefix);
		names.add(name);
		const copy = files.resolvePath(target, name);
		if (isExcluded(name) || name.endsWith('.rsync-rest')) continue;
		const isThere = await files.exists(copy);
		const isSame = isThere && Buffer.from(await files.readFileBuffer(copy)).equals(await files.readFileBuffer(path));
		if (!isSame) changes.push({path, copy, name, mark: isThere ? '>f.st......' : '>f+++++++++'});
	}
	for (const copy of deletes ? sizes.keys() : []) {
		const name = nameOf(copy, target);
		const isOurs = isOne(target)(copy) && isOne(source)(files.resolvePath(prefix, name));
		if (!within(target, copy) || !isOurs || names.has(name) || isExcluded(name)) continue;
		if (!name.endsWith('.rsync-rest') && !Object.hasOwn(madeFiles, copy))
			changes.push({copy, name, mark: '*deleting  '});
	}
	return changes;
}

async function carryOut({machine: {files, world}}: Call, {path, copy}: Change): Promise<void> {
	if (path === undefined) return await files.rm(copy, {force: true});
	const {mode, mtime} = await files.stat(path);
	await files.mkdir(copy.slice(0, copy.lastIndexOf('/')) || '/', {recursive: true});
	const isMade = Object.hasOwn(madeFiles, copy) && copy !== '/var/lib/dpkg/status';
	if (isMade) return;
	await files.writeFile(copy, await files.readFileBuffer(path));
	if (world.sizes[path] !== undefined) world.sizes[copy] = world.sizes[path];
	await files.chmod(copy, mode);
	await files.utimes(copy, mtime, mtime);
}

function optionsOf(args: string[]): Options {
	const options: Options = {letters: '', words: [], excluded: [], deletes: false};
	for (let at = 0; at < args.length; at++) {
		const [, name, value] = /^--([\w-]+)(?:=(.*))?$/s.exec(args[at]!) ?? [];
		if (name === 'exclude') options.excluded.push(value ?? args[++at] ?? '');
		else if (name === 'out-format') options.format = value ?? args[++at] ?? '';
		else if (name === 'delete') options.deletes = true;
		else if (name === 'dry-run') options.letters += 'n';
		else if (name === 'verbose') options.letters += 'v';
		else if (name === undefined && /^-./.test(args[at]!)) options.letters += args[at]!.slice(1);
		else if (name === undefined) options.words.push(args[at]!);
	}
	return options;
}
