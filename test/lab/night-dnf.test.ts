import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {allInstalled, dnfNight} from './dnf-night.ts';
import {hasNoLab} from './needs-lab.ts';
import {rollBack, walkNight} from './night.ts';
import {longName} from './night-rpms.ts';

const limit = {timeout: 300_000};
const settings = '/etc/lab/settings.conf';
const kernels = ['kernel noarch - 2.0-1 lab', 'kernel-core noarch - 2.0-1 lab'];
const planned = [
	...kernels,
	'lab-renamed noarch 1.0-1 - replaced by lab-successor',
	'lab-successor noarch - 2.0-1 lab',
	'lab-broken noarch 1.0-1 2.0-1 lab',
	'lab-c++ noarch 1:1.0-1 1:2.0-1 lab',
	`${longName} noarch 1.0-1 2.0-1 lab`,
	'lab-needs noarch 1.0-1 2.0-1 lab',
	'lab-plain noarch 1.0-1 2.0-1 lab',
	'lab-secure noarch 1.0-1 2.0-1 lab',
	'lab-settings noarch 1.0-1 2.0-1 lab',
	'lab-slow noarch 1.0-1 2.0-1 lab',
	'lab-fresh noarch - 1.0-1 lab',
];

const lines = (text: string) => text.trimEnd().split('\n');

describe('A patch night on a real host with dnf', {skip: hasNoLab, concurrency: 3}, () => {
	test('updates everything, reboots, and can be taken back to what was installed before', limit, async context => {
		const it = await dnfNight(context);
		const {host} = it;
		const before = await allInstalled(host);
		const night = await walkNight(it);
		assert.equal(night.code, 0, night.said);
		assert.equal(night.end, 'completed');
		assert.deepEqual(lines(night.output('the-plan/plan')), planned);
		const table = night.output('what-it-means/pending');
		assert.match(table, /^kernel +- +2\.0-1 +yes:\n +CVE-2026-10003$/m);
		assert.match(table, /^lab-c\+\+ +1:1\.0-1 +1:2\.0-1 +yes:\n +CVE-2026-10004$/m);
		assert.match(table, /^lab-secure +1\.0-1 +2\.0-1 +yes:\n +CVE-2026-10001,CVE-2026-10002$/m);
		assert.match(table, /^lab-needs +1\.0-1 +2\.0-1 +-$/m);
		assert.match(table, /^13 packages: 4 for security, 4 new, 1 taken away$/m);
		assert.equal(night.output('what-it-means/reboot-expected'), 'expect a reboot\n');
		assert.match(night.output('what-it-means/held'), /^goes away: lab-renamed .* replaced by lab-successor$/m);
		assert.equal(night.output('what-it-means/old-versions'), '0 old versions are lost\n');
		assert.match(night.output('commands-to-run/transaction'), /^transactions of tonight: 2 $/m);
		assert.match(night.output('commands-to-run/installed'), /^13 packages are as planned$/m);
		assert.equal(night.output('verifying-patches/open'), 'nothing is open\n');
		assert.equal(night.output('verifying-patches/left-files'), `${settings}.rpmnew\n`);
		assert.equal(host.read(settings), 'answer = 43\n');
		assert.ok(night.events.some(event => event.type === 'rebooted' && event.is.id === host.boots[1]));
		assert.equal(host.read('/var/log/patching'), 'silence\ndrain\nstop\nstart\ntest\nstart\nrejoin\nunsilence\n');
		assert.equal(
			await host.exec('tar -xOzf /var/backups/handrail/none-*/etc.tgz etc/lab/settings.conf'),
			'answer = 43\n',
		);
		assert.equal(host.boots.length, 2);

		const back = await rollBack(it, night, 'undo');
		assert.equal(back.code, 0, back.said);
		assert.equal(back.end, 'rolled-back');
		assert.equal(await allInstalled(host), before);
		assert.match(await host.exec('dnf -q check-update'), /^$/, 'tomorrow brings nothing back');
	});

	test('for security alone leaves the rest as it is', limit, async context => {
		const it = await dnfNight(context);
		const night = await walkNight(it, 'Security updates only');
		assert.equal(night.code, 0, night.said);
		assert.deepEqual(lines(night.output('the-plan/plan')), [
			...kernels,
			'lab-c++ noarch 1:1.0-1 1:2.0-1 lab',
			'lab-secure noarch 1.0-1 2.0-1 lab',
		]);
		assert.match(night.output('verifying-patches/open'), /^lab-plain\.noarch +2\.0-1 +lab *$/m);
		const updated = await it.host.exec("rpm -qa --qf '%{NAME} %{VERSION}\\n' | sed -n 's/ 2.0$//p' | sort");
		assert.deepEqual(lines(updated), ['kernel', 'kernel-core', 'lab-c++', 'lab-secure']);
	});

	test('for named packages brings what they need, and nothing else', limit, async context => {
		const it = await dnfNight(context);
		const night = await walkNight(it, 'Named packages only', '--var', 'PACKAGES=lab-c++ lab-needs');
		assert.equal(night.code, 0, night.said);
		assert.deepEqual(lines(night.output('the-plan/plan')), [
			'lab-c++ noarch 1:1.0-1 1:2.0-1 lab',
			'lab-needs noarch 1.0-1 2.0-1 lab',
			'lab-fresh noarch - 1.0-1 lab',
		]);
		const changed = "rpm -qa --qf '%{NAME} %{EVR}\\n' | grep -E '2.0-1|lab-fresh' | sort";
		assert.equal(await it.host.exec(changed), 'lab-c++ 1:2.0-1\nlab-fresh 1.0-1\nlab-needs 2.0-1\n');
		assert.equal(it.host.boots.length, 1);
	});

	test('with nothing to update changes nothing, and is calm', limit, async context => {
		const it = await dnfNight(context, {hasUpdates: false});
		const before = await allInstalled(it.host);
		const night = await walkNight(it);
		assert.equal(night.code, 0, night.said);
		assert.equal(night.end, 'completed');
		assert.equal(night.output('the-plan/plan'), '');
		assert.equal(night.output('commands-to-run/apply'), 'nothing is planned\n');
		assert.equal(await allInstalled(it.host), before);
		assert.equal(it.host.boots.length, 1);
	});
});
