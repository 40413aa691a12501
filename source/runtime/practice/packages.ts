import {compareVersions} from './compare-versions.ts';
import type {PackageInfo, Version} from './data/package-info.ts';
import {packageOrder, packageTable} from './data/package-table.ts';
import type {World} from './world.ts';

export const infoOf = (name: string): PackageInfo | undefined =>
	Object.hasOwn(packageTable, name) ? packageTable[name] : undefined;

export const stateOf = (world: World, name: string) =>
	Object.hasOwn(world.packages, name) ? world.packages[name] : undefined;

/** Versions that the package lists know, the newest first. */
export function knownVersions(world: World, name: string): Version[] {
	const versions = infoOf(name)?.versions ?? [];
	return versions
		.filter(each => world.isUpdated || !each.isNew)
		.sort((one, other) => compareVersions(other.version, one.version));
}

export const candidate = (world: World, name: string): Version | undefined => knownVersions(world, name)[0];

export const versionOf = (name: string, version: string): Version | undefined =>
	infoOf(name)?.versions.find(each => each.version === version);

export const isInstalled = (world: World, name: string): boolean => (stateOf(world, name)?.status ?? 'rc') !== 'rc';

/** Installed packages in the order of their names, as dpkg lists them. */
export const installed = (world: World): string[] =>
	Object.keys(world.packages)
		.filter(name => isInstalled(world, name))
		.sort();

/** Installed packages for which there is a newer version, in the order in which dpkg would work. */
export const upgradable = (world: World): string[] =>
	packageOrder.filter(name => {
		const newest = isInstalled(world, name) ? candidate(world, name) : undefined;
		return newest !== undefined && compareVersions(newest.version, stateOf(world, name)!.version) > 0;
	});

/** Packages that were unpacked, but not configured. */
export const unfinished = (world: World): string[] =>
	packageOrder.filter(name => ['iU', 'iF'].includes(stateOf(world, name)?.status ?? 'ii'));

/** As dpkg prints it: a library with its architecture. */
export const dpkgName = (name: string): string => (infoOf(name)?.isMultiArch ? `${name}:${infoOf(name)!.arch}` : name);

export const archiveName = (name: string, version: string): string =>
	`${name}_${version.replace(':', '%3a')}_${infoOf(name)!.arch}.deb`;

/** What the kernel and the package of a kernel need, in KiB. */
export const sizeOf = (world: World, name: string): number =>
	versionOf(name, stateOf(world, name)?.version ?? '')?.kibibytes ?? 0;

/** Releases of the kernels that are installed. */
export const kernels = (world: World): string[] =>
	packageOrder.flatMap(name => (isInstalled(world, name) ? (infoOf(name)?.kernel ?? []) : []));

/** The version of the source that a package was built from: that of a signed kernel is another one. */
export const sourceVersion = (name: string, version: string): string =>
	infoOf(name)?.source === 'linux-signed-amd64' ? version.replace(/-(\d+)$/, '+$1') : version;
