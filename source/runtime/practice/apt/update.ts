import {origins} from '../data/package-info.ts';
import {upgradable} from '../packages.ts';
import type {Call} from '../shell/program.ts';
import type {AptOptions} from './options.ts';
import {sizeWords} from './size-words.ts';

/** `apt-get update`: the lists of tonight, or nothing where they are there already. */
export async function update(call: Call, {quiet}: AptOptions): Promise<number> {
	const {machine} = call;
	const started = machine.now;
	const isKnown = machine.world.isUpdated;
	let number = 0;
	let bytes = 0;
	for (const {file, size, origin, isAlways} of lists) {
		const {uri, dist} = origins[origin];
		if (isKnown && !isAlways) continue;
		number += 1;
		const suite = isAlways ? dist.split('/')[0] : dist;
		if (quiet < 2) {
			call.out(
				isKnown
					? `Hit:${number} ${uri} ${suite} ${file}\n`
					: `Get:${number} ${uri} ${suite} ${file} [${sizeWords(size)}]\n`,
			);
		}
		await machine.pass(120 + size / 20_000, {user: 0.08, system: 0.03, waiting: 0.04});
		if (!isKnown) bytes += size;
	}
	const seconds = Math.max(1, Math.round((machine.now - started) / 1000));
	if (bytes > 0 && quiet < 2)
		call.out(`Fetched ${sizeWords(bytes)} in ${seconds}s (${sizeWords(bytes / seconds)}/s)\n`);
	machine.world.isUpdated = true;
	await machine.pass(500, {user: 0.5});
	if (quiet < 2) call.out('Reading package lists...\n');
	if (call.name === 'apt') {
		const count = upgradable(machine.world).length;
		call.out('Building dependency tree...\nReading state information...\n');
		call.out(
			count === 0
				? 'All packages are up to date.\n'
				: `${count} packages can be upgraded. Run 'apt list --upgradable' to see them.\n`,
		);
	}
	return 0;
}

const lists = [
	{file: 'InRelease', size: 151_000, origin: 'main', isAlways: true},
	{file: 'InRelease', size: 55_400, origin: 'updates', isAlways: true},
	{file: 'InRelease', size: 48_000, origin: 'security', isAlways: true},
	{file: 'amd64 Packages', size: 8_793_000, origin: 'main', isAlways: false},
	{file: 'amd64 Packages', size: 6_924, origin: 'updates', isAlways: false},
	{file: 'amd64 Packages', size: 378_000, origin: 'security', isAlways: false},
] as const;
