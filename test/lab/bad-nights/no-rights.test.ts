import assert from 'node:assert/strict';
import {describe, type TestContext, test} from 'node:test';
import {operatorPassword} from '../lab-host.ts';
import {type LabRun, labRun, unattended} from '../lab-run.ts';
import {hasNoLab} from '../needs-lab.ts';
import {walkNight} from '../night.ts';
import {commandOfPage} from '../part-of-page.ts';
import {german} from './german.ts';

const policy = '/etc/sudoers.d/operator';
const rights = 'pre-patching-preparation/rights';
const limit = {timeout: 120_000};

/** A host on which the operator may do with sudo what the policy says; without one, nothing. */
async function withPolicy(context: TestContext, allowed?: string): Promise<LabRun> {
	const it = await labRun(context, {user: 'operator', files: german});
	await it.host.exec(`rm ${policy}`);
	if (allowed) it.host.write(policy, `operator ALL=(root) ${allowed}\n`);
	return it;
}

describe('An operator without rights', {skip: hasNoLab, concurrency: 3}, () => {
	test('is told so before anything is changed, and which entry helps', limit, async context => {
		const it = await withPolicy(context);
		const night = await walkNight(it);
		assert.equal(night.code, 1, night.said);
		assert.match(night.said, /it failed at pre-patching-preparation\/rights; see "[^"]*Root rights are missing"/);
		assert.match(night.output(rights), /^sudo does not let operator do anything$/m);
		const changed = night.events.filter(event => event.type === 'task.planned' && event.risk !== 'reads');
		assert.deepEqual(changed, []);
	});

	test('on a host without sudo is told so as well', limit, async context => {
		const it = await withPolicy(context);
		await it.host.exec('rm /usr/bin/sudo');
		const night = await walkNight(it);
		assert.equal(night.code, 1, night.said);
		assert.match(night.said, /see "[^"]*Root rights are missing"/);
	});

	test('of single commands is told which the policy forgot', limit, async context => {
		const it = await withPolicy(context);
		const script = commandOfPage(rights).script;
		const document = `# Ask\n\n\`\`\`sh { check name=rights warn=3 }\n${script}\n\`\`\`\n`;
		const secret = `${operatorPassword}\n`;
		for (const {allowed, said} of policies) {
			it.host.write(policy, `operator ALL=(root) ${allowed}\n`);
			const {code, err} = await it.program.run(unattended(it, document, '--secret', 'sudo=fd:3'), {secret});
			assert.equal(code, 0, err);
			const [run] = await it.program.runs();
			assert.match(it.program.outputs(run!.id)['/rights']!, said, allowed);
		}
	});
});

const policies = [
	{
		allowed: 'NOPASSWD: ALL, !/usr/bin/env, !/usr/bin/apt-mark',
		said: /^warning: sudo refuses .* only: env apt-mark\n$/,
	},
	{allowed: 'ALL, !/usr/bin/tar', said: /^warning: sudo refuses .* only: tar\n$/},
	{allowed: 'NOPASSWD: /usr/bin/apt-get update, /usr/bin/tar', said: /only: install touch .* apt-get apt-mark dpkg\n$/},
	{allowed: 'ALL', said: /^sudo lets operator do what this page needs\n$/},
];
