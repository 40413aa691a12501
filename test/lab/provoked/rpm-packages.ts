import {readFileSync, rmSync} from 'node:fs';
import type {RpmRepository} from '../rpm-repository.ts';
import {damageIndex} from './damage-index.ts';
import {noSwap, withMemory} from './everywhere.ts';
import type {FaultyMirror} from './faulty-mirror.ts';
import {apply, download} from './page-commands.ts';
import type {Provocation} from './provoked.ts';
import {ended, folder, runs, type Scene} from './scene.ts';

/** How a family has packages chosen, and applied at once. */
export type Chooses = {
	/** These are to be upgraded tonight. */
	wanted(...names: string[]): string;
	/** These too, and they were fetched. */
	fetched(...names: string[]): string;
	upgrade: string;
	/** Where it keeps what it fetches. */
	cache: string;
};

/** What becomes of packages of dnf and zypper alike, when they are fetched and applied. */
export function rpmPackages(
	{host}: Scene,
	repository: RpmRepository,
	mirror: FaultyMirror,
	{wanted, fetched, upgrade}: Chooses,
	fetchAgain: () => Promise<unknown>,
): Provocation[] {
	return [
		{
			what: 'metadata that is older than the mirror',
			entry: 'the-mirror-does-not-have-it',
			provoke: async () => {
				rmSync(`${repository.folder}/packages/lab-gone-2.0-1.noarch.rpm`);
				await repository.publish([{name: 'lab-gone', version: '3.0-1'}]);
				await host.exec(wanted('lab-gone'));
			},
			step: download,
			byHand: {afterwards: `cd ${folder}; sed -i s/2.0-1/3.0-1/ plan wanted named 2> /dev/null || true`},
		},
		{
			what: 'a package that was damaged on the way',
			entry: 'what-was-fetched-is-damaged',
			provoke: async () => {
				mirror.failsFor('lab-damaged', 'damaged');
				await host.exec(wanted('lab-damaged'));
			},
			step: download,
			byHand: {refresh: () => mirror.recovers()},
		},
		{
			what: 'a package that no repository has',
			entry: 'a-version-or-package-is-not-there',
			provoke: wanted('lab-nowhere'),
			step: download,
			inputs: {PACKAGE: 'lab-nowhere'},
			byHand: {afterwards: wanted('lab-plain')},
		},
		{
			what: 'a package that cannot set itself up',
			entry: 'a-scriptlet-of-a-package-failed',
			provoke: fetched('lab-after'),
			step: apply,
			inputs: {PACKAGE: 'lab-after'},
			byHand: {again: 'touch /etc/lab-after'},
		},
		{
			what: 'a package that is not ready to be unpacked',
			entry: 'a-scriptlet-of-a-package-failed',
			provoke: fetched('lab-before'),
			step: apply,
			inputs: {PACKAGE: 'lab-before'},
			skipped: {again: 'there is nothing to set up yet'},
			byHand: {again: 'touch /etc/lab-before', afterwards: fetchAgain},
		},
		{
			what: 'a file of a foreign package',
			entry: 'two-packages-want-the-same-file',
			provoke: wanted('lab-taker'),
			step: download,
			byHand: {afterwards: 'rpm -e lab-foreign'},
		},
		{
			what: 'a package that needs what nobody has',
			entry: host.family === 'rhel' ? 'dnf-finds-no-solution' : 'zypper-finds-no-solution',
			provoke: wanted('lab-incomplete', 'lab-waits'),
			step: download,
			byHand: {afterwards: wanted('lab-waits')},
		},
		{
			what: 'rpm that installs something else',
			entry: 'another-program-holds-the-lock',
			provoke: async () => {
				host.write('/root/lab.rpm', readFileSync(`${repository.folder}/packages/lab-busy-2.0-1.noarch.rpm`));
				await host.exec(fetched('lab-blocked'));
				await host.exec('touch /etc/lab-busy; systemd-run --quiet --unit=busy rpm -U /root/lab.rpm');
				await runs(host, scriptOfRpm);
			},
			step: apply,
			// dnf waits for as long as it takes.
			edited: script => script.replace('sudo', 'sudo timeout 3'),
			byHand: {
				afterwards: async () => {
					await host.exec('rm /etc/lab-busy');
					await ended(host, 'busy');
				},
			},
		},
		{
			what: 'too little memory',
			entry: 'the-machine-ran-out-of-memory',
			provoke: fetched('lab-killed'),
			step: apply,
			edited: withMemory(40),
			skipped: noSwap,
		},
		{
			what: 'a power cut in the middle',
			entry: 'packages-are-installed-in-two-versions',
			provoke: async () => {
				await host.exec(`touch /etc/lab-cut; systemd-run --quiet --unit=cut ${upgrade} lab-cut`);
				await runs(host, scriptOfRpm);
				await host.powerCut();
				await host.exec('rm /etc/lab-cut');
			},
			step: consistent,
			inputs: {PACKAGE: 'lab-cut'},
		},
	];
}

/** What befalls the disk, and the database on it. */
export function rpmMachine(
	{host}: Scene,
	{wanted, fetched, cache}: Chooses,
	fetchAgain: () => Promise<unknown>,
): Provocation[] {
	// All but 3 MB are taken by what was fetched on earlier nights.
	const fill = `mkdir -p ${cache}\ndd if=/dev/zero of=${cache}/old.rpm bs=64k 2> /dev/null || truncate -s -3M ${cache}/old.rpm`;
	return [
		{
			what: 'a disk that has no room for what is to be fetched',
			entry: 'there-is-no-room',
			provoke: `${wanted('lab-bulky')}\n${fill}`,
			step: download,
		},
		{
			what: 'a disk that has no room for what is to be unpacked',
			entry: 'there-is-no-room',
			provoke: `${fetched('lab-large')}\n${fill}`,
			step: apply,
			byHand: {afterwards: fetchAgain},
		},
		{
			what: 'a disk that becomes full while a package is unpacked',
			entry: 'a-disk-became-full-on-the-way',
			provoke: `touch /etc/lab-fills; ${fetched('lab-full')}`,
			step: apply,
			byHand: {clean: 'rm /var/log/lab.log /etc/lab-fills', afterwards: fetchAgain},
		},
		{
			what: 'a database of rpm with a damaged index',
			entry: 'the-rpm-database-is-damaged',
			provoke: () => damageIndex(host),
			step: consistent,
		},
		{
			what: 'a database of rpm that is none any more',
			entry: 'the-rpm-database-is-damaged',
			provoke: 'cp -a /var/lib/rpm /root/rpm; dd if=/dev/zero of=/var/lib/rpm/rpmdb.sqlite bs=4k count=1 conv=notrunc',
			step: consistent,
			skipped: {copy: 'there is one already', rebuild: 'it cannot be rebuilt', readable: 'nor read'},
			until: 'rm -r /var/lib/rpm; mv /root/rpm /var/lib/rpm',
		},
	];
}

const consistent = 'check-server-health/consistent';

/** rpm(8) runs the script of a package from a file of its own. */
const scriptOfRpm = '/rpm-tm[p]';
