import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {labHost} from '../lab-host.ts';
import {hasNoLab} from '../needs-lab.ts';
import {answer} from './answer.ts';

const limit = {timeout: 400_000};

describe('Where a full copy may go', {skip: hasNoLab}, () => {
	test('is another disk with room, never the one that it protects, nor memory', limit, async context => {
		const host = await labHost(context, {
			disks: [
				{path: '/', size: 600, layout: 'ext4'},
				{path: '/roomy', size: 1200, layout: 'ext4'},
				{path: '/small', size: 64, layout: 'ext4'},
				{path: '/opt', size: 1200, layout: 'ext4'},
			],
		});
		await host.exec(
			'mkdir /bound; mount --bind /srv /bound; mkdir /auto; mount -t tmpfs none /auto; mount --bind /roomy /auto; mkdir -m 777 /roomy/b /small/b /opt/b /srv/b /dev/shm/b',
		);
		const protecting = /^\/(srv|opt)\/b is on a disk that it should protect\nexit 1\n$/;
		const ofRoot = /^\/bound\/b is on the disk of \/, or \/ is on no disk\nexit 1\n$/;
		const cases: [folder: string, rsync: RegExp, tar: RegExp][] = [
			['/roomy/b', /^\d+ MB are to be copied, \d+ MB are free in \/roomy\/b\n$/, /^\d+ MB go into .* in \/roomy\/b\n$/],
			['/auto/b', /^\d+ MB are to be copied, .*\n$/, /^\d+ MB go into .*\n$/],
			['/small/b', /^\d+ MB are .*\nexit 1\n$/, /^\d+ MB go into .*\nexit 1\n$/],
			['/srv/b', protecting, protecting],
			['/opt/b', protecting, protecting],
			['/bound/b', ofRoot, ofRoot],
			['/dev/shm/b', /^\/dev\/shm\/b is in memory\nexit 1\n$/, /^\/dev\/shm\/b is in memory\nexit 1\n$/],
		];
		// An automounter's mount lies below that of the disk.
		assert.equal(await answer(host, 'full-copy-with-rsync/sources', {BACKUP: '/auto/b'}), '/\n/small\n/opt\n');
		for (const [folder, rsync, tar] of cases) {
			assert.match(await answer(host, 'full-copy-with-rsync/1', {BACKUP: folder}), rsync);
			assert.match(await answer(host, 'full-copy-with-tar/1', {BACKUP: folder}), tar);
		}
		await host.exec('mv /usr/bin/rsync /usr/bin/gone');
		const without = await answer(host, 'full-copy-with-rsync/1', {BACKUP: '/roomy/b'});
		assert.equal(without, 'rsync is not installed\nexit 1\n');
		for (const [option, why] of [
			['snapshot-with-lvm', 'LVM is not installed'],
			['snapshot-with-snapper', "/ is no snapshot of snapper's"],
			['snapshot-with-btrfs', '/ is not on btrfs'],
			['snapshot-with-zfs', '/ is not on ZFS'],
		] as const) {
			assert.equal(await answer(host, `${option}/1`, {BACKUP: '/roomy/b'}), `${why}\nexit 1\n`);
		}
	});

	test('is no way back while nothing was copied, saved or taken', limit, async context => {
		const host = await labHost(context);
		for (const [option, why] of [
			['merge-the-lvm-snapshot/1', 'no LVM snapshot was taken tonight'],
			['merge-the-lvm-snapshot/2', 'no LVM snapshot was taken tonight'],
			['roll-back-with-snapper/1', 'no snapshot was taken tonight with snapper'],
			['roll-back-with-snapper/2', 'no snapshot was taken tonight with snapper'],
			['roll-back-the-btrfs-snapshot/1', 'no snapshot was taken tonight with btrfs'],
			['roll-back-the-btrfs-snapshot/2', 'no snapshot was taken tonight with btrfs'],
			['roll-back-the-zfs-snapshot/1', 'no ZFS snapshot was taken tonight'],
			['roll-back-the-zfs-snapshot/2', 'no ZFS snapshot was taken tonight'],
			['restore-etc-from-the-backup/1', 'no backup of /etc was made tonight'],
			['put-the-copied-system-back/1', 'no full copy was made tonight'],
			['put-the-copied-system-back/2', 'no full copy was made tonight'],
			['revert-to-the-snapshot-or-the-full-copy/3', 'neither a full copy nor a snapshot was made'],
			['revert-to-the-snapshot-or-the-full-copy/4', 'neither a full copy nor a snapshot was made'],
		] as const) {
			const said = await answer(host, option, option.endsWith('1') ? {} : {BACKUP: '/var/backups/night'});
			assert.equal(said, `${why}\nexit 1\n`, option);
		}
	});

	test('is never found for a host whose / no program can copy as it is', limit, async context => {
		const host = await labHost(context, {disks: [{path: '/backup', size: 64, layout: 'ext4'}]});
		for (const option of ['full-copy-with-rsync', 'full-copy-with-tar']) {
			const said = await answer(host, `${option}/1`, {BACKUP: '/backup'});
			assert.equal(said, '/backup is on the disk of /, or / is on no disk\nexit 1\n');
		}
	});
});
