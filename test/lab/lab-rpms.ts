import type {Family} from './lab-base.ts';
import {both, fails, type Generations, type LabPackagesOptions, type Package, takesSeconds} from './lab-packages.ts';

/** What a publisher says of updates, as updateinfo.xml has it; a patch of zypper. */
export type Advisory = {
	id: string;
	type: 'security' | 'bugfix';
	severity: 'Critical' | 'Important' | 'Moderate' | 'None';
	cves: string[];
	/** What has to follow: a reboot, or another start of the package manager. */
	suggests?: 'reboot' | 'restart';
	/** The names of the packages whose new version it is about. */
	packages: string[];
};

export type Rpms = Generations & {advisories: Advisory[]};

/** As labPackages, but as rpm packages of a family, and with advisories; on SUSE one of them is about the package manager. */
export function labRpms(
	family: Exclude<Family, 'debian'>,
	{slow = 0, isSilent = false, breaks = false}: LabPackagesOptions = {},
): Rpms {
	const pairs = [
		both(version => ({name: 'lab-plain', version, files: {'/usr/share/lab/plain': `${version}\n`}})),
		both(version => ({name: 'lab-secure', version})),
		both(version => ({
			name: 'lab-settings',
			version,
			files: {'/etc/lab/settings.conf': `# of ${version}\nanswer = 42\n`},
			conffiles: ['/etc/lab/settings.conf'],
		})),
		both(version => ({name: 'lab-slow', version, postinst: version === '1.0-1' ? '' : takesSeconds(slow, isSilent)})),
		both(version => ({name: 'lab-broken', version, postinst: breaks && version !== '1.0-1' ? fails : ''})),
		...kernels[family].map(kernel => both(version => kernel(version))),
		...(family === 'suse' ? [both(version => ({name: 'libzypp', version}))] : []),
	];
	return {
		old: pairs.map(pair => pair.old),
		new: pairs.map(pair => pair.new),
		advisories: advisories.flatMap(advisory => {
			const packages = advisory.packages.filter(name => pairs.some(pair => pair.new.name === name));
			return packages.length > 0 ? [{...advisory, packages}] : [];
		}),
	};
}

/** They pretend to be kernels: several versions can be installed, with a file each below /boot. */
const kernels: Record<Exclude<Family, 'debian'>, ((version: string) => Package)[]> = {
	rhel: [
		version => ({
			name: 'kernel-core',
			version,
			provides: ['installonlypkg(kernel)'],
			files: {[`/boot/vmlinuz-${version}.el9.x86_64`]: 'no kernel\n'},
		}),
		version => ({name: 'kernel', version, depends: `kernel-core = ${version}`}),
	],
	suse: [
		version => ({
			name: 'kernel-default',
			version,
			provides: ['multiversion(kernel)', 'installhint(reboot-needed)'],
			files: {[`/boot/vmlinuz-${version}-default`]: 'no kernel\n'},
		}),
	],
};

const advisories: Advisory[] = [
	{
		id: 'LAB-2026:0001',
		type: 'security',
		severity: 'Important',
		cves: ['CVE-2026-10001', 'CVE-2026-10002'],
		packages: ['lab-secure'],
	},
	{
		id: 'LAB-2026:0002',
		type: 'security',
		severity: 'Critical',
		cves: ['CVE-2026-10003'],
		suggests: 'reboot',
		packages: ['kernel', 'kernel-core', 'kernel-default'],
	},
	{
		id: 'LAB-2026:0003',
		type: 'bugfix',
		severity: 'None',
		cves: [],
		packages: ['lab-plain', 'lab-settings', 'lab-slow', 'lab-broken'],
	},
	{id: 'LAB-2026:0004', type: 'bugfix', severity: 'None', cves: [], suggests: 'restart', packages: ['libzypp']},
];
