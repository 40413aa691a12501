import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type {Event} from '../../source/core/run/events.ts';
import {until} from '../helpers/task-host.ts';
import {labRpms} from './lab-rpms.ts';
import {labRun, unattended, untilPrinted} from './lab-run.ts';
import {hasNoLab} from './needs-lab.ts';
import {rpmRepository} from './rpm-repository.ts';

const document = `---
handrail: 1
title: Patches
---
# Patches

## Apply

\`\`\`sh { name=first durable expect=0,102,103 }
sudo zypper --non-interactive patch --with-interactive
\`\`\`

\`\`\`sh { name=second durable expect=0,102 }
sudo zypper --non-interactive patch --with-interactive
\`\`\`

\`\`\`sh { check }
sudo zypper --non-interactive patch-check
\`\`\`
`;

const limit = {timeout: 400_000};

describe('Patches by zypper on a real host', {skip: hasNoLab, concurrency: 3}, () => {
	test('are those of the package manager first, and the others when it is run again', limit, async context => {
		const it = await labRun(context, {user: 'admin', family: 'suse'});
		const {host} = it;
		await rpmRepository(context, host, labRpms('suse'));
		host.write('/etc/lab/settings.conf', 'answer = 43\n');
		const listed = await host.exec('zypper -n list-patches --cve');
		assert.deepEqual(
			listed.match(/^cve .*?(?= +\| (---|reboot))/gm)?.map(line => line.replaceAll(/ +/g, ' ')),
			[
				'cve | CVE-2026-10001 | LAB-2026:0001 | security | important',
				'cve | CVE-2026-10002 | LAB-2026:0001 | security | important',
				'cve | CVE-2026-10003 | LAB-2026:0002 | security | critical',
			],
		);
		assert.match(
			await host.exec('zypper -n patch-check || test $? = 101'),
			/^4 patches needed \(2 security patches\)$/m,
		);
		assert.equal(await host.exec('zypper -n -q needs-rebooting'), '');
		const {code, err} = await it.program.run(unattended(it, document));
		assert.equal(code, 0, err);
		const [run] = await it.program.runs();
		const events: Event[] = it.program.journal(run!.id);
		const exits = events.flatMap(event =>
			event.type === 'task.reported' && event.report.is === 'ended' ? [event.report.exit] : [],
		);
		assert.deepEqual(exits, [103, 102, 0]);
		const outputs = it.program.outputs(run!.id);
		assert.match(outputs['apply/first']!, /Run this command once more to install any other needed patches/);
		assert.match(outputs['apply/second']!, /Reboot as soon as possible/);
		assert.equal(host.read('/etc/lab/settings.conf.rpmnew'), '# of 2.0-1\nanswer = 42\n');
		assert.match(await host.exec('zypper -n needs-rebooting || test $? = 102'), /Reboot is required/);
		const kernels = await host.exec('rpm -q kernel-default libzypp | sort; ls /boot');
		assert.deepEqual(kernels.trim().split('\n'), [
			...['kernel-default-1.0-1.noarch', 'kernel-default-2.0-1.noarch', 'libzypp-2.0-1.noarch'],
			...['vmlinuz-1.0-1-default', 'vmlinuz-2.0-1-default'],
		]);
	});

	test(
		'end with 102 where a scriptlet failed and a reboot is due, and with 107 where none is',
		limit,
		async context => {
			const it = await labRun(context, {user: 'admin', family: 'suse'});
			const {host} = it;
			await rpmRepository(context, host, labRpms('suse', {breaks: true}));
			await host.exec('zypper -n patch || test $? = 103');
			const skipping = await host.exec('zypper -n patch || echo "ended with $?"');
			assert.match(skipping, /^Warning: Patch 'LAB-2026:0002-1' is interactive, skipping\.$/m);
			assert.match(skipping, /^warning: %post\(lab-broken-2\.0-1\.noarch\) scriptlet failed, exit status 1$/m);
			assert.match(skipping, /^ended with 107$/m);
			await host.exec('zypper -n install --oldpackage --force lab-broken=1.0');
			const whole = await host.exec('zypper -n patch --with-interactive || echo "ended with $?"');
			assert.match(whole, /^warning: %post\(lab-broken-2\.0-1\.noarch\) scriptlet failed, exit status 1$/m);
			assert.match(whole, /^ended with 102$/m);
		},
	);

	test('look applied after a power cut, though a script of theirs was cut off', limit, async context => {
		const it = await labRun(context, {user: 'admin', family: 'suse'});
		const {host} = it;
		await rpmRepository(context, host, labRpms('suse', {slow: 300}));
		const running = it.program.start(unattended(it, document));
		const run = await untilPrinted(it, running, 'Installing: lab-slow-2.0-1');
		// rpm(8) runs the script of a package from a file of its own.
		await until(async () => (await host.exec('pgrep -f "/rpm-tm[p]" || :')) !== '');
		await host.powerCut();
		await running.ended;
		const events: Event[] = it.program.journal(run);
		const last = events.findLast(event => event.type === 'task.reported' && event.task === 't0002');
		assert.deepEqual(last?.type === 'task.reported' && last.report, {is: 'lost', rebooted: true, alive: false});
		assert.equal(await host.exec('rpm -q lab-slow | sort'), 'lab-slow-1.0-1.noarch\nlab-slow-2.0-1.noarch\n');
		const repeated = await host.exec('zypper -n patch --with-interactive');
		assert.match(repeated, /going to be REMOVED:\n {2}lab-slow\n/);
		assert.equal(await host.exec('zypper -n -q patch-check; rpm -q lab-slow').then(lastLine), 'lab-slow-2.0-1.noarch');
	});
});

const lastLine = (text: string) => text.trimEnd().split('\n').at(-1);
