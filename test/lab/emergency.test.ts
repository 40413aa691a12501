import assert from 'node:assert/strict';
import {describe, type TestContext, test} from 'node:test';
import {aptRepository} from './apt-repository.ts';
import {german} from './bad-nights/german.ts';
import type {Family} from './lab-base.ts';
import type {LabOptions} from './lab-options.ts';
import {both, type Generations, takesSeconds} from './lab-packages.ts';
import {type LabRun, labRun} from './lab-run.ts';
import {hasNoLab} from './needs-lab.ts';
import {rpmRepository} from './rpm-repository.ts';

/** A program with a hole, the library where the hole is, and what has nothing to do with them. */
function packages({breaks = false} = {}): Generations {
	const suite = (version: string) => (version === '1.0-1' ? 'release' : 'security');
	const postinst = (version: string) => (breaks && version !== '1.0-1' ? 'echo "no such user" >&2\nexit 1' : '');
	const pairs = [
		both(version => ({name: 'lab-tls', version, suite: suite(version), source: 'labssl', postinst: postinst(version)})),
		both(version => ({
			name: 'lab-libtls3',
			version,
			suite: suite(version),
			source: 'labssl',
			postinst: takesSeconds(version === '1.0-1' ? 0 : 1, false),
		})),
		both(version => ({name: 'lab-plain', version})),
	];
	return {old: pairs.map(pair => pair.old), new: pairs.map(pair => pair.new)};
}

async function due(
	context: TestContext,
	family: Family,
	options: LabOptions & {breaks?: boolean} = {},
): Promise<LabRun> {
	const it = await labRun(context, {family, user: 'admin', ...options, files: {...german, ...hooks}});
	await it.host.exec('chmod 755 /etc/patching/*');
	const generations = packages(options);
	if (family === 'debian') await aptRepository(context, it.host, generations);
	else await rpmRepository(context, it.host, {...generations, advisories: []});
	return it;
}

const says = (word: string) => `#!/bin/sh\necho ${word} >> /var/log/patching\n`;
const hooks = Object.fromEntries(
	['silence', 'unsilence', 'drain', 'rejoin', 'test'].map(hook => [`/etc/patching/${hook}`, says(hook)]),
);

const going = ['--yes', '--confirm', 'web1', '--skip-manual', 'a test', '--json'];
const words = ['run', 'emergency-security-patch', '-H', 'web1', ...going, '--var', 'PACKAGE=lab-tls'];

async function versions({host}: LabRun): Promise<string> {
	const query =
		host.family === 'debian'
			? "dpkg -l 'lab-[lpt]*' | awk '/^.i/ { print $2, $3 }'"
			: "rpm -qa --qf '%{NAME} %{VERSION}-%{RELEASE}\\n' 'lab-[lpt]*' | sort";
	return await host.exec(query);
}

const installed = (tls: string) => `lab-libtls3 ${tls}\nlab-plain 1.0-1\nlab-tls ${tls}\n`;
const back = {debian: 'back', rhel: 'undo', suse: 'old-packages'};
const limit = {timeout: 120_000};

describe('A package with a hole', {skip: hasNoLab, concurrency: 3}, () => {
	for (const family of ['debian', 'rhel', 'suse'] as const) {
		test(`is patched on ${family} with its sisters alone, and goes back to what it was`, limit, async context => {
			const it = await due(context, family);
			const {code, err} = await it.program.run(words);
			assert.equal(code, 0, err);
			assert.equal(await versions(it), installed('2.0-1'));
			assert.equal(it.host.read('/var/log/patching'), 'silence\ndrain\ntest\nrejoin\nunsilence\n');
			const [run] = await it.program.runs();
			const outputs = it.program.outputs(run!.id);
			const architecture = family === 'debian' ? 'all' : 'noarch';
			assert.match(
				outputs['is-the-fix-there/plan']!,
				new RegExp(`^lab-libtls3 ${architecture} 1.0-1 2.0-1 .*\nlab-tls ${architecture} 1.0-1 2.0-1 .*\n$`),
			);
			assert.equal(outputs['the-way-back/old-versions'], '');
			const undone = await it.program.run(['rollback', run!.id, '--option', back[family], ...going]);
			assert.equal(undone.code, 0, undone.err);
			assert.equal(await versions(it), installed('1.0-1'));
			assert.equal((await it.program.runs())[0]!.end, 'rolled-back');
		});

		test(`leads on ${family} to the right entry where it cannot be set up, and back`, limit, async context => {
			const it = await due(context, family, {breaks: true});
			const {code, err} = await it.program.run(words);
			assert.equal(code, 1, err);
			assert.match(err, family === 'debian' ? /Half-done packages/ : /A script of the package failed/);
			const [run] = await it.program.runs();
			const undone = await it.program.run(['rollback', run!.id, '--option', back[family], ...going]);
			assert.equal(undone.code, 0, undone.err);
			assert.equal(await versions(it), installed('1.0-1'));
			assert.match(it.host.read('/var/log/patching'), /\nrejoin\nunsilence\n$/);
		});
	}

	test('is not touched where the mirror has no fix for it yet, and that is said', limit, async context => {
		const it = await due(context, 'debian');
		const {code, err} = await it.program.run([...words.slice(0, -1), 'PACKAGE=bash']);
		assert.equal(code, 1, err);
		assert.match(err, /The mirror does not help/);
		const [run] = await it.program.runs();
		const {'is-the-fix-there/plan': plan} = it.program.outputs(run!.id);
		assert.equal(plan, 'there is no newer version of it: is the fix on the mirror?\n');
		assert.equal(await versions(it), installed('1.0-1'));
	});
});
