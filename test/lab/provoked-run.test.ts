import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {describe, test} from 'node:test';
import {entriesFor} from '../runbooks/symptoms.ts';
import {aptRepository} from './apt-repository.ts';
import type {Family} from './lab-base.ts';
import {both, type Generations} from './lab-packages.ts';
import {labRun} from './lab-run.ts';
import {hasNoLab} from './needs-lab.ts';
import {partOfPage} from './part-of-page.ts';
import {commandsFor} from './provoked/page-commands.ts';
import {problemOf, say} from './provoked/say.ts';
import {rpmRepository} from './rpm-repository.ts';

const limit = {timeout: 400_000};
const {old, new: fresh} = both(version => ({name: 'lab-plain', version}));
const packages: Generations = {old: [old], new: [fresh]};

const families: Record<Family, string> = {
	debian: '/etc/apt/sources.list',
	rhel: '/etc/yum.repos.d/lab.repo',
	suse: '/etc/zypp/repos.d/lab.repo',
};

describe('A run of the page on a real host', {skip: hasNoLab, concurrency: 3}, () => {
	for (const [family, sources] of Object.entries(families) as [Family, string][]) {
		test(`that fails says which entry to look at, as diagnose does: ${family}`, limit, async context => {
			const {host, program} = await labRun(context, {family, user: 'admin'});
			const {address} =
				family === 'debian'
					? await aptRepository(context, host, packages)
					: await rpmRepository(context, host, {...packages, advisories: []});
			host.write(sources, host.read(sources).replaceAll(address, `http://${host.near}:9`));
			if (family === 'debian') host.write('/etc/apt/apt.conf.d/lab', 'Acquire::Retries "0";\n');
			const page = partOfPage(['system-update-check', 'troubleshooting-patch-failures'], {BACKUP: '/home/admin'});
			const document = program.write('runbook.md', page);
			const {code, out, err} = await program.run(['run', document, '-H', host.name, '--yes', '--trust', '--plain']);
			assert.equal(code, 1, err);
			assert.match(
				out + err,
				/it failed at system-update-check\/refresh; see "Troubleshooting Patch Failures > The mirror cannot be reached"/,
			);
			const [run] = await program.runs();
			const output = program.write('output', program.outputs(run!.id)['system-update-check/refresh']!);
			const diagnosed = await program.run(['diagnose', 'linux-patching', output, '--json']);
			assert.equal(diagnosed.code, 0, diagnosed.err);
			assert.equal(JSON.parse(diagnosed.out)[0].section, 'the-mirror-cannot-be-reached');
		});
	}

	test('that fails since its clock is behind says so', limit, async context => {
		const {host, program} = await labRun(context, {user: 'admin', clock: -3 * 24 * 60 * 60});
		await aptRepository(context, host, packages);
		const document = program.write('runbook.md', partOfPage(['system-update-check', 'troubleshooting-patch-failures']));
		const {code, out, err} = await program.run(['run', document, '-H', host.name, '--yes', '--trust', '--plain']);
		assert.equal(code, 1, err);
		assert.match(out + err, /see "Troubleshooting Patch Failures > The clock is wrong, or the mirror is old"/);
	});

	test('that finds no host after the reboot leads to what is looked at from its console', limit, async context => {
		const {host, program} = await labRun(context, {});
		const config = program.env['HANDRAIL_SSH_CONFIG']!;
		const ssh = () => spawnSync('ssh', ['-F', config, '-o', 'ConnectTimeout=1', host.name, 'true'], {encoding: 'utf8'});
		await host.link.down();
		assert.equal(entriesFor(ssh().stderr)[0], 'the-network-is-gone-after-the-reboot');
		for (const command of commandsFor('the-network-is-gone-after-the-reboot', host)) {
			const said = await say(host, command.script);
			assert.equal(problemOf(command, said), undefined, said.output);
			if (command.name === 'look') assert.match(said.output, /^host0\S* +DOWN/m);
		}
		await host.link.up();
		assert.equal(ssh().status, 0);
	});
});
