import type {PackageInfo, Row, Version} from './package-info.ts';
import {patchedPackages} from './patched-packages.ts';
import {settledPackages} from './settled-packages.ts';

const rows = [...patchedPackages, ...settledPackages];

export const packageTable: Record<string, PackageInfo> = Object.fromEntries(rows.map(row => [row[0], infoOf(row)]));

/** Names in the order in which dpkg would work on them. */
export const packageOrder: string[] = rows.map(([name]) => name);

function infoOf([name, arch, version, bytes, kibibytes, summary, {upgrade, ...more} = {}]: Row): PackageInfo {
	const first: Version = {version, origin: more.isAbsent ? 'security' : 'main', bytes, kibibytes};
	const versions = upgrade ? [first, {kibibytes: kibibytes + 2, ...upgrade}] : [first];
	return {name, arch, source: name, summary, versions, ...more};
}
