import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, test} from 'node:test';
import type {LabHost} from '../lab-host.ts';
import {labHost} from '../lab-host.ts';
import {labRun, unattended} from '../lab-run.ts';
import {hasNoLab} from '../needs-lab.ts';
import {partOfPage} from '../part-of-page.ts';
import {answer} from './answer.ts';

const limit = {timeout: 400_000};
const going = ['--yes', '--trust', '--json', '--skip-manual', 'test', '--confirm', 'web1'];
const program = readFileSync(new URL('fake-lvm.sh', import.meta.url));

/** Programs in place of LVM's on a host whose / is mounted from `none`. */
async function fakeLvm(host: LabHost, volumes: string[]): Promise<void> {
	host.write('/lvm/program', program);
	host.write('/lvm/volumes', volumes.map(line => `${line}\n`).join(''));
	host.write('/lvm/snapshots', '');
	const names = ['lvs', 'lvcreate', 'lvconvert'];
	await host.exec(names.map(name => `install -m 755 /lvm/program /usr/sbin/${name}`).join('\n'));
	await host.exec('for name in lvs lvcreate lvconvert; do sed -i 1i#!/bin/sh /usr/sbin/$name; done');
}

const root = 'none vg0 root -wi-ao---- 10240.00 9216.00';
const home = '/dev/mapper/vg0-home vg0 home -wi-ao---- 10240.00 9216.00';

describe('The logic of LVM snapshots (LVM itself is not there: this kernel may have no device mapper)', {
	skip: hasNoLab,
	concurrency: 2,
}, () => {
	test(
		'takes one of each volume of the system, watches it, and merges it with a reboot and the /boot of before',
		limit,
		async context => {
			const it = await labRun(context, {user: 'admin', disks: [{path: '/boot', size: 32, layout: 'ext4'}]});
			await fakeLvm(it.host, [root, home]);
			it.host.write('/boot/vmlinuz-1', 'old kernel');
			const document = partOfPage([
				'backup',
				'snapshot-with-lvm',
				'monitoring-tools',
				'afterwards',
				'merge-the-lvm-snapshot',
			]);
			const walked = await it.program.run(unattended(it, document, ...going.slice(3)));
			assert.equal(walked.code, 0, walked.out.slice(-3000) + walked.err);
			const [run] = await it.program.runs();
			const outputs = it.program.outputs(run!.id);
			const night = (await it.host.exec('ls /var/backups/handrail')).trim();
			assert.equal(outputs['snapshot-with-lvm/volumes'], 'vg0 root 2048\n');
			assert.equal(it.host.read('/lvm/snapshots'), `vg0 root-${night} root swi-a-s--- 0.01\n`);
			assert.match(it.host.read('/lvm/calls'), new RegExp(`^lvcreate -s -n root-${night} -L 2048m vg0/root$`, 'm'));
			assert.equal(outputs['monitoring-tools/snapshot-whole'], `root-${night} is filled to 0.01 %\n`);
			assert.match(outputs['afterwards/remove-by']!, /^before [A-Z][a-z]+day, \d\d [A-Z][a-z]+, since it fills up/);
			assert.match(outputs['afterwards/remove-by']!, new RegExp(`^sudo lvremove vg0/root-${night}$`, 'm'));
			it.host.write('/boot/vmlinuz-1', 'new kernel');
			const back = await it.program.run(['rollback', run!.id, '--option', 'merge-the-lvm-snapshot', ...going]);
			assert.equal(back.code, 0, back.out.slice(-3000) + back.err);
			assert.match(it.host.read('/lvm/calls'), new RegExp(`^lvconvert --merge vg0/root-${night}$`, 'm'));
			assert.equal(it.host.read('/boot/vmlinuz-1'), 'old kernel');
			assert.equal(it.host.boots.length, 2);
		},
	);

	test('takes none where there is no room, no volume below /, or a thin one', limit, async context => {
		const host = await labHost(context);
		const cases: [volumes: string[], said: string][] = [
			[[root, home], '2048 MB are needed and 9216 MB free in vg0\n'],
			[['none vg0 root owi-aos--- 200000.00 20480.00'], '20480 MB are needed and 20480 MB free in vg0\n'],
			[['none vg0 root -wi-ao---- 10240.00 2047.00'], '2048 MB are needed and 2047 MB free in vg0\nexit 1\n'],
			[[home], '/ is not on an LVM volume\nexit 1\n'],
			[[], '/ is not on an LVM volume\nexit 1\n'],
			[
				['none vg0 root Vwi-aotz-- 10240.00 9216.00'],
				'root is thin, merging or itself a snapshot: take its snapshot by hand\nexit 1\n',
			],
		];
		for (const [volumes, said] of cases) {
			await fakeLvm(host, volumes);
			assert.equal(await answer(host, 'snapshot-with-lvm/1', {}), said);
		}
	});

	// Attributes and fill as LVM prints them: lvs(8), lv_attr.
	test('watches how full they are, and offers the merge only while every one is whole', limit, async context => {
		const host = await labHost(context);
		await fakeLvm(host, [root]);
		host.write('/srv/b/lvm', 'vg0 root 2048\nvg0 var 1024\n');
		const cases: [snapshots: string[], said: string][] = [
			[['swi-a-s--- 1.50', 'swi-a-s--- 23.12'], '2 of 2 snapshots are whole, the fullest is filled to 23.12 %\n'],
			[['swi-a-s--- 1.50', 'swi-a-s--- 99.99'], '2 of 2 snapshots are whole, the fullest is filled to 99.99 %\n'],
			[
				['swi-a-s--- 1.50', 'swi-I-s--- 100.00'],
				'1 of 2 snapshots are whole, the fullest is filled to 1.5 %\nexit 1\n',
			],
			[['Swi-a-s--- 1.50', 'swi-a-s--- 2.00'], '1 of 2 snapshots are whole, the fullest is filled to 2 %\nexit 1\n'],
			[['swi-a-s--- 1.50'], '1 of 2 snapshots are whole, the fullest is filled to 1.5 %\nexit 1\n'],
			[[], '0 of 2 snapshots are whole, the fullest is filled to 0 %\nexit 1\n'],
		];
		for (const [snapshots, said] of cases) {
			const names = ['vg0 root-b root', 'vg0 var-b var'];
			host.write('/lvm/snapshots', snapshots.map((each, at) => `${names[at]} ${each}\n`).join(''));
			for (const block of ['1', '2']) {
				assert.equal(await answer(host, `merge-the-lvm-snapshot/${block}`, {BACKUP: '/srv/b'}), said);
			}
		}
		host.write(
			'/lvm/snapshots',
			'vg0 root-b root swi-a-s--- 9.50\nvg0 var-b var swi-a-s--- 23.12\nvg0 old var swi-a-s--- 88.00\n',
		);
		assert.equal(await answer(host, 'monitoring-tools/lvm-fill', {BACKUP: '/srv/b'}), '23.12\n');
		host.write('/lvm/snapshots', 'vg0 root-b root swi-I-s--- 100.00\nvg0 var-b var swi-a-s--- 2.00\n');
		assert.equal(
			await answer(host, 'monitoring-tools/snapshot-whole', {BACKUP: '/srv/b'}),
			'root-b is filled to 100.00 %\nvar-b is filled to 2.00 %\na snapshot is lost: take another way back\nexit 1\n',
		);
		const none = await answer(host, 'merge-the-lvm-snapshot/2', {BACKUP: '/srv/c'});
		assert.equal(none, 'no LVM snapshot was taken tonight\nexit 1\n');
	});
});
