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

type Row = [
	name: string,
	arch: PackageInfo['arch'],
	version: string,
	bytes: number,
	kibibytes: number,
	summary: string,
	more?: Omit<Partial<PackageInfo>, 'versions'> & {upgrade?: Omit<Version, 'kibibytes'> & {kibibytes?: number}},
];

const daemons = [
	'nginx.service',
	'ssh.service',
	'cron.service',
	'rsyslog.service',
	'dbus.service',
	'systemd-logind.service',
];

/** What is installed, and what the repositories have for it, in the order in which dpkg would work. */
const rows: Row[] = [
	[
		'libc6',
		'amd64',
		'2.36-9+deb12u9',
		2_757_000,
		12_988,
		'GNU C Library: Shared libraries',
		{
			source: 'glibc',
			isMultiArch: true,
			usedBy: daemons,
			triggers: ['libc-bin'],
			upgrade: {version: '2.36-9+deb12u10', origin: 'main', bytes: 2_759_416},
		},
	],
	[
		'libc-bin',
		'amd64',
		'2.36-9+deb12u9',
		606_000,
		2_012,
		'GNU C Library: Binaries',
		{source: 'glibc', upgrade: {version: '2.36-9+deb12u10', origin: 'main', bytes: 607_184}},
	],
	[
		'base-files',
		'amd64',
		'12.4+deb12u8',
		70_700,
		341,
		'Debian base system miscellaneous files',
		{triggers: ['man-db'], upgrade: {version: '12.4+deb12u11', origin: 'main', bytes: 70_876}},
	],
	[
		'libssl3',
		'amd64',
		'3.0.15-1~deb12u1',
		2_023_000,
		6_021,
		'Secure Sockets Layer toolkit - shared libraries',
		{
			source: 'openssl',
			isMultiArch: true,
			usedBy: ['nginx.service', 'ssh.service'],
			triggers: ['libc-bin'],
			upgrade: {version: '3.0.17-1~deb12u2', origin: 'security', bytes: 2_032_512},
		},
	],
	[
		'openssl',
		'amd64',
		'3.0.15-1~deb12u1',
		1_431_000,
		2_293,
		'Secure Sockets Layer toolkit - cryptographic utility',
		{
			conffile: '/etc/ssl/openssl.cnf',
			triggers: ['man-db'],
			upgrade: {version: '3.0.17-1~deb12u2', origin: 'security', bytes: 1_436_884},
		},
	],
	[
		'ca-certificates',
		'all',
		'20230311',
		155_000,
		391,
		'Common CA certificates',
		{
			says: ['Updating certificates in /etc/ssl/certs...', '0 added, 0 removed; done.'],
			upgrade: {version: '20230311+deb12u1', origin: 'main', bytes: 155_408, kibibytes: 393},
		},
	],
	[
		'tzdata',
		'all',
		'2024b-0+deb12u1',
		299_000,
		2_562,
		'time zone and daylight-saving time data',
		{
			says: ['', "Current default time zone: 'Etc/UTC'"],
			upgrade: {version: '2025b-0+deb12u1', origin: 'updates', bytes: 259_492, kibibytes: 2_544, isNew: true},
		},
	],
	[
		'libcurl4',
		'amd64',
		'7.88.1-10+deb12u8',
		390_000,
		888,
		'easy-to-use client-side URL transfer library',
		{
			source: 'curl',
			isMultiArch: true,
			triggers: ['libc-bin'],
			upgrade: {version: '7.88.1-10+deb12u12', origin: 'security', bytes: 391_940},
		},
	],
	[
		'curl',
		'amd64',
		'7.88.1-10+deb12u8',
		314_000,
		502,
		'command line tool for transferring data with URL syntax',
		{triggers: ['man-db'], upgrade: {version: '7.88.1-10+deb12u12', origin: 'security', bytes: 314_880}},
	],
	[
		'openssh-client',
		'amd64',
		'1:9.2p1-2+deb12u3',
		991_000,
		5_713,
		'secure shell (SSH) client, for secure access to remote machines',
		{
			source: 'openssh',
			triggers: ['man-db'],
			upgrade: {version: '1:9.2p1-2+deb12u6', origin: 'security', bytes: 991_752, isNew: true},
		},
	],
	[
		'openssh-server',
		'amd64',
		'1:9.2p1-2+deb12u3',
		456_000,
		2_000,
		'secure shell (SSH) server, for secure access from remote machines',
		{
			source: 'openssh',
			conffile: '/etc/ssh/sshd_config',
			restarts: ['ssh.service'],
			upgrade: {version: '1:9.2p1-2+deb12u6', origin: 'security', bytes: 456_620, isNew: true},
		},
	],
	[
		'nginx-common',
		'all',
		'1.22.1-9',
		112_000,
		221,
		'small, powerful, scalable web/proxy server - common files',
		{
			source: 'nginx',
			conffile: '/etc/nginx/nginx.conf',
			ships: ['worker_connections 768', 'worker_connections 1024'],
			triggers: ['man-db'],
			upgrade: {version: '1.22.1-9+deb12u2', origin: 'security', bytes: 112_368},
		},
	],
	[
		'nginx',
		'amd64',
		'1.22.1-9',
		527_000,
		1_267,
		'small, powerful, scalable web/proxy server',
		{
			dependsOn: 'nginx-common',
			restarts: ['nginx.service'],
			says: ['Upgrading binary: nginx.'],
			upgrade: {version: '1.22.1-9+deb12u2', origin: 'security', bytes: 527_520},
		},
	],
	[
		'rsync',
		'amd64',
		'3.2.7-1',
		416_000,
		774,
		'fast, versatile, remote (and local) file-copying tool',
		{triggers: ['man-db'], upgrade: {version: '3.2.7-1+deb12u2', origin: 'security', bytes: 417_184}},
	],
	[
		'linux-image-6.1.0-26-amd64',
		'amd64',
		'6.1.112-1',
		68_780_000,
		401_100,
		'Linux 6.1 for 64-bit PCs (signed)',
		{source: 'linux-signed-amd64', kernel: '6.1.0-26-amd64', isAutomatic: true},
	],
	[
		'linux-image-6.1.0-28-amd64',
		'amd64',
		'6.1.119-1',
		68_900_000,
		401_500,
		'Linux 6.1 for 64-bit PCs (signed)',
		{source: 'linux-signed-amd64', kernel: '6.1.0-28-amd64', isAutomatic: true},
	],
	[
		'linux-image-6.1.0-31-amd64',
		'amd64',
		'6.1.128-1',
		69_003_200,
		402_200,
		'Linux 6.1 for 64-bit PCs (signed)',
		{source: 'linux-signed-amd64', kernel: '6.1.0-31-amd64', isAbsent: true, isAutomatic: true},
	],
	[
		'linux-image-amd64',
		'amd64',
		'6.1.119-1',
		1_480,
		13,
		'Linux for 64-bit PCs (meta-package)',
		{
			source: 'linux-signed-amd64',
			upgrade: {version: '6.1.128-1', origin: 'security', bytes: 1_484, needs: ['linux-image-6.1.0-31-amd64']},
		},
	],
	[
		'mariadb-server',
		'amd64',
		'1:10.11.6-0+deb12u1',
		3_260_000,
		60_130,
		'MariaDB database core server files',
		{
			source: 'mariadb',
			isHeld: true,
			restarts: ['mariadb.service'],
			upgrade: {version: '1:10.11.11-0+deb12u1', origin: 'main', bytes: 3_271_900},
		},
	],
	['adduser', 'all', '3.134', 111_000, 690, 'add and remove users and groups'],
	['apt', 'amd64', '2.6.1', 1_373_000, 4_300, 'commandline package manager'],
	['bash', 'amd64', '5.2.15-2+b7', 1_491_000, 7_163, 'GNU Bourne Again SHell'],
	['bsdutils', 'amd64', '1:2.38.1-5+deb12u1', 86_300, 347, 'basic utilities from 4.4BSD-Lite', {source: 'util-linux'}],
	['coreutils', 'amd64', '9.1-1', 2_897_000, 18_054, 'GNU core utilities'],
	['cron', 'amd64', '3.0pl1-162', 73_000, 263, 'process scheduling daemon'],
	['dash', 'amd64', '0.5.12-2', 98_500, 191, 'POSIX-compliant shell'],
	['dbus', 'amd64', '1.14.10-1~deb12u1', 97_400, 262, 'simple interprocess messaging system'],
	['debconf', 'all', '1.5.82', 121_000, 512, 'Debian configuration management system'],
	['debian-archive-keyring', 'all', '2023.3+deb12u1', 161_000, 301, 'GnuPG archive keys of the Debian archive'],
	['dpkg', 'amd64', '1.21.22', 1_361_000, 6_364, 'Debian package management system'],
	['grep', 'amd64', '3.8-5', 155_000, 1_132, 'GNU grep, egrep and fgrep'],
	[
		'grub-pc',
		'amd64',
		'2.06-13+deb12u1',
		134_000,
		560,
		'GRand Unified Bootloader, version 2 (PC/BIOS version)',
		{source: 'grub2'},
	],
	['gzip', 'amd64', '1.12-1', 123_000, 253, 'GNU compression utilities'],
	['init-system-helpers', 'all', '1.65.2', 44_700, 132, 'helper tools for all init systems'],
	['initramfs-tools', 'all', '0.142+deb12u1', 72_700, 113, 'generic modular initramfs generator (automation)'],
	[
		'libpam0g',
		'amd64',
		'1.5.2-6+deb12u1',
		93_300,
		241,
		'Pluggable Authentication Modules library',
		{source: 'pam', isMultiArch: true},
	],
	[
		'libsystemd0',
		'amd64',
		'252.31-1~deb12u1',
		333_000,
		914,
		'systemd utility library',
		{source: 'systemd', isMultiArch: true},
	],
	['login', 'amd64', '1:4.13+dfsg1-1+b1', 617_000, 2_663, 'system login tools', {source: 'shadow'}],
	['man-db', 'amd64', '2.11.2-2', 1_384_000, 3_060, 'tools for reading manual pages'],
	[
		'needrestart',
		'all',
		'3.6-4+deb12u2',
		58_900,
		521,
		'check which daemons need to be restarted after library upgrades',
	],
	['perl-base', 'amd64', '5.36.0-7+deb12u1', 1_609_000, 7_690, 'minimal Perl system', {source: 'perl'}],
	['procps', 'amd64', '2:4.0.2-3', 709_000, 2_325, '/proc file system utilities'],
	['rsyslog', 'amd64', '8.2302.0-1', 723_000, 2_005, 'reliable system and kernel logging daemon'],
	['sed', 'amd64', '4.9-1', 329_000, 987, 'GNU stream editor for filtering/transforming text'],
	['sudo', 'amd64', '1.9.13p3-1+deb12u1', 1_889_000, 6_199, 'Provide limited super user privileges to specific users'],
	['systemd', 'amd64', '252.31-1~deb12u1', 3_048_000, 9_823, 'system and service manager'],
	['tar', 'amd64', '1.34+dfsg-1.2+deb12u1', 815_000, 3_113, 'GNU version of the tar archiving utility'],
	['unattended-upgrades', 'all', '2.9.1+nmu3', 63_200, 307, 'automatic installation of security upgrades'],
	['util-linux', 'amd64', '2.38.1-5+deb12u1', 1_176_000, 4_726, 'miscellaneous system utilities'],
	['vim-common', 'all', '2:9.0.1378-2', 124_000, 384, 'Vi IMproved - Common files', {source: 'vim'}],
];

export const packageTable: Record<string, PackageInfo> = Object.fromEntries(rows.map(row => [row[0], infoOf(row)]));

/** Names in the order in which dpkg would work on them. */
export const packageOrder: string[] = rows.map(([name]) => name);

function infoOf([name, arch, version, bytes, kibibytes, summary, {upgrade, ...more} = {}]: Row): PackageInfo {
	const first: Version = {version, origin: more.isAbsent ? 'security' : 'main', bytes, kibibytes};
	const versions = upgrade ? [first, {kibibytes: kibibytes + 2, ...upgrade}] : [first];
	return {name, arch, source: name, summary, versions, ...more};
}
