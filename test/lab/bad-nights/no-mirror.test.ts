import assert from 'node:assert/strict';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, type TestContext, test} from 'node:test';
import {aptRepository} from '../apt-repository.ts';
import type {Family} from '../lab-base.ts';
import {labPackages} from '../lab-packages.ts';
import {labRpms} from '../lab-rpms.ts';
import {type LabRun, labRun} from '../lab-run.ts';
import {hasNoLab} from '../needs-lab.ts';
import {resumeNight, walkNight} from '../night.ts';
import {rpmRepository} from '../rpm-repository.ts';
import {serveFolder} from '../serve-folder.ts';
import {german} from './german.ts';

const sources: Record<Family, string> = {
	debian: '/etc/apt/sources.list',
	rhel: '/etc/yum.repos.d/lab.repo',
	suse: '/etc/zypp/repos.d/lab.repo',
};

const installed = ({host}: LabRun) =>
	host.exec(host.family === 'debian' ? "dpkg -l | awk '{ print $1, $2, $3 }'" : 'rpm -qa | sort');

/** A host that is due for updates, of a release that nobody makes any more. */
async function dueTooLate(context: TestContext, family: Family): Promise<LabRun> {
	const it = await labRun(context, {family, user: 'admin', files: german});
	if (family === 'debian') await aptRepository(context, it.host, labPackages());
	else await rpmRepository(context, it.host, labRpms(family));
	await it.host.exec('echo SUPPORT_END=2024-06-30 >> /usr/lib/os-release');
	return it;
}

const refresh = 'system-update-check/refresh';
const limit = {timeout: 120_000};

describe('A night without a mirror', {skip: hasNoLab, concurrency: 3}, () => {
	for (const family of ['debian', 'rhel', 'suse'] as const) {
		const title = `stops on ${family} at the refresh, without a network and with a release that has gone; nothing was changed`;
		test(title, limit, async context => {
			const it = await dueTooLate(context, family);
			const before = await installed(it);
			const address = async (url: string) => it.host.exec(`sed -i 's#http://[^ ]*#${url}#' ${sources[family]}`);
			await address('http://mirror.example.com');
			const night = await walkNight(it);
			assert.equal(night.code, 1, night.said);
			assert.match(night.output('patching-schedule/supported'), /^warning: no updates since 2024-06-30$/m);
			assert.match(night.said, /it failed at system-update-check\/refresh; see "[^"]*The mirror cannot be reached"/);
			const empty = join(it.program.folder, 'empty');
			mkdirSync(empty);
			await address(await serveFolder(context, empty, it.host.near));
			const gone = await resumeNight(it);
			assert.equal(gone.code, 1, gone.said);
			assert.match(gone.output(refresh), /404|Repository type can't be determined/);
			assert.match(gone.said, /it failed at system-update-check\/refresh; see "[^"]*The mirror does not have it"/);
			assert.equal(await installed(it), before);
		});
	}
});
