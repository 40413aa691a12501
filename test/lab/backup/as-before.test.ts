import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {type LabHost, labHost} from '../lab-host.ts';
import {hasNoLab} from '../needs-lab.ts';
import {answer} from './answer.ts';

const limit = {timeout: 400_000};
const options = ['merge-the-lvm-snapshot', 'roll-back-with-snapper', 'roll-back-the-btrfs-snapshot'];
const all = [...options, 'roll-back-the-zfs-snapshot', 'put-the-copied-system-back'];

const families = [
	{
		family: 'debian',
		list: 'pm=apt',
		remove: 'dpkg --remove --force-depends locales',
		gone: /^locales\s+deinstall\nlocales\s+install\n/,
	},
	{family: 'rhel', list: 'pm!=apt', remove: 'rpm -e --nodeps dnf', gone: /^dnf:noarch 1\.0-1\n/},
	{family: 'suse', list: 'pm!=apt', remove: 'rpm -e --nodeps zypper', gone: /^zypper:noarch 1\.0-1\n/},
] as const;

describe('After the way back', {skip: hasNoLab, concurrency: 3}, () => {
	for (const {family, list, remove, gone} of families) {
		test(`every package of ${family} has to have its version from before`, limit, async context => {
			const host: LabHost = await labHost(context, {family});
			const values = {BACKUP: '/srv/b'};
			await host.exec('install -d -o admin /srv/b');
			await answer(host, 'save-the-package-list-and-etc/packages', values, list);
			for (const option of all) {
				assert.equal(
					await answer(host, `${option}/as-before`, values, list),
					'every package has the version from before\n',
				);
			}
			await host.exec(`${remove} > /dev/null 2>&1`);
			for (const option of all) assert.match(await answer(host, `${option}/as-before`, values, list), gone);
			assert.match(await answer(host, `${all[0]}/as-before`, values, list), /exit 1\n$/);
		});
	}
});
