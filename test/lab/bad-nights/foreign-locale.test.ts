import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {describe, test} from 'node:test';
import {promisify} from 'node:util';
import {aptRepository} from '../apt-repository.ts';
import {labConfig} from '../lab-config.ts';
import {operatorPassword} from '../lab-host.ts';
import {labPackages} from '../lab-packages.ts';
import {labRpms} from '../lab-rpms.ts';
import {labRun, unattended} from '../lab-run.ts';
import {hasNoLab} from '../needs-lab.ts';
import {rpmRepository} from '../rpm-repository.ts';
import {german} from './german.ts';

/** What is run on each, and a word of its answer in both languages. */
const families = [
	{
		family: 'debian',
		user: 'operator',
		script: 'sudo apt-get -s upgrade',
		words: {de: 'werden aktualisiert', en: 'will be upgraded'},
	},
	{
		family: 'rhel',
		user: 'admin',
		script: 'sudo dnf --assumeno upgrade || true',
		words: {de: 'Aktualisieren', en: 'Upgrading'},
	},
	{
		family: 'suse',
		user: 'admin',
		script: 'sudo zypper -n patch --dry-run || true',
		words: {de: 'Paket wird aktualisiert', en: 'package to upgrade'},
	},
] as const;

/** What the operator's own machine speaks, and would have the host speak. */
const env = {LANG: 'de_DE.UTF-8', LANGUAGE: 'de', LC_MESSAGES: 'de_DE.UTF-8'};
const sending = ['SendEnv LANG LANGUAGE LC_*'];
const limit = {timeout: 120_000};

/** Asks as a task of its own, as root, at a terminal, and as what only reads. */
const document = (script: string) =>
	['name=task', 'name=root sudo', 'name=terminal tty', 'check name=reads']
		.map(how => `\`\`\`sh { ${how} }\n${script}\ndf -P\n\`\`\`\n`)
		.join('\n');

describe('A host that speaks German', {skip: hasNoLab, concurrency: 3}, () => {
	for (const {family, user, script, words} of families) {
		test(`of the ${family} family speaks English to the commands of a runbook`, limit, async context => {
			const it = await labRun(context, {family, user, files: german});
			const {host, program} = it;
			const config = labConfig(program.folder, [host], sending);
			if (family === 'debian') await aptRepository(context, host, labPackages());
			else await rpmRepository(context, host, labRpms(family));
			const plain = user === 'operator' ? script.replace('sudo ', '') : script;
			const asked = await promisify(execFile)('ssh', ['-F', config, host.name, plain], {env: {...process.env, ...env}});
			assert.ok(asked.stdout.includes(words.de), asked.stdout);
			for (const transport of family === 'debian' ? ['ssh2', 'openssh'] : ['ssh2']) {
				const flags = ['--transport', transport, ...(user === 'operator' ? ['--secret', 'sudo=fd:3'] : [])];
				const {code, err} = await program.run(unattended(it, `# Ask\n\n${document(script)}`, ...flags), {
					env,
					secret: `${operatorPassword}\n`,
				});
				assert.equal(code, 0, err);
				const [run] = await program.runs();
				const outputs = Object.values(program.outputs(run!.id));
				assert.equal(outputs.length, 4);
				for (const output of outputs) {
					assert.ok(output.includes(words.en) && !output.includes(words.de), output);
					assert.match(output, /^Filesystem +1024-blocks/m);
				}
			}
		});
	}
});
