import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {aptRepository} from '../apt-repository.ts';
import {labVersions} from '../debian-state.ts';
import {labPackages} from '../lab-packages.ts';
import {labRun} from '../lab-run.ts';
import {hasNoLab} from '../needs-lab.ts';
import {resumeNight, walkNight} from '../night.ts';
import {german} from './german.ts';

const limit = {timeout: 200_000};
const small = [{path: '/backup', size: 40, layout: 'ext4'}] as const;

describe('A night without space', {skip: hasNoLab, concurrency: 3}, () => {
	test('starts nothing on a full disk; with a little room it stops before the download', limit, async context => {
		const it = await labRun(context, {user: 'admin', files: german});
		const {host} = it;
		await aptRepository(context, host, labPackages());
		const before = await labVersions(host);
		await host.fillDisk();
		const night = await walkNight(it);
		assert.equal(night.code, 1, night.said);
		assert.match(night.said, /^stopped: it was not started \(.*handrail.* is full\) at patching-schedule\/history$/m);
		await host.exec('truncate -s -80M /var/fill');
		const later = await resumeNight(it);
		assert.equal(later.code, 1, later.said);
		assert.match(later.said, /it failed at what-it-means\/fits; see "[^"]*There is no room"/);
		assert.deepEqual(await labVersions(host), before);
	});

	test('stops before it saves anything where the backup has no room', limit, async context => {
		const it = await labRun(context, {user: 'admin', disk: 512, disks: [...small], files: german});
		await aptRepository(context, it.host, labPackages());
		const night = await walkNight(it, 'All updates', '--var', 'BACKUP_DIR=/backup');
		assert.equal(night.code, 1, night.said);
		assert.match(night.said, /^stopped: it failed at backup\/space; see "[^"]*There is no room"/m);
		assert.match(night.output('backup/space'), /^too little: choose another BACKUP_DIR$/m);
		assert.equal(await it.host.exec('find /backup/none-* -type f'), '');
	});
});
