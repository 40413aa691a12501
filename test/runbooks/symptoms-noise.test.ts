import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {entriesFor} from './symptoms.ts';

// Names that hold the words of failures: they are in the archives of real distributions, or could be.
const names = [
	...[
		'libstdc++6',
		'g++-12',
		'libc6:i386',
		'liberror-perl',
		'libnet-dns-perl',
		'python3-expiringdict',
		'lockfile-progs',
	],
	...['libdbus-1-3', 'killer', 'failed-login', 'signature-check', 'dkms', 'libselinux1', 'kpanic', 'python3-proxy'],
	...['ca-certificates', 'debian-archive-keyring', 'selinux-policy-targeted', 'kernel-core', 'duplicate-cleaner'],
];
const versions = [
	'1:9.2p1-2+deb12u6',
	'2.0~rc1+b1',
	'404-1',
	'3.0.17-1~deb12u2',
	'0:5.14.0-503.11.1.el9_5',
	'403.1-407',
];
const hosts = [
	'deb.debian.org',
	'mirror-503.example.org',
	'cdn.redhat.com',
	'[2001:db8::404]:8080',
	'unauthorized.example',
];

const name = fc.constantFrom(...names);
const version = fc.constantFrom(...versions);
const host = fc.constantFrom(...hosts);
const number = fc.oneof(fc.nat(600), fc.constantFrom(401, 403, 404, 407, 500, 502, 503, 504));

type Part = string | number;
const said = (...parts: (fc.Arbitrary<Part> | string)[]): fc.Arbitrary<string> =>
	fc
		.tuple(...parts.map(part => (typeof part === 'string' ? fc.constant<Part>(part) : (part as fc.Arbitrary<Part>))))
		.map(all => all.join(''));

/** Lines of upgrades that went well. */
const line = fc.oneof(
	said(
		'Get:',
		number,
		' http://',
		host,
		'/debian bookworm/main amd64 ',
		name,
		' amd64 ',
		version,
		' [',
		number,
		' kB]',
	),
	said('Hit:', number, ' https://', host, '/ubuntu jammy-security InRelease'),
	said('Unpacking ', name, ' (', version, ') over (', version, ') ...'),
	said('Setting up ', name, ' (', version, ') ...'),
	said('Processing triggers for ', name, ' (', version, ') ...'),
	said(
		'(Reading database ... ',
		number,
		'%\r(Reading database ... ',
		number,
		' files and directories currently installed.)',
	),
	said(
		'Waiting for cache lock: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process ',
		number,
		' (apt)...',
	),
	said('dpkg: warning: downgrading ', name, ' from ', version, ' to ', version),
	said('dpkg: warning: old ', name, ' package pre-removal script subprocess returned error exit status 1'),
	said('dpkg: warning: while removing ', name, ", directory '/var/lib/x' not empty so not removed"),
	said('The following packages have been kept back:\n  ', name, ' ', name),
	said(
		"N: Repository 'http://",
		host,
		"/debian bookworm InRelease' changed its 'Version' value from '12.9' to '12.10'",
	),
	said(
		'W: http://',
		host,
		'/ubuntu/dists/jammy/InRelease: Key is stored in legacy trusted.gpg keyring, see apt-key(8)',
	),
	said("Configuration file '/etc/", name, "/x.conf'\n ==> Keeping old config file as default."),
	said('  Upgrading        : ', name, '-', version, '.x86_64   ', number, '/', number),
	said('  Running scriptlet: ', name, '-', version, '.x86_64   ', number, '/', number),
	said('  Cleanup          : ', name, '-', version, '.x86_64   ', number, '/', number),
	said('warning: /etc/', name, '.conf created as /etc/', name, '.conf.rpmnew'),
	said('Last metadata expiration check: 0:0', number, ':03 ago on Sun Nov 22 18:28:00 2026.'),
	said(' Problem: cannot install the best update candidate for package ', name, '-', version),
	said('  - nothing provides ', name, ' >= ', version, ' needed by ', name, '-', version),
	said('No match for argument: ', name),
	said('[MIRROR] ', name, '.rpm: Interrupted by header callback: Server reports Content-Length: ', number),
	said('warning: /var/cache/dnf/x/', name, '.rpm: Header V4 RSA/SHA256 Signature, key ID fd431d51: NOKEY'),
	said('(', number, '/', number, ') Installing: ', name, '-', version, '.x86_64 [......done]'),
	said('Retrieving package ', name, '-', version, '.x86_64 (', number, '/', number, '), ', number, ' KiB'),
	said("Warning: Patch '", name, "-1' is interactive, skipping."),
	said(
		name,
		'-',
		version,
		' (x): Signature verification failed [6-File is unsigned]\nAccepting package despite the error.',
	),
	said('Checking for file conflicts: [.......done]'),
	said('update-initramfs: Generating /boot/initrd.img-6.1.0-31-amd64'),
	said('W: Possible missing firmware /lib/firmware/', name, '/x.bin for module ', name),
	said('Created symlink /etc/systemd/system/multi-user.target.wants/', name, '.service'),
	said('status half-configured ', name, ':amd64 ', version),
	said('Restarting services... systemctl restart ', name, '.service'),
	said('[exit=', number, ']'),
);

test('no output of an upgrade that went well looks like a failure, whatever its packages are called', () => {
	fc.assert(
		fc.property(fc.array(line, {minLength: 5, maxLength: 60}), lines => {
			assert.deepEqual(entriesFor(`${lines.join('\n')}\n`), []);
		}),
		{numRuns: 100},
	);
});

test('each kind of such a line is harmless by itself', () => {
	fc.assert(
		fc.property(line, text => assert.deepEqual(entriesFor(text), [], text)),
		{numRuns: 100},
	);
});
