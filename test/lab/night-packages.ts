import {architecture} from './apt-repository.ts';
import {both, type Generations, type LabPackagesOptions, labPackages, type Package} from './lab-packages.ts';

/** What a whole night is walked with: the usual ones, and those whose names, versions and needs are awkward. */
export function nightPackages(options: LabPackagesOptions = {}): Generations {
	const pairs = [
		{
			old: {name: 'lab-c++', version: '1:1.0+b1-1'},
			new: explained({name: 'lab-c++', version: '1:1.0+b2-1', suite: 'security'}, '1:1.0+b1-1', 7),
		},
		{old: {name: 'lab-needs', version: '1.0-1'}, new: {name: 'lab-needs', version: '2.0-1', depends: 'lab-fresh'}},
		// Would take the place of one that is installed, and stays as it is.
		{old: {name: 'lab-rival', version: '1.0-1'}, new: {name: 'lab-rival', version: '2.0-1', conflicts: 'lab-weak'}},
		both(version => ({name: 'lab-overtaken', version})),
		both(version => ({name: 'lab-twice', version, architecture: architecture()})),
		both(version => ({name: 'lab-twice', version, architecture: foreign})),
	];
	const usual = labPackages(options);
	const fresh = usual.new.map(each => (each.name === 'lab-secure' ? explained(each, '1.0-1', 1, 2) : each));
	return {
		old: [...usual.old, ...pairs.map(pair => pair.old), {name: 'lab-weak', version: '1.0-1'}],
		new: [...fresh, ...pairs.map(pair => pair.new), ...beside],
	};
}

/** An architecture that no machine of ours has. */
const foreign = 'mips64el';

const release = 'Debian:12.11/oldstable';
export const security = 'Debian-Security:12/oldstable-security';

/** What the page plans on a host that has the old ones, in its words. */
export const nightPlan = (): string[] => [
	`lab-broken all 1.0-1 2.0-1 ${release}`,
	`lab-c++ all 1:1.0+b1-1 1:1.0+b2-1 ${security}`,
	`lab-fresh all - 1.0-1 ${release}`,
	`lab-needs all 1.0-1 2.0-1 ${release}`,
	`lab-overtaken all 1.0-1 2.0-1 ${release}`,
	`lab-plain all 1.0-1 2.0-1 ${release}`,
	`lab-secure all 1.0-1 2.0-1 ${security}`,
	`lab-settings all 1.0-1 2.0-1 ${release}`,
	`lab-slow all 1.0-1 2.0-1 ${release}`,
	`lab-twice ${architecture()} 1.0-1 2.0-1 ${release}`,
	`lab-twice:${foreign} ${foreign} 1.0-1 2.0-1 ${release}`,
	`linux-image-6.1.0-2-amd64 all - 2.0-1 ${release}`,
	`linux-image-amd64 all 1.0-1 2.0-1 ${release}`,
];

const beside: Package[] = [
	{name: 'lab-fresh', version: '1.0-1'},
	// It closed a hole, and the release has a later one since.
	{name: 'lab-overtaken', version: '1.5-1', suite: 'security'},
];

/** Tells the holes that it closes, and one that was closed before. */
function explained(what: Package, before: string, ...holes: number[]): Package {
	return {...what, changelog: entry(what.name, what.version, holes) + entry(what.name, before, [9])};
}

function entry(name: string, version: string, holes: number[]): string {
	const fixes = holes.map(hole => `  * Fix CVE-2026-000${hole}.\n`).join('');
	return `${name} (${version}) bookworm; urgency=high\n\n${fixes}\n -- The lab <lab@example.com>  Sun, 22 Nov 2026 10:00:00 +0000\n\n`;
}
