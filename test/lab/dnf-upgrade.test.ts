import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, type TestContext, test} from 'node:test';
import type {Event} from '../../source/core/run/events.ts';
import type {LabPackagesOptions} from './lab-packages.ts';
import {labRpms} from './lab-rpms.ts';
import {type LabRun, labRun, unattended, untilPrinted} from './lab-run.ts';
import {hasNoLab} from './needs-lab.ts';
import {rpmRepository} from './rpm-repository.ts';

const document = `---
handrail: 1
title: An upgrade
---
# An upgrade

## Apply

\`\`\`sh { name=apply durable fail-match="^Error in [A-Z]+ scriptlet" }
sudo dnf -y upgrade
\`\`\`

\`\`\`sh { check }
sudo dnf -q check && echo "no package is there twice"
\`\`\`
`;

const limit = {timeout: 400_000};
const installonly = ['kernel', 'kernel-core'];
const upgraded = ['lab-broken', 'lab-plain', 'lab-secure', 'lab-settings', 'lab-slow'];

/** What it says of its own comes once it has ended. */
const whileSlow = 'Running scriptlet: lab-slow';

async function dueForUpgrade(context: TestContext, packages: LabPackagesOptions): Promise<LabRun> {
	const it = await labRun(context, {user: 'admin', family: 'rhel'});
	await rpmRepository(context, it.host, labRpms('rhel', packages));
	return it;
}

async function assertInstalled({host}: LabRun, versions: Record<string, string[]>): Promise<void> {
	const names = Object.keys(versions);
	const installed = await host.exec(`rpm -q --qf '%{NAME} %{VERSION}\\n' ${names.join(' ')} | sort`);
	const expected = names.flatMap(name => versions[name]!.map(version => `${name} ${version}\n`));
	assert.equal(installed, expected.sort().join(''));
}

/** As `rpm -q` has them: each of these packages in these versions. */
const all = (names: string[], ...versions: string[]) => Object.fromEntries(names.map(name => [name, versions]));

/** The marks of a transaction in the last column of `dnf history list`, dnf(8). */
async function marks({host}: LabRun, transaction: number): Promise<string> {
	const list = await host.exec('dnf history list');
	const line = list.split('\n').find(each => each.trimStart().startsWith(`${transaction} |`));
	return line!
		.split('|')
		.at(-1)!
		.replace(/[ \d]+/, '')
		.trim();
}

function ends(it: LabRun, run: string) {
	const events: Event[] = it.program.journal(run);
	return events.flatMap(event =>
		event.type === 'task.reported' && event.task === 't0001' && event.report.is !== 'running' ? [event.report] : [],
	);
}

describe('An upgrade by dnf on a real host', {skip: hasNoLab, concurrency: 3}, () => {
	test('is whole when the network was gone while a package was configured', limit, async context => {
		const it = await dueForUpgrade(context, {slow: 16});
		const running = it.program.start(unattended(it, document));
		const run = await untilPrinted(it, running, whileSlow);
		await it.host.cutNetwork();
		assert.ok(await running.until(out => out.includes('"link.lost"')), running.err);
		await it.host.joinNetwork();
		const {code, err} = await running.ended;
		assert.equal(code, 0, err);
		const output = readFileSync(it.program.file(run, 'tasks', 't0001', 'output'), 'utf8');
		assert.deepEqual(ends(it, run), [{is: 'ended', exit: 0, bytes: output.length}]);
		assert.match(output, /\nlab-slow: converted 16\n(.|\n)*\nComplete!\n$/);
		await assertInstalled(it, {...all(upgraded, '2.0'), ...all(installonly, '1.0', '2.0')});
		// What the command printed is no mark; a transaction that was not followed to its end has `#`.
		assert.match(await marks(it, 2), /^E*$/);
	});

	test('is unknown when the power went, until its check finds a package twice', limit, async context => {
		const it = await dueForUpgrade(context, {slow: 8});
		const running = it.program.start(unattended(it, document));
		const run = await untilPrinted(it, running, whileSlow);
		await it.host.powerCut();
		const {code, err} = await running.ended;
		assert.equal(code, 1, err);
		assert.deepEqual(ends(it, run), [{is: 'lost', rebooted: true, alive: false}]);
		assert.match(it.program.outputs(run)['apply/2']!, /^lab-slow-1\.0-1\.noarch is a duplicate with lab-slow-2\.0-1/m);
		assert.equal(await marks(it, 2), '##');
		// Another upgrade says that it is complete, and leaves what was cut off as it is.
		assert.match(await it.host.exec('dnf -y upgrade'), /^Complete!$/m);
		await assertInstalled(it, {...all(upgraded, '2.0'), 'lab-slow': ['1.0', '2.0']});
		assert.match(await it.host.exec('dnf -y remove --duplicates'), /^lab-slow: converted 8$/m);
		assert.equal(await it.host.exec('dnf -q check'), '');
	});

	test('fails where a scriptlet fails, though dnf says that it is complete', limit, async context => {
		const it = await dueForUpgrade(context, {breaks: true});
		const {host} = it;
		host.write('/etc/lab/settings.conf', 'answer = 43\n');
		const offered = await host.exec(
			'dnf -q updateinfo list --with-cve; dnf -q --security check-update || test $? = 100',
		);
		assert.deepEqual(
			offered
				.trim()
				.split('\n')
				.map(line => line.replaceAll(/ +/g, ' ').trim()),
			[
				'CVE-2026-10003 Critical/Sec. kernel-2.0-1.noarch',
				'CVE-2026-10003 Critical/Sec. kernel-core-2.0-1.noarch',
				'CVE-2026-10001 Important/Sec. lab-secure-2.0-1.noarch',
				'CVE-2026-10002 Important/Sec. lab-secure-2.0-1.noarch',
				'',
				...['kernel', 'kernel-core', 'lab-secure'].map(name => `${name}.noarch 2.0-1 lab`),
			],
		);
		assert.match(await host.exec('dnf needs-restarting -r'), /Reboot should not be necessary/);
		const {code, err} = await it.program.run(unattended(it, document));
		assert.equal(code, 1, err);
		const [run] = await it.program.runs();
		const [end] = ends(it, run!.id);
		assert.equal(end?.is === 'ended' && end.exit, 0);
		const output = it.program.outputs(run!.id)['apply/apply']!;
		assert.match(output, /^Error in POSTIN scriptlet in rpm package lab-broken$(.|\n)*^Complete!$/m);
		assert.equal(host.read('/etc/lab/settings.conf'), 'answer = 43\n');
		assert.equal(host.read('/etc/lab/settings.conf.rpmnew'), '# of 2.0-1\nanswer = 42\n');
		assert.match(await host.exec('dnf needs-restarting -r || test $? = 1'), /\* kernel\n\nReboot is required/);
		await assertInstalled(it, {...all(upgraded, '2.0'), ...all(installonly, '1.0', '2.0')});
		await host.exec('dnf -y history undo 2');
		await assertInstalled(it, all([...upgraded, ...installonly], '1.0'));
	});
});
