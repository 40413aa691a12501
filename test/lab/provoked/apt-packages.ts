import {readFileSync, rmSync} from 'node:fs';
import type {AptRepository} from '../apt-repository.ts';
import {noSwap, withMemory} from './everywhere.ts';
import type {FaultyMirror} from './faulty-mirror.ts';
import {apply as step} from './page-commands.ts';
import type {Provocation} from './provoked.ts';
import {ended, folder, runs, type Scene} from './scene.ts';

/** What becomes of packages when they are applied. */
export function aptPackages({host}: Scene, repository: AptRepository, mirror: FaultyMirror): Provocation[] {
	const script = (name: string) => runs(host, `/${name}[.]postinst`);
	const begin = async (name: string) => {
		await host.exec(`touch /etc/${name}; systemd-run --quiet --unit=${name} apt-get -y install ${name}`);
		await script(name);
	};
	const misfit = (what: string, provoke: Provocation['provoke'] & {}, afterwards?: string): Provocation => ({
		what,
		entry: 'packages-do-not-fit-together',
		provoke,
		step,
		...(afterwards && {byHand: {afterwards}}),
	});
	return [
		{
			what: 'lists that are older than the mirror',
			entry: 'the-mirror-does-not-have-it',
			provoke: async () => {
				rmSync(`${repository.folder}/pool/release/lab-gone_2.0-1_all.deb`);
				await repository.publish([{name: 'lab-gone', version: '3.0-1'}]);
				await host.exec(planned('lab-gone'));
			},
			step,
			byHand: {afterwards: `sed -i 's/2.0-1/3.0-1/' ${folder}/plan`},
		},
		{
			what: 'a plan from before the lists were refreshed',
			entry: 'a-version-or-package-is-not-there',
			provoke: planned('lab-gone'),
			step,
			byHand: {afterwards: `sed -i 's/2.0-1/3.0-1/' ${folder}/plan`},
		},
		{
			what: 'a package that no source has',
			entry: 'a-version-or-package-is-not-there',
			provoke: planned('lab-nowhere'),
			step,
			byHand: {afterwards: planned('lab-waits')},
		},
		{
			what: 'a package that was damaged on the way',
			entry: 'what-was-fetched-is-damaged',
			provoke: async () => {
				mirror.failsFor('lab-damaged', 'damaged');
				await host.exec(planned('lab-damaged'));
			},
			step,
			byHand: {refresh: () => mirror.recovers()},
		},
		{
			what: 'a question about a configuration file',
			entry: 'dpkg-asks-about-a-configuration-file',
			provoke: 'echo "format 9" > /etc/lab/asks.conf',
			step: {script: 'sudo DEBIAN_FRONTEND=noninteractive apt-get -y install lab-asks'},
		},
		{
			what: 'a service that does not accept its old configuration',
			entry: 'the-script-of-a-package-failed',
			provoke: `echo "format 1.0-1, edited" > /etc/lab/service.conf; ${planned('lab-service')}`,
			step,
		},
		{
			what: 'a package that is not ready to be unpacked',
			entry: 'the-script-of-a-package-failed',
			provoke: planned('lab-before'),
			step,
			skipped: {take: 'it is not its configuration'},
			byHand: {configure: 'touch /etc/lab/before'},
		},
		{
			what: 'a package that cannot be left',
			entry: 'the-script-of-a-package-failed',
			provoke: `touch /etc/lab/stays; ${planned('lab-leaves')}`,
			step,
			skipped: {take: 'it is not its configuration'},
			byHand: {configure: 'rm /etc/lab/stays'},
		},
		{
			what: 'a file of a foreign package',
			entry: 'two-packages-want-the-same-file',
			provoke: planned('lab-taker'),
			step,
			byHand: {mend: 'apt-get -y remove lab-foreign'},
		},
		misfit(
			'a package that needs what nobody has',
			planned('lab-incomplete', 'lab-plain'),
			`apt-mark hold lab-incomplete; ${planned('lab-plain')}`,
		),
		misfit(
			'a package that needs one on hold',
			`apt-mark hold lab-needed; ${planned('lab-needing')}`,
			`apt-mark unhold lab-needed; ${planned('lab-needing', 'lab-needed')}`,
		),
		misfit('a package that drives another one out', planned('lab-rival', 'lab-plain'), planned('lab-plain')),
		misfit('a package that was installed by hand, without what it needs', async () => {
			host.write('/root/lab.deb', readFileSync(`${repository.folder}/pool/release/lab-half_2.0-1_all.deb`));
			await host.exec(`dpkg -i /root/lab.deb || true; ${planned('lab-plain')}`);
		}),
		{
			what: 'another program that installs',
			entry: 'another-program-holds-the-lock',
			provoke: async () => {
				await begin('lab-busy');
				await host.exec(planned('lab-waits'));
			},
			step,
			edited: script => script.replace('Timeout=300', 'Timeout=1'),
			byHand: {
				afterwards: async () => {
					await host.exec('rm /etc/lab-busy');
					await ended(host, 'lab-busy');
				},
			},
		},
		{
			what: 'a script that was killed',
			entry: 'the-machine-ran-out-of-memory',
			provoke: async () => {
				await host.exec(`touch /etc/lab-killed; ${planned('lab-killed')}`);
				// Not waited for: it happens while the step runs, which fails the test otherwise.
				script('lab-killed').then(
					() => host.exec('pkill -9 -f "/lab-killed[.]postinst"; rm /etc/lab-killed'),
					() => undefined,
				);
			},
			step,
			skipped: noSwap,
			byHand: {afterwards: 'dpkg --configure -a'},
		},
		{
			what: 'too little memory',
			entry: 'the-machine-ran-out-of-memory',
			provoke: planned('lab-plain'),
			step,
			edited: withMemory(12),
			skipped: noSwap,
		},
		{
			what: 'a database of dpkg that was cut off',
			entry: 'the-dpkg-database-is-damaged',
			provoke: `echo Package >> /var/lib/dpkg/status; ${planned('lab-plain')}`,
			step,
		},
		{
			what: 'a power cut in the middle',
			entry: 'dpkg-was-interrupted',
			provoke: async () => {
				await begin('lab-cut');
				await host.powerCut();
				await host.exec(`rm /etc/lab-cut; ${planned('lab-cut', 'lab-waits')}`);
			},
			step,
		},
	];
}

