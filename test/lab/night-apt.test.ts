import assert from 'node:assert/strict';
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {describe, type TestContext, test} from 'node:test';
import {aptRepository} from './apt-repository.ts';
import {idleUpdater, labVersions, siteHooks} from './debian-state.ts';
import type {LabPackagesOptions} from './lab-packages.ts';
import {labRun} from './lab-run.ts';
import {hasNoLab} from './needs-lab.ts';
import {rollBack, walkNight} from './night.ts';
import {nightPackages, nightPlan, security} from './night-packages.ts';

const limit = {timeout: 200_000};
const settings = '/etc/lab/settings.conf';

/** A host of a site that is due for a patch night: with hooks, and with a configuration file of its own. */
async function dueForNight(context: TestContext, options: LabPackagesOptions = {}) {
	const it = await labRun(context, {user: 'admin', disk: 1024});
	const repository = await aptRepository(context, it.host, nightPackages(options));
	// As a mirror that keeps the newest alone: what was installed is in the host's cache only.
	rmSync(join(repository.folder, 'pool', 'release', 'lab-c++_1:1.0+b1-1_all.deb'));
	await repository.publish([]);
	await siteHooks(it.host);
	await idleUpdater(it.host);
	it.host.write(settings, 'answer = 43\n');
	return it;
}

const lines = (text: string) => text.trimEnd().split('\n');

describe('A patch night on a real Debian host', {skip: hasNoLab, concurrency: 4}, () => {
	test(
		'updates everything, reboots, and can be taken back to the first version of each package',
		limit,
		async context => {
			const it = await dueForNight(context);
			const {host} = it;
			const before = await labVersions(host);
			const wanted = await host.exec('apt-mark showmanual');
			const night = await walkNight(it);
			assert.equal(night.code, 0, night.said);
			assert.equal(night.end, 'completed');
			assert.deepEqual(lines(night.output('the-plan/plan')), nightPlan());
			const table = night.output('what-it-means/pending');
			assert.match(table, /^lab-c\+\+ +1:1\.0\+b1-1 +1:1\.0\+b2-1 +CVE-2026-0007$/m);
			assert.match(table, /^lab-secure +1\.0-1 +2\.0-1 +CVE-2026-0001,CVE-2026-0002$/m);
			assert.match(table, /^lab-overtaken +1\.0-1 +2\.0-1 +yes$/m);
			assert.match(table, /^lab-needs +1\.0-1 +2\.0-1 +-$/m);
			assert.match(table, /^13 packages: 3 for security, 2 new\b/m);
			assert.equal(night.output('what-it-means/reboot-expected'), 'expect a reboot\n');
			assert.equal(night.output('what-it-means/old-versions'), '0 old versions are lost, 1 were in the cache\n');
			assert.match(night.output('what-it-means/held'), /kept back:\n {2}lab-rival$/m);
			assert.match(night.output('commands-to-run/installed'), /^13 packages are as planned$/m);
			assert.equal(night.output('verifying-patches/left-files'), `${settings}.dpkg-dist\n`);
			assert.equal(host.read(settings), 'answer = 43\n');
			assert.equal(host.boots.length, 2);
			assert.ok(night.events.some(event => event.type === 'rebooted' && event.is.id === host.boots[1]));
			assert.equal(host.read('/var/log/patching'), 'silence\ndrain\nstop\nstart\ntest\nstart\nrejoin\nunsilence\n');
			assert.equal(await host.exec('apt-mark showmanual'), wanted);
			const saved = await host.exec(
				`cd /var/backups/handrail/none-*; tar -xOzf etc.tgz etc/lab/settings.conf; cat versions`,
			);
			assert.deepEqual(lines(saved).slice(0, 1), ['answer = 43']);
			for (const each of before) assert.ok(saved.includes(`\n${each}\n`), each);

			const back = await rollBack(it, night, 'downgrade');
			assert.equal(back.code, 0, back.said);
			assert.equal(back.end, 'rolled-back');
			assert.deepEqual(
				await labVersions(host),
				[...before, 'lab-fresh:all 1.0-1', 'linux-image-6.1.0-2-amd64:all 2.0-1'].sort(),
			);
			const changed = nightPlan()
				.filter(each => !each.includes(' - '))
				.map(each => each.split(' ')[0]);
			assert.deepEqual(lines(await host.exec('apt-mark showhold')), changed);
			assert.equal(await host.exec('apt-mark showmanual'), wanted);
		},
	);

	test(
		'for security alone takes the version that closes the hole, and leaves the rest as it is',
		limit,
		async context => {
			const it = await dueForNight(context);
			const night = await walkNight(it, 'Security updates only');
			assert.equal(night.code, 0, night.said);
			assert.deepEqual(lines(night.output('the-plan/plan')), [
				`lab-c++ all 1:1.0+b1-1 1:1.0+b2-1 ${security}`,
				`lab-overtaken all 1.0-1 1.5-1 ${security}`,
				`lab-secure all 1.0-1 2.0-1 ${security}`,
			]);
			const changed = (await labVersions(it.host)).filter(each => !each.endsWith(' 1.0-1'));
			assert.deepEqual(changed, ['lab-c++:all 1:1.0+b2-1', 'lab-overtaken:all 1.5-1', 'lab-secure:all 2.0-1']);
			assert.match(night.output('verifying-patches/open'), /^still open: lab-plain \[1\.0-1\]$/m);
			assert.equal(it.host.boots.length, 1);
		},
	);

	test(
		'for named packages brings what they need, and is refused where another would have to go',
		limit,
		async context => {
			const it = await dueForNight(context);
			const refused = await walkNight(it, 'Named packages only', '--var', 'PACKAGES=lab-rival');
			assert.equal(refused.code, 1, refused.said);
			assert.match(refused.output('the-plan/plan'), /Packages need to be removed but remove is disabled/);
			const words = ['--var', 'PACKAGES=lab-c++ lab-needs', '--break-lock', 'a test'];
			const night = await walkNight(it, 'Named packages only', ...words);
			assert.equal(night.code, 0, night.said);
			assert.match(night.output('the-plan/plan'), /^lab-fresh all - 1\.0-1 /m);
			const changed = (await labVersions(it.host)).filter(each => !each.endsWith(' 1.0-1'));
			assert.deepEqual(changed, ['lab-c++:all 1:1.0+b2-1', 'lab-needs:all 2.0-1']);
		},
	);

	test(
		'in which a package cannot be configured ends with 1, names the entry, and can be taken back',
		limit,
		async context => {
			const it = await dueForNight(context, {breaks: true});
			const before = await labVersions(it.host);
			const night = await walkNight(it);
			assert.equal(night.code, 1, night.said);
			assert.match(
				night.said,
				/failed at commands-to-run\/apply; see "Troubleshooting.*The script of a package failed"/,
			);
			const back = await rollBack(it, night, 'downgrade');
			assert.equal(back.end, 'rolled-back', back.said);
			const after = (await labVersions(it.host)).filter(each => before.includes(each));
			assert.deepEqual(after, before);
			assert.equal(await it.host.exec('dpkg --audit'), '');
			assert.match(it.host.read('/var/log/patching'), /start\nrejoin\nunsilence\n$/);
		},
	);
});
