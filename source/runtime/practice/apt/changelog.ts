import {compareVersions} from '../compare-versions.ts';
import {packageTable} from '../data/package-table.ts';
import {candidate, infoOf, knownVersions, sourceVersion} from '../packages.ts';
import type {Call} from '../shell/program.ts';
import type {World} from '../world.ts';
import type {AptOptions} from './options.ts';
import {sizeWords} from './size-words.ts';

/** `apt-get changelog NAME[=VERSION]...`, as it is where no terminal is: the text alone, fetched from the net. */
export async function changelog(call: Call, {words, quiet}: AptOptions): Promise<number> {
	const {machine} = call;
	for (const word of words) {
		const [name = '', wish] = word.split('=');
		const version = infoOf(name) && (wish ?? candidate(machine.world, name)?.version);
		if (version === undefined || !knownVersions(machine.world, name).some(each => each.version === version)) {
			call.err(
				infoOf(name)
					? `E: Version '${wish}' for '${name}' was not found\n`
					: `E: Unable to locate package ${name.replace(/:.*$/, '')}\n`,
			);
			return 100;
		}
		const text = textOf(machine.world, name, version);
		await machine.pass(400, {waiting: 0.05});
		if (quiet === 0)
			call.out(
				`Get:1 https://metadata.ftp-master.debian.org ${infoOf(name)!.source} ${sourceVersion(name, version)} Changelog [${sizeWords(text.length)}]\n`,
			);
		call.out(text);
	}
	return 0;
}

/** An entry for each version of the source, the newest first. */
function textOf(world: World, name: string, upTo: string): string {
	const {source} = infoOf(name)!;
	const closed = new Map<string, string[]>();
	for (const each of Object.values(packageTable).filter(one => one.source === source)) {
		for (const {version, closes = []} of knownVersions(world, each.name)) {
			if (compareVersions(version, upTo) <= 0) closed.set(version, [...(closed.get(version) ?? []), ...closes]);
		}
	}
	return [...closed]
		.sort(([one], [other]) => compareVersions(other, one))
		.map(([version, holes]) => {
			const changes = holes.length > 0 ? holes.map(hole => `Fix ${hole}.`) : ['Update for the stable release.'];
			return `${source} (${sourceVersion(name, version)}) ${holes.length > 0 ? 'bookworm-security' : 'bookworm'}; urgency=medium

${changes.map(line => `  * ${line}\n`).join('')}
 -- The maintainers of ${source} <${source}@packages.debian.org>  Sat, 01 Mar 2025 12:00:00 +0000
`;
		})
		.join('\n');
}
