import {infoOf, versionOf} from './packages.ts';
import type {PackageState, World} from './world.ts';

/** dpkg's words for its abbreviations. */
const words: Record<PackageState['status'], string> = {
	ii: 'install ok installed',
	iU: 'install ok unpacked',
	iF: 'install ok half-configured',
	rc: 'deinstall ok config-files',
};

export const statusWords = ({status, isHeld}: PackageState): string =>
	isHeld ? words[status].replace('install', 'hold') : words[status];

/** /var/lib/dpkg/status. */
export const dpkgStatus = (world: World): string =>
	Object.keys(world.packages)
		.sort()
		.map(name => `${stanza(world, name)}\n`)
		.join('');

/** What `dpkg -s` prints of a package. */
export function stanza(world: World, name: string): string {
	const state = world.packages[name]!;
	const info = infoOf(name)!;
	const fields: Record<string, string | undefined> = {
		Package: name,
		Status: statusWords(state),
		Priority: 'optional',
		Section: 'admin',
		'Installed-Size': String(versionOf(name, state.version)?.kibibytes ?? 0),
		Maintainer: 'Debian Developers <debian-devel@lists.debian.org>',
		Architecture: info.arch,
		'Multi-Arch': info.isMultiArch ? 'same' : undefined,
		Source: info.source === name ? undefined : info.source,
		Version: state.version,
		Description: info.summary,
	};
	return Object.entries(fields)
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => `${key}: ${value}\n`)
		.join('');
}

/** The packages that such a file knows of; who wanted them stands elsewhere. */
export function packagesOf(world: World, status: string): World['packages'] {
	const packages: World['packages'] = {};
	for (const text of status.split('\n\n')) {
		const field = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(text)?.[1] ?? '';
		const name = field('Package');
		if (!infoOf(name)) continue;
		const isHeld = field('Status').startsWith('hold');
		const known = Object.keys(words) as PackageState['status'][];
		const said = field('Status').replace(/^hold/, 'install');
		const status = known.find(each => words[each] === said) ?? 'ii';
		const isAutomatic = world.packages[name]?.isAutomatic;
		packages[name] = {version: field('Version'), status, ...(isAutomatic && {isAutomatic}), ...(isHeld && {isHeld})};
	}
	return packages;
}
