import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {labHost} from '../lab-host.ts';
import {hasNoLab} from '../needs-lab.ts';
import {answer} from './answer.ts';

const limit = {timeout: 400_000};

/** As findmnt(8) shows a server with two pools, as Ubuntu's installer makes them. */
const findmnt = `#!/bin/sh
case "$*" in
*FSTYPE*) echo zfs ;;
*zfs*SOURCE*/boot) echo bpool/BOOT/ubuntu ;;
*SOURCE*/) echo rpool/ROOT/ubuntu ;;
esac
`;
const zfs = `#!/bin/sh
echo "zfs $*" >> /zfs/calls
case "$1" in
snapshot) for last; do :; done; echo "$last" >> /zfs/snapshots ;;
list) cat /zfs/snapshots ;;
esac
`;
const programs = {
	'/usr/bin/findmnt': findmnt,
	'/usr/local/sbin/zfs': zfs,
	'/usr/local/sbin/zpool': '#!/bin/sh\ncat /zfs/capacity\n',
	'/usr/local/sbin/systemctl': '#!/bin/sh\necho "systemctl $*" >> /zfs/calls\n',
};

describe('The logic of ZFS snapshots (ZFS itself is not there: this kernel may not know it)', {skip: hasNoLab}, () => {
	test(
		'takes one of / with all below it and one of /boot, and rolls both back before it reboots',
		limit,
		async context => {
			const host = await labHost(context, {files: {...programs, '/zfs/capacity': '80%\n', '/zfs/snapshots': ''}});
			await host.exec(`chmod 755 ${Object.keys(programs).join(' ')}; install -d -o admin /srv/night`);
			const say = (id: string) => answer(host, id, {BACKUP: '/srv/night'});
			assert.equal(
				await say('snapshot-with-zfs/1'),
				'/ is the dataset rpool/ROOT/ubuntu, its pool is 80 % full\nexit 1\n',
			);
			host.write('/zfs/capacity', '79%\n');
			assert.equal(await say('snapshot-with-zfs/1'), '/ is the dataset rpool/ROOT/ubuntu, its pool is 79 % full\n');
			assert.equal(await say('roll-back-the-zfs-snapshot/2'), 'no ZFS snapshot was taken tonight\nexit 1\n');
			assert.equal(await say('snapshot-with-zfs/take-zfs'), '');
			assert.equal(await say('snapshot-with-zfs/taken-zfs'), 'rpool/ROOT/ubuntu@night\nbpool/BOOT/ubuntu@night\n');
			assert.equal(await say('roll-back-the-zfs-snapshot/2'), '2 snapshots are there\n');
			host.write('/zfs/calls', '');
			assert.equal(await say('roll-back-the-zfs-snapshot/roll-back'), '');
			assert.deepEqual(host.read('/zfs/calls').trimEnd().split('\n'), [
				'zfs rollback -r rpool/ROOT/ubuntu@night',
				'zfs rollback -r bpool/BOOT/ubuntu@night',
				'systemctl reboot',
			]);
		},
	);
});
