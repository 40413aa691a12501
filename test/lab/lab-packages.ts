/** A package in one version. */
export type Package = {
	name: string;
	version: string;
	/** Where it comes from: the release itself, or its security updates. */
	suite?: 'release' | 'security';
	/** What it is built from, where others are built from that as well. */
	source?: string;
	/** Of a package of Debian: where it is not for all; it may stand beside that of another architecture. */
	architecture?: string;
	depends?: string;
	conflicts?: string;
	/** Of an rpm: what it can stand in for beside its name, and what it takes the place of. */
	provides?: string[];
	obsoletes?: string;
	/** Of a package of Debian: what has changed since, as debian/changelog has it. */
	changelog?: string;
	/** Contents by path. */
	files?: Record<string, string>;
	conffiles?: string[];
	/** Scripts of sh that run before it is unpacked, once it is unpacked, and before it goes. */
	preinst?: string;
	postinst?: string;
	prerm?: string;
};

/** Packages in two versions: as they were installed, and as they are offered since. */
export type Generations = {old: Package[]; new: Package[]};

/** `slow` takes so many seconds to be configured, with a line each, or in silence. */
export type LabPackagesOptions = {slow?: number; isSilent?: boolean; breaks?: boolean};

export const both = (each: (version: string) => Package) => ({old: each('1.0-1'), new: each('2.0-1')});

/** One of each kind that a patching night may meet; one that cannot be configured only where it `breaks`. */
export function labPackages({slow = 0, isSilent = false, breaks = false}: LabPackagesOptions = {}): Generations {
	const pairs = [
		both(version => ({name: 'lab-plain', version, files: {'/usr/share/lab/plain': `${version}\n`}})),
		both(version => ({name: 'lab-secure', version, suite: version === '1.0-1' ? 'release' : 'security'})),
		both(version => ({
			name: 'lab-settings',
			version,
			files: {'/etc/lab/settings.conf': `# of ${version}\nanswer = 42\n`},
			conffiles: ['/etc/lab/settings.conf'],
		})),
		both(version => ({name: 'lab-slow', version, postinst: version === '1.0-1' ? '' : takesSeconds(slow, isSilent)})),
		both(version => ({name: 'lab-broken', version, postinst: breaks && version !== '1.0-1' ? fails : ''})),
		both(version => ({name: 'linux-image-amd64', version, depends: kernelOf(version).name})),
	];
	const [oldKernel, newKernel] = ['1.0-1', '2.0-1'].map(kernelOf) as [Package, Package];
	return {old: [...pairs.map(pair => pair.old), oldKernel], new: [...pairs.map(pair => pair.new), newKernel]};
}

/** Pretends to be a kernel: a file below /boot, and a reboot that is due. */
function kernelOf(version: string): Package {
	const name = `linux-image-6.1.0-${version.slice(0, 1)}-amd64`;
	const postinst = `echo '*** System restart required ***' > /run/reboot-required\necho ${name} >> /run/reboot-required.pkgs`;
	return {
		name,
		version,
		files: {[`/boot/vmlinuz-6.1.0-${version.slice(0, 1)}-amd64`]: 'no kernel\n'},
		postinst: version === '1.0-1' ? '' : postinst,
	};
}

export const fails = 'echo "lab-broken: the database cannot be converted" >&2\nexit 1';

export const takesSeconds = (seconds: number, isSilent: boolean) => `i=0
while [ $i -lt ${seconds} ]; do
	i=$((i + 1))
	sleep 1
	${isSilent ? ':' : 'echo "lab-slow: converted $i"'}
done`;
