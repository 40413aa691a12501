import type {Call} from '../shell/program.ts';
import {bytesBelow} from './storage.ts';

/** rsync into a folder: files are copied; sizes and time are those of the whole system. */
export async function rsync(call: Call): Promise<number> {
	const {machine, args} = call;
	const words = args.filter(word => !word.startsWith('-'));
	const isDry = args.some(word => /^-[a-zA-Z]*n/.test(word) || word === '--dry-run');
	const target = words.at(-1);
	if (!target || words.length < 2 || words.some(word => /^[^/]*:/.test(word))) {
		call.err('rsync error: syntax or usage error (code 1) at main.c(1795) [client=3.2.7]\n');
		return 1;
	}
	const sizes = await machine.files.sizes();
	const sources = words.slice(0, -1);
	const bytes = sources.reduce(
		(sum, word) => sum + bytesBelow(sizes, machine.files.resolvePath(call.cwd, word.replace(/(.)\/$/, '$1'))),
		0,
	);
	const full = machine.files.resolvePath(call.cwd, target);
	call.out('sending incremental file list\n');
	if (!isDry) {
		const {free} = await machine.files.space(full);
		if (free * 1024 < bytes) {
			call.err(
				`rsync: [receiver] write failed on "${full}": No space left on device (28)\nrsync error: error in file IO (code 11) at receiver.c(380) [receiver=3.2.7]\n`,
			);
			return 11;
		}
		await machine.pass(Math.min(20_000, 300 + bytes / 400_000), {user: 0.2, system: 0.2, waiting: 0.4});
		await machine.files.mkdir(full, {recursive: true});
		for (const word of sources) {
			const source = machine.files.resolvePath(call.cwd, word);
			for (const path of [...sizes.keys()].filter(
				each => each === source || each.startsWith(source === '/' ? '/' : `${source}/`),
			)) {
				if (path.startsWith('/backup/') || path.startsWith(`${full}/`)) continue;
				const name = word.endsWith('/')
					? path.slice(source.length).replace(/^\//, '')
					: path.slice(source.lastIndexOf('/') + 1);
				const copy = `${full}/${name}`;
				if (args.some(each => /^-[a-zA-Z]*v/.test(each))) call.out(`${name}\n`);
				await machine.files.mkdir(copy.slice(0, copy.lastIndexOf('/')), {recursive: true});
				await machine.files.writeFile(copy, await machine.files.readFileBuffer(path));
			}
		}
		machine.files.put(`${full}/.rsync-rest`, '', bytes);
	}
	call.out(
		`\nsent ${bytes.toLocaleString('en-US')} bytes  received 1,204 bytes  ${Math.round(bytes / 8).toLocaleString('en-US')} bytes/sec\ntotal size is ${bytes.toLocaleString('en-US')}  speedup is 1.00${isDry ? ' (DRY RUN)' : ''}\n`,
	);
	return 0;
}
