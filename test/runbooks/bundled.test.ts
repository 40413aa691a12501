import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {test} from 'node:test';
import {sectionsOf} from '../../source/core/runbook/outline.ts';
import {readMarkdown} from '../../source/core/runbook/read-markdown.ts';
import {readYaml} from '../../source/core/runbook/read-yaml.ts';
import {difference} from '../../source/core/runbook/same-value.ts';
import {canHoldTogether} from '../../source/core/runbook/when.ts';
import {toMarkdown} from '../../source/core/runbook/write/export-markdown.ts';
import {toYaml} from '../../source/core/runbook/write/export-yaml.ts';
import {commandsOf, documentOf, names, textOf} from './bundled.ts';

test('two runbooks are bundled', () => {
	assert.deepEqual(names, ['emergency-security-patch.yaml', 'linux-patching.md']);
});

for (const name of names) {
	test(`check has nothing to say of ${name}`, () => {
		assert.deepEqual(documentOf(name).findings, []);
	});

	test(`${name} is the same runbook in the other form, and back`, () => {
		const {runbook} = documentOf(name);
		const yaml = readYaml(toYaml(runbook), 'x.yaml').runbook;
		assert.equal(difference(runbook, yaml), undefined);
		assert.equal(difference(runbook, readMarkdown(toMarkdown(yaml), 'x.md').runbook), undefined);
	});

	for (const shell of ['dash', 'bash']) {
		test(`${shell} can read every command of ${name}`, () => {
			for (const {id, script} of commandsOf(name)) {
				const {status, stderr} = spawnSync(shell, ['-n'], {input: script, encoding: 'utf8'});
				assert.equal(status, 0, `${id}: ${stderr}`);
			}
		});
	}

	test(`unattended, ${name} meets no bare fence and nothing to edit`, () => {
		for (const command of commandsOf(name)) {
			assert.ok(command.attributed || command.role === 'example', command.id);
			assert.deepEqual(command.placeholders, [], command.id);
		}
	});

	// All variants of a step are walked where the first of them stands, so another step between them may come too late.
	test(`variants of a step stand together in ${name}`, () => {
		for (const {id, content} of sectionsOf(documentOf(name).runbook)) {
			const steps = content.flatMap(each => (each.kind === 'command' && each.name ? [each] : []));
			for (const [at, {name: step, when}] of steps.entries()) {
				const first = steps.findIndex(other => other.name === step);
				const between = steps
					.slice(first, at)
					.filter(other => other.name !== step && canHoldTogether(other.when, when));
				assert.deepEqual(
					between.map(other => `${id}/${other.name} before ${step}`),
					[],
				);
			}
		}
	});

	// Without a pty of its own, dpkg dies with the session; forced removals and switched-off signatures are never right.
	test(`${name} uses nothing that is dangerous for packages`, () => {
		for (const {id, script} of commandsOf(name)) {
			assert.doesNotMatch(
				script,
				/Use-Pty=0|--force-yes|--allow-unauthenticated|trusted=yes|dist-upgrade|full-upgrade/,
				id,
			);
			assert.doesNotMatch(script, /--nogpgcheck|--no-gpg-checks|gpgcheck=0|--allowerasing|--force-resolution/, id);
			assert.doesNotMatch(script, /history (undo|rollback) (-y )?last|rpm .*--force\b/, id);
			assert.doesNotMatch(script, /rm .*lock|kill .*(apt|dpkg|dnf|zypper|rpm)/, id);
			const installs = /apt-get -y(?!.*--download-only)/.test(script) && !/-s |clean/.test(script);
			if (installs) assert.match(script, /--no-remove/, id);
			if (/apt-get (?!-s).* update/.test(script)) assert.match(script, /Error-Mode=any/, id);
			if (/zypper(?!.*lock).* patch/.test(script)) assert.match(script, /--with-interactive/, id);
		}
	});
}

// Without a terminal a question fails instead of waiting for somebody; a session that ends takes its terminal with it.
test('what changes packages outlives the connection, has no terminal, and finds nobody to ask', () => {
	const changes =
		/\b(apt-get|dnf|yum|zypper)\b(?!.*(-s |--dry-run|--assumeno|tsflags=test|download|lock))[^|\n]* (install|upgrade|downgrade|undo|patch|\$what)\b/;
	const found = names.flatMap(name =>
		commandsOf(name).filter(({script, risk}) => risk !== 'reads' && changes.test(script)),
	);
	assert.ok(found.length > 10);
	for (const {id, script, durable, tty} of found) {
		assert.ok(durable, id);
		assert.ok(!tty, id);
		assert.match(script, /< \/dev\/null/, id);
	}
});

test('every section that the guide names is there', () => {
	const titles = sectionsOf(documentOf('linux-patching.md').runbook).map(({title}) => title);
	for (const title of [
		...['Patching Schedule', 'Pre-Patching Preparation', 'Scheduling Patches', 'Backup', 'System Update Check'],
		...[
			'Check Server Health',
			'During Patching',
			'Step-by-Step Patching Process',
			'Commands to Run',
			'Monitoring Tools',
		],
		...['Post-Patching Actions', 'Verifying Patches', 'Rebooting the Server', 'Rollback Options'],
		'Troubleshooting Patch Failures',
	]) {
		assert.ok(titles.includes(title), title);
	}
});

test('no line of the page is too long to be read, tables and patterns apart', () => {
	const long = textOf('linux-patching.md')
		.split('\n')
		.filter(line => line.length > 130 && !/^[|`]|^ {2}[A-Z_]+: \{/.test(line));
	assert.deepEqual(long, []);
});
