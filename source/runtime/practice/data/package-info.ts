/** Where a version comes from, as apt names it. */
export const origins = {
	main: {
		label: 'Debian:12.11/oldstable',
		suite: 'oldstable',
		uri: 'http://deb.debian.org/debian',
		dist: 'bookworm/main',
		pool: 'pool',
	},
	updates: {
		label: 'Debian:12-updates/oldstable-updates',
		suite: 'oldstable-updates',
		uri: 'http://deb.debian.org/debian',
		dist: 'bookworm-updates/main',
		pool: 'pool',
	},
	security: {
		label: 'Debian-Security:12/oldstable-security',
		suite: 'oldstable-security',
		uri: 'http://deb.debian.org/debian-security',
		dist: 'bookworm-security/main',
		pool: 'pool/updates',
	},
} as const;
export type Origin = keyof typeof origins;

export type Version = {
	version: string;
	origin: Origin;
	/** Bytes to fetch, and KiB that it takes when installed. */
	bytes: number;
	kibibytes: number;
	/** Known only to package lists that were fetched tonight. */
	isNew?: boolean;
	/** Names of the holes that it closes, as its changelog has them. */
	closes?: string[];
	/** Further packages that this version needs. */
	needs?: string[];
};

export type PackageInfo = {
	name: string;
	arch: 'amd64' | 'all';
	source: string;
	summary: string;
	/** Lowest first; the first one is installed at the beginning, unless the package is `absent`. */
	versions: Version[];
	isAbsent?: boolean;
	isAutomatic?: boolean;
	isHeld?: boolean;
	/** dpkg names a library of a multi-arch package with its architecture. */
	isMultiArch?: boolean;
	/** Units that its upgrade restarts. */
	restarts?: string[];
	/** Programs that keep using it until they are restarted. */
	usedBy?: string[];
	/** A kernel: its release. */
	kernel?: string;
	/** Lines that its installation prints. */
	says?: string[];
	/** Packages whose triggers it sets off. */
	triggers?: string[];
	/** A configuration file that it brings. */
	conffile?: string;
	/** What the newer version ships in it, where that is something else: text, and what stands there instead. */
	ships?: [from: string, to: string];
	/** Package that has to be configured before it. */
	dependsOn?: string;
};

/** A package in a table: its name, architecture, version installed first, bytes to fetch, KiB installed, summary. */
export type Row = [
	name: string,
	arch: PackageInfo['arch'],
	version: string,
	bytes: number,
	kibibytes: number,
	summary: string,
	more?: Omit<Partial<PackageInfo>, 'versions'> & {upgrade?: Omit<Version, 'kibibytes'> & {kibibytes?: number}},
];