/** The disk, and another one that is mounted on /data. */
export const aptMachine: Provocation[] = [
	{
		what: 'a disk that has no room for what is to be fetched',
		entry: 'there-is-no-room',
		provoke: `${planned('lab-bulky')}\n${leaves(3)}`,
		step,
	},
	{
		what: 'a disk that becomes full while a package is unpacked',
		entry: 'a-disk-became-full-on-the-way',
		provoke: `${planned('lab-large')}\napt-get -y --download-only install lab-large\n${leaves(3)}`,
		step,
	},
	{
		what: 'a disk that nobody has mounted again',
		entry: 'a-file-system-is-not-mounted-any-more',
		// A host of the lab has no device files of its disks.
		provoke: `set -- $(findmnt -rno SOURCE,MAJ:MIN /data)
mknod "$1" b $(echo "$2" | tr : " ")
echo "$1 /data ext4 defaults 0 2" >> /etc/fstab
umount /data`,
		step: 'checking-the-application/mounts',
	},
];

/** Freezes a plan of these packages. */
function planned(...names: string[]): string {
	return `printf '%s all 1.0-1 2.0-1 Lab\\n' ${names.join(' ')} > ${folder}/plan`;
}

/** All but so many MB are taken by what was fetched on earlier nights. */
function leaves(free: number): string {
	const file = '/var/cache/apt/archives/old_1.0-1_all.deb';
	return `dd if=/dev/zero of=${file} bs=64k 2> /dev/null || truncate -s -${free}M ${file}`;
}
