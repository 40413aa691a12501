import {readdirSync, readFileSync} from 'node:fs';
import {diagnose} from '../../source/core/runbook/diagnose.ts';
import {documentOf} from './bundled.ts';

const folder = new URL('../fixtures/', import.meta.url);
const {runbook} = documentOf('linux-patching.md');

/** What package managers said, by `apt/NAME`, `dnf/NAME`, `zypper/NAME`. */
export const captured: string[] = ['apt', 'dnf', 'zypper'].flatMap(manager =>
	readdirSync(new URL(manager, folder)).map(file => `${manager}/${file.replace('.txt', '')}`),
);

export const outputOf = (name: string): string => readFileSync(new URL(`${name}.txt`, folder), 'utf8');

/** The troubleshooting entries that an output leads to, the first one first. */
export const entriesFor = (output: string): string[] => [
	...new Set(diagnose(runbook, output).map(({section}) => section.id)),
];

/** The captured outputs that are failures, by the entry that each of them has to lead to. */
export const failures: Record<string, string[]> = {
	'root-rights-are-missing': [
		'apt/error-not-root',
		'dnf/error-not-root',
		'dnf/error-rpm-not-root',
		'zypper/error-not-root',
	],
	'a-disk-has-become-read-only': [
		...['apt/error-read-only', 'dnf/error-read-only', 'dnf/error-rpm-read-only', 'zypper/error-read-only'],
	],
	'the-machine-ran-out-of-memory': [
		...['apt/error-too-little-memory', 'dnf/error-too-little-memory', 'zypper/error-too-little-memory'],
		'apt/error-script-killed',
	],
	'there-is-no-room': [
		...['zypper/error-disk-full-download'],
		...['apt/error-disk-full-archives', 'dnf/error-disk-full', 'dnf/error-disk-full-cache'],
		...['zypper/error-disk-full', 'zypper/error-disk-full-cache'],
	],
	'a-disk-became-full-on-the-way': [
		...['zypper/error-disk-full-unpack'],
		'apt/error-disk-full-unpack',
		'dnf/error-disk-full-unpack',
	],
	'another-program-holds-the-lock': [
		...['zypper/error-rpm-locked'],
		...['apt/error-lock-frontend', 'apt/error-lock-timeout', 'apt/error-lists-lock', 'apt/error-archives-lock'],
		...['apt/error-lock-database', 'dnf/error-locked', 'dnf/error-lock-waiting', 'dnf/error-rpm-locked'],
		'zypper/error-locked',
	],
	'dpkg-was-interrupted': [
		...['apt/error-dpkg-interrupted', 'apt/dpkg-audit-half-configured', 'apt/dpkg-audit-interrupted'],
		'apt/dpkg-audit-after-conffile',
	],
	'dpkg-asks-about-a-configuration-file': ['apt/conffile-prompt-eof', 'apt/update-blocked-by-broken'],
	'zypper-asks-something': [...['zypper/error-question-unanswered'], 'zypper/patch-with-reboot-patches'],
	'two-packages-want-the-same-file': [
		...['apt/error-file-overwrite', 'dnf/error-file-conflict', 'zypper/error-file-conflict-found'],
	],
	'the-script-of-a-package-failed': [
		...['apt/error-postinst-failed', 'apt/error-preinst-failed', 'apt/error-prerm-failed', 'apt/error-prerm-no-script'],
	],
	'a-scriptlet-of-a-package-failed': [
		...['dnf/error-scriptlet-post', 'dnf/error-scriptlet-pre', 'zypper/error-scriptlet', 'zypper/error-scriptlet-pre'],
		...['dnf/history-info-scriptlet-failed', 'zypper/patch-scriptlet-failed-reboot-due'],
	],
	'the-rpm-database-is-damaged': [
		...['dnf/error-rpmdb-corrupt', 'dnf/error-rpmdb-malformed', 'zypper/error-rpmdb-corrupt'],
		'zypper/error-rpmdb-malformed',
	],
	'packages-are-installed-in-two-versions': [
		...['zypper/error-duplicates'],
		'dnf/check-duplicates-after-kill',
		'dnf/check-after-power-cut',
	],
	'packages-do-not-fit-together': [
		...['apt/error-dependencies-by-hand'],
		...['apt/error-unmet-dependencies', 'apt/error-unmet-dependency', 'apt/error-unmet-conflict', 'apt/error-held'],
		'apt/error-no-remove',
	],
	'a-protected-package-would-be-removed': ['dnf/error-protected'],
	'zypper-finds-no-solution': ['zypper/error-dep-conflict', 'zypper/locks'],
	'dnf-finds-no-solution': ['dnf/error-best'],
	'a-version-or-package-is-not-there': [
		...['apt/error-unable-to-locate', 'apt/error-version-not-found', 'apt/error-version-epoch-not-found'],
		...['apt/downgrade-without-flag', 'dnf/error-no-match', 'dnf/history-undo-unavailable', 'zypper/error-not-found'],
	],
	'the-mirror-cannot-be-reached': [
		...['apt/error-dns', 'apt/error-proxy', 'apt/error-proxy-407', 'apt/error-proxy-refused', 'apt/error-conn-refused'],
		...['apt/error-network-unreachable', 'apt/error-repo-503', 'dnf/error-dns', 'dnf/error-proxy-dns'],
		...['dnf/error-proxy-407', 'dnf/error-conn-refused', 'dnf/error-repo-503', 'zypper/error-dns'],
		...['zypper/error-proxy-dns', 'zypper/error-proxy-407', 'zypper/error-conn-refused', 'zypper/error-repo-503'],
	],
	'the-clock-is-wrong-or-the-mirror-is-old': [
		...['zypper/error-certificate-no-authority'],
		...['apt/error-clock-skew', 'apt/error-release-expired', 'apt/error-certificate-expired', 'dnf/error-certificate'],
		...['zypper/error-certificate-expired', 'zypper/error-certificate-future', 'zypper/error-certificate-unknown'],
	],
	'a-repository-has-a-new-key': ['dnf/error-new-key'],
	'a-signature-is-wrong': [
		...['apt/error-badsig', 'apt/error-captive-portal', 'dnf/error-repo-bad-signature'],
		'zypper/error-repo-bad-signature',
	],
	'no-subscription-or-no-repository': [
		...['apt/error-repo-401', 'apt/error-repo-403', 'dnf/error-repo-401', 'dnf/error-repo-403', 'dnf/error-no-repos'],
		...['zypper/error-repo-401', 'zypper/error-repo-403', 'zypper/error-no-repos'],
	],
	'the-key-of-a-repository-is-missing': [
		...['apt/error-no-pubkey', 'apt/error-keyring-missing', 'apt/error-other-key', 'dnf/error-gpg-key-url'],
		...['dnf/error-gpg-no-key-at-all', 'dnf/error-gpg-wrong-key', 'zypper/error-repo-unsigned'],
		...['zypper/error-repo-unknown-key', 'zypper/error-package-unsigned'],
	],
	'what-was-fetched-is-damaged': [
		...['dnf/error-cacheonly-thrown-away'],
		...['apt/error-hash-mismatch-index', 'apt/error-index-size', 'apt/error-package-hash-mismatch'],
		...['dnf/error-metadata-checksum', 'dnf/error-package-checksum', 'zypper/error-metadata-checksum'],
		'zypper/error-package-checksum',
	],
	'the-mirror-does-not-have-it': [
		...['dnf/error-cacheonly-no-cache'],
		...['apt/error-package-404', 'apt/error-package-404-epoch', 'apt/error-no-release-file', 'dnf/error-repo-404'],
		...['dnf/error-package-404', 'dnf/error-skip-if-unavailable', 'zypper/error-repo-404'],
		...['zypper/error-repo-404-update', 'zypper/error-package-404'],
	],
	'a-repository-has-another-name-now': [...['apt/error-codename-changed'], 'apt/error-label-changed'],
};

const failed = new Set(Object.values(failures).flat());
export const successes: string[] = captured.filter(name => !failed.has(name));

/** What may stand around every line of an output. */
export const around: [what: string, wrap: (line: string) => string][] = [
	['times and a host in front of every line', line => `2026-11-23T01:02:03.004Z web-1 run[4242]: ${line}`],
	['a progress line that each line overwrites', line => `Progress: [ 42%] [####....]\r\x1b[K${line}`],
	['blanks, colours and carriage returns around it', line => `   \x1b[1;31m${line}\x1b[0m\r`],
];
