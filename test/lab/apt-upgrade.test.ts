import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, type TestContext, test} from 'node:test';
import type {Event} from '../../source/core/run/events.ts';
import {until} from '../helpers/task-host.ts';
import {aptRepository} from './apt-repository.ts';
import {type LabPackagesOptions, labPackages} from './lab-packages.ts';
import {type LabRun, labRun, unattended, untilPrinted} from './lab-run.ts';
import {hasNoLab} from './needs-lab.ts';

const document = `---
handrail: 1
title: An upgrade
---
# An upgrade

## Apply

\`\`\`sh { name=apply durable fail-match="^E: " }
sudo DEBIAN_FRONTEND=noninteractive apt-get -y upgrade
\`\`\`

\`\`\`sh { check }
test -z "$(sudo dpkg --audit)" && echo "nothing is half done"
\`\`\`
`;

const limit = {timeout: 400_000};
const going = ['--yes', '--trust', '--json'];
const upgraded = ['lab-broken', 'lab-plain', 'lab-secure', 'lab-settings', 'lab-slow'];

/** A host with packages to upgrade, and the words that do so. */
async function dueForUpgrade(context: TestContext, packages: LabPackagesOptions) {
	const it = await labRun(context, {user: 'admin'});
	await aptRepository(context, it.host, labPackages(packages));
	return {...it, words: unattended(it, document)};
}

/** Gives what the host has recorded of the upgrade's output a second name, which outlives the task. */
async function keepOutput({host}: LabRun): Promise<void> {
	await host.exec('ln /home/admin/.local/state/handrail/tasks/*/output /home/admin/copy');
}

async function assertUpgraded(it: LabRun, run: string): Promise<void> {
	const {host, program} = it;
	const copy = host.read('/home/admin/copy');
	const ends = program.journal(run).flatMap(end => (isEnd(end, 't0001') ? [end.report] : []));
	assert.deepEqual(ends, [{is: 'ended', exit: 0, bytes: copy.length}]);
	assert.equal(readFileSync(program.file(run, 'tasks', 't0001', 'output'), 'utf8'), copy);
	const versions = await host.exec(
		`dpkg-query -W -f '\${Package} \${Version} \${db:Status-Abbrev}\\n' ${upgraded.join(' ')}`,
	);
	assert.equal(versions, upgraded.map(name => `${name} 2.0-1 ii \n`).join(''));
	assert.match(host.read('/var/log/apt/history.log').trimEnd().split('\n').at(-1)!, /^End-Date: /);
	assert.equal(await host.exec('dpkg --audit'), '');
}

function isEnd(event: Event, task: string): event is Extract<Event, {type: 'task.reported'}> {
	return event.type === 'task.reported' && event.task === task && event.report.is !== 'running';
}

describe('An upgrade of packages on a real host', {skip: hasNoLab, concurrency: 4}, () => {
	test('is whole when the network was gone for 20 seconds while one was configured', limit, async context => {
		const it = await dueForUpgrade(context, {slow: 24});
		const running = it.program.start(it.words);
		const run = await untilPrinted(it, running, 'lab-slow: converted 2\r\n');
		await keepOutput(it);
		await it.host.cutNetwork();
		await until(() => it.host.read('/home/admin/copy').includes('converted 22\r\n'), 60_000);
		assert.ok(await running.until(out => out.includes('"link.lost"')), running.err);
		await it.host.joinNetwork();
		const {code, err} = await running.ended;
		assert.equal(code, 0, err);
		await assertUpgraded(it, run);
	});

	test('is whole when the program was killed while one was configured in silence', limit, async context => {
		const it = await dueForUpgrade(context, {slow: 6, isSilent: true});
		const running = it.program.start(it.words);
		const run = await untilPrinted(it, running, 'Setting up lab-slow ');
		await keepOutput(it);
		running.child.kill('SIGKILL');
		await running.ended;
		const {code, err} = await it.program.run(['resume', ...going]);
		assert.equal(code, 0, err);
		await assertUpgraded(it, run);
	});

	test('is unknown when the power went, until its check finds it half done', limit, async context => {
		const it = await dueForUpgrade(context, {slow: 600});
		const running = it.program.start(it.words);
		const run = await untilPrinted(it, running, 'lab-slow: converted 2\r\n');
		await it.host.powerCut();
		const {code, err} = await running.ended;
		assert.equal(code, 1, err);
		const events = it.program.journal(run);
		const reports = events.flatMap(event => (isEnd(event, 't0001') ? [event.report] : []));
		assert.deepEqual(reports, [{is: 'lost', rebooted: true, alive: false}]);
		const ends = events.flatMap(event => (event.type === 'block.ended' ? [[event.block, event.end]] : []));
		assert.deepEqual(ends.slice(0, 2), [
			['apply/apply', 'unknown'],
			['apply/2', 'failed'],
		]);
		assert.match(await it.host.exec('dpkg --audit'), /half configured(.|\n)*lab-slow/);
		const [seen] = events.flatMap(event => (event.type === 'task.examined' ? [event.findings] : []));
		assert.deepEqual(
			seen!.map(({is}) => is),
			['booted', 'none-at-work', 'dpkg-interrupted', 'dpkg-unfinished', 'apt', 'output'],
		);
		for (const each of seen!) {
			if (each.is === 'booted') assert.equal(each.rebooted, true);
			if (each.is === 'dpkg-unfinished') assert.ok(each.lines.includes('lab-slow half-configured'), each.lines.join());
			if (each.is === 'apt') assert.equal(each.ended, null);
			if (each.is === 'output') assert.match(each.lines.at(-1)!, /^lab-slow: converted \d+/);
		}
		assert.doesNotMatch(it.host.read('/var/log/apt/history.log').split('Start-Date').at(-1)!, /End-Date/);
	});

	test('fails with the status of apt where a package cannot be configured', limit, async context => {
		const it = await dueForUpgrade(context, {breaks: true});
		const offered = await it.host.exec('apt-get -s upgrade');
		assert.match(offered, /^Inst lab-secure \[1\.0-1\] \(2\.0-1 Debian-Security:12\/oldstable-security \[all\]\)$/m);
		assert.match(offered, /kept back:\n {2}linux-image-amd64$/m);
		const {code, err} = await it.program.run(it.words);
		assert.equal(code, 1, err);
		const [run] = await it.program.runs();
		const [end] = it.program.journal(run!.id).filter(event => isEnd(event, 't0001'));
		assert.equal(end?.report.is === 'ended' && end.report.exit, 100);
		assert.match(
			it.program.outputs(run!.id)['apply/apply']!,
			/^dpkg: error processing package lab-broken \(--configure\):$/m,
		);
	});
});
