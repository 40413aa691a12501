import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {diagnose} from '../../source/core/runbook/diagnose.ts';
import {documentOf} from './bundled.ts';

const folder = new URL('../fixtures/apt/', import.meta.url);
const {runbook} = documentOf('linux-patching.md');
const entriesFor = (output: string) => [...new Set(diagnose(runbook, output).map(({section}) => section.id))];

const failures: Record<string, string[]> = {
	'root-rights-are-missing': ['error-not-root'],
	'another-program-holds-the-lock': ['error-lock-frontend', 'error-lock-timeout'],
	'dpkg-was-interrupted': [
		...['error-dpkg-interrupted', 'dpkg-audit-half-configured', 'dpkg-audit-interrupted'],
		'dpkg-audit-after-conffile',
	],
	'dpkg-asks-about-a-configuration-file': ['conffile-prompt-eof', 'update-blocked-by-broken'],
	'the-script-of-a-package-failed': ['error-postinst-failed'],
	'packages-do-not-fit-together': ['error-unmet-dependencies', 'error-no-remove'],
	'there-is-no-room': ['error-disk-full-archives', 'error-disk-full-unpack'],
	'the-clock-is-wrong-or-the-mirror-is-old': ['error-clock-skew', 'error-release-expired'],
	'the-key-of-a-repository-is-missing': ['error-no-pubkey'],
	'a-signature-is-wrong': ['error-badsig'],
	'the-mirror-does-not-have-it': ['error-package-404', 'error-hash-mismatch-index'],
	'the-mirror-cannot-be-reached': ['error-dns', 'error-proxy', 'error-conn-refused'],
	'a-version-or-package-is-not-there': [
		...['error-unable-to-locate', 'error-version-not-found', 'downgrade-without-flag'],
	],
	'two-packages-want-the-same-file': ['error-file-overwrite'],
	'a-disk-has-become-read-only': ['error-read-only'],
};
const failed = Object.values(failures).flat();

for (const [entry, files] of Object.entries(failures)) {
	test(`what apt says is recognised: ${entry}`, () => {
		for (const file of files) {
			assert.deepEqual(entriesFor(readFileSync(new URL(`${file}.txt`, folder), 'utf8')), [entry], file);
		}
	});
}

test('no output of a success looks like a failure', () => {
	const successes = readdirSync(folder).filter(file => !failed.includes(file.replace('.txt', '')));
	assert.ok(successes.length >= 15);
	for (const file of successes) assert.deepEqual(entriesFor(readFileSync(new URL(file, folder), 'utf8')), [], file);
});

const alike: [line: string, entry: string][] = [
	[
		'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 4242 (packagekitd)',
		'another-program-holds-the-lock',
	],
	['dpkg: error: dpkg frontend lock was locked by another process with pid 99', 'another-program-holds-the-lock'],
	['bash: sudo: command not found', 'root-rights-are-missing'],
	['sudo: a password is required', 'root-rights-are-missing'],
	[
		'dpkg: error processing package x (--remove):\n installed x package post-removal script subprocess returned error exit status 2',
		'the-script-of-a-package-failed',
	],
	[
		'E: Held packages were changed and -y was used without --allow-change-held-packages.',
		'packages-do-not-fit-together',
	],
	["E: The repository 'http://x stable Release' does not have a Release file.", 'the-mirror-does-not-have-it'],
	['E: Failed to fetch http://x/a.deb  Hash Sum mismatch', 'the-mirror-does-not-have-it'],
	["  Temporary failure resolving 'deb.debian.org'", 'the-mirror-cannot-be-reached'],
	['update-initramfs: failed: gzip: stdout: No space left on device', 'there-is-no-room'],
	[
		'Certificate verification failed: The certificate is NOT trusted. The certificate chain uses expired certificate.',
		'the-clock-is-wrong-or-the-mirror-is-old',
	],
	[
		'Error! Bad return status for module build on kernel: 6.1.0-31-amd64 (x86_64)',
		'a-kernel-module-could-not-be-built',
	],
	['Out of memory: Killed process 712 (apt-get)', 'the-machine-ran-out-of-memory'],
	['failed since the patching: nginx.service', 'a-service-does-not-start'],
	[
		'Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)',
		'it-does-not-come-back-from-the-reboot',
	],
];
for (const [line, entry] of alike) {
	test(`"${line.slice(0, 60)}" leads to ${entry}`, () => assert.deepEqual(entriesFor(line), [entry]));
}
