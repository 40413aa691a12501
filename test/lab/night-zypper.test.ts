import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type {LabHost} from './lab-host.ts';
import type {Rpms} from './lab-rpms.ts';
import {labRun} from './lab-run.ts';
import {hasNoLab} from './needs-lab.ts';
import {rollBack, walkNight} from './night.ts';
import {fresh, installed, zypperNight, zypperRpms} from './zypper-night.ts';

const limit = {timeout: 400_000};

/** The lines of a text, with one blank where there are several. */
const lines = (text: string) => text.replaceAll(/ +/g, ' ').trimEnd().split('\n');

/** What is installed now and was not before. */
async function arrived(host: LabHost, before: string[]): Promise<string[]> {
	return (await installed(host)).filter(each => !before.includes(each));
}

describe('A patch night with zypper on a real host', {skip: hasNoLab, concurrency: 3}, () => {
	test(
		'updates everything in two passes, reboots, and can be taken back to the first versions',
		limit,
		async context => {
			const it = await zypperNight(context, zypperRpms());
			const {host} = it;
			const before = await installed(host);
			const night = await walkNight(it);
			assert.equal(night.code, 0, night.said);
			assert.equal(night.end, 'completed');
			assert.deepEqual(lines(night.output('what-it-means/pending')), [
				'PACKAGE FROM TO SECURITY',
				'kernel-default - 2.0-1 CVE-2026-10003',
				'lab-secure 1.0-1 2.0-1 CVE-2026-10001,CVE-2026-10002',
				'lab-broken 1.0-1 2.0-1 -',
				'lab-c++ 1:1.0-1 1:2.0-1 -',
				'lab-fresh - 1.0-1 -',
				...['lab-needs', 'lab-plain', 'lab-settings', 'lab-slow', 'libzypp'].map(name => `${name} 1.0-1 2.0-1 -`),
				'10 packages: 2 for security, 2 new, 0 taken away',
			]);
			assert.equal(night.output('what-it-means/reboot-expected'), 'expect a reboot\n');
			const saved = await host.exec(
				'cd /var/backups/handrail/none-*; tar -xOzf etc.tgz etc/lab/settings.conf; cat versions',
			);
			assert.deepEqual(lines(saved), ['answer = 43', ...before]);

			const applied = night.output('commands-to-run/apply');
			assert.match(
				applied,
				/affects the package manager itself\. Run this command once more(.|\n)*Reboot as soon as possible/,
			);
			assert.match(night.output('commands-to-run/installed'), /^10 packages are as planned$/m);
			assert.equal(
				await host.exec('rpm -q kernel-default | sort'),
				'kernel-default-1.0-1.noarch\nkernel-default-2.0-1.noarch\n',
			);
			assert.equal(night.output('verifying-patches/open'), 'nothing is open any more\nlocked: nothing\n');
			assert.equal(night.output('verifying-patches/left-files'), '/etc/lab/settings.conf.rpmnew\n');
			assert.equal(host.read('/etc/lab/settings.conf'), 'answer = 43\n');
			assert.equal(host.boots.length, 2);
			assert.ok(night.events.some(event => event.type === 'rebooted' && event.is.id === host.boots[1]));
			assert.equal(host.read('/var/log/patching'), 'silence\ndrain\nstop\nstart\ntest\nstart\nrejoin\nunsilence\n');

			const back = await rollBack(it, night, 'old-packages');
			assert.equal(back.code, 0, back.said);
			assert.equal(back.end, 'rolled-back');
			assert.deepEqual(await arrived(host, before), ['kernel-default:noarch 2.0-1']);
			assert.equal((await installed(host)).length, before.length + 1);
			assert.match(await host.exec('zypper -n patch --with-interactive --with-update'), /^Nothing to do\.$/m);
		},
	);

	test('for security alone takes what these patches bring, and leaves the rest as it is', limit, async context => {
		const it = await zypperNight(context, zypperRpms());
		const before = await installed(it.host);
		const night = await walkNight(it, 'Security updates only');
		assert.equal(night.code, 0, night.said);
		assert.deepEqual(await arrived(it.host, before), ['kernel-default:noarch 2.0-1', 'lab-secure:noarch 2.0-1']);
		const open = night.output('verifying-patches/open');
		assert.match(open, /^still open: patch LAB-2026:0003$/m);
		assert.match(open, /^still open: package lab-c\+\+$/m);
		assert.equal(it.host.boots.length, 2);
	});

	test('for named packages brings what they need, and nothing else', limit, async context => {
		const it = await zypperNight(context, zypperRpms());
		const before = await installed(it.host);
		const night = await walkNight(it, 'Named packages only', '--var', 'PACKAGES=lab-needs lab-c++');
		assert.equal(night.code, 0, night.said);
		assert.deepEqual(await arrived(it.host, before), [
			...['lab-c++:noarch 1:2.0-1', 'lab-fresh:noarch 1.0-1', 'lab-needs:noarch 2.0-1'],
		]);
		assert.equal(it.host.boots.length, 1);
	});

	test('stops where a scriptlet failed although zypper only asks for a reboot, and goes back', limit, async context => {
		const it = await zypperNight(context, zypperRpms({breaks: true}));
		const before = await installed(it.host);
		const night = await walkNight(it);
		assert.equal(night.code, 1, night.said);
		assert.match(
			night.said,
			/failed at commands-to-run\/apply; see "Troubleshooting.*A scriptlet of a package failed"/,
		);
		assert.match(night.output('commands-to-run/apply'), /Reboot is required/);
		const back = await rollBack(it, night, 'old-packages');
		assert.equal(back.end, 'rolled-back', back.said);
		assert.deepEqual(await arrived(it.host, before), ['kernel-default:noarch 2.0-1']);
		assert.match(it.host.read('/var/log/patching'), /^silence\ndrain\nstop\nstart\nrejoin\nunsilence\n$/);
	});

	test('that would remove a package stops before anything is changed', limit, async context => {
		const renamed: Rpms = {
			old: [{name: 'lab-former', version: '1.0-1'}],
			new: [{name: 'lab-latter', version: '2.0-1', provides: ['lab-former = 2.0-1'], obsoletes: 'lab-former < 2.0-1'}],
			advisories: [],
		};
		const it = await zypperNight(context, renamed);
		const {host} = it;
		const night = await walkNight(it);
		assert.equal(night.code, 1, night.said);
		assert.match(
			night.output('what-it-means/removals'),
			/^these would be taken away; go on if their owner agrees: lab-former$/m,
		);
		assert.match(night.said, /stopped: it failed at what-it-means\/removals/);
		assert.equal(await host.exec('rpm -q lab-former'), 'lab-former-1.0-1.noarch\n');
	});

	test('is a calm one where nothing is pending', limit, async context => {
		const it = await zypperNight(context, {...zypperRpms(), new: [fresh], advisories: []});
		const before = await installed(it.host);
		const night = await walkNight(it);
		assert.equal(night.code, 0, night.said);
		assert.deepEqual(await installed(it.host), before);
		assert.match(night.output('what-it-means/pending'), /^0 packages: 0 for security, 0 new, 0 taken away$/m);
		assert.equal(it.host.boots.length, 1);
	});

	test(
		'says which lock is in the way of a patch, and goes round it once the patch is locked too',
		limit,
		async context => {
			const it = await zypperNight(context, zypperRpms());
			const {host} = it;
			await host.exec('zypper -n addlock lab-secure');
			const before = await installed(host);
			const stopped = await walkNight(it);
			assert.equal(stopped.code, 1, stopped.said);
			assert.match(stopped.said, /failed at the-plan\/plan; see "Troubleshooting.*zypper finds no solution"/);
			assert.match(stopped.output('the-plan/plan'), /remove lock to allow removal of lab-secure-1\.0-1/);
			await host.exec('zypper -n addlock -t patch LAB-2026:0001; rm -r /var/tmp/handrail.lock');
			const night = await walkNight(it);
			assert.equal(night.code, 0, night.said);
			const held = 'locked: LAB-2026:0001 lab-secure\nnewer, and not in the plan: lab-secure\n';
			assert.equal(night.output('what-it-means/held'), held);
			assert.ok((await arrived(host, before)).includes('lab-plain:noarch 2.0-1'));
			assert.ok((await installed(host)).includes('lab-secure:noarch 1.0-1'));
		},
	);

	test('does not begin on a system that is updated as a whole', limit, async context => {
		const it = await labRun(context, {user: 'admin', family: 'suse'});
		await it.host.exec('sed -i "s/^ID=.*/ID=opensuse-tumbleweed/" /usr/lib/os-release');
		const night = await walkNight(it);
		assert.equal(night.code, 1, night.said);
		assert.match(night.said, /failed at pre-patching-preparation\/as-a-whole/);
	});
});
