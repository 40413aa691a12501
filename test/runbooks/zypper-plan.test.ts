import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {commandOfPage} from '../lab/part-of-page.ts';

/** What zypper answers to a question that holds this word: its text, and its exit code. */
type Answers = Record<string, {text: string; exit?: number}>;

/** A folder of a night whose commands meet a zypper that gives these answers. */
function aNight(context: TestContext, scope: string, answers: Answers) {
	const folder = mkdtempSync(join(tmpdir(), 'zypper-'));
	context.after(() => rmSync(folder, {recursive: true}));
	const put = (name: string, text: string, mode = 0o644) => writeFileSync(join(folder, name), text, {mode});
	put('scope', scope);
	put('named', 'lab-plain');
	put('sudo', '#!/bin/sh\nexec "$@"\n', 0o755);
	const cases = Object.entries(answers).map(([word, {text, exit = 0}]) => {
		put(`answer-${word}`, text);
		return `*' ${word} '*) cat '${folder}/answer-${word}'; exit ${exit} ;;\n`;
	});
	put('zypper', `#!/bin/sh\necho "$*" >> ${folder}/asked\ncase " $* " in ${cases.join('')}*) exit 2 ;; esac\n`, 0o755);
	const run = (block: string) => {
		const {script} = commandOfPage(block, 'pm=zypper');
		const env = {...process.env, PATH: `${folder}:${process.env['PATH']}`, BACKUP: folder};
		return spawnSync('sh', ['-e'], {input: script, env, encoding: 'utf8'});
	};
	assert.equal(run('the-plan/reader').status, 0);
	return {run, file: (name: string) => readFileSync(join(folder, name), 'utf8')};
}

const patch = (name: string, rest: string, issues = '') =>
	`<update kind="patch" name="SUSE-${name}" edition="1" arch="noarch" ${rest} pkgmanager="false" restart="false" interactive="false"><summary>of ${name}</summary><issue-list>${issues}</issue-list></update>`;
const cve = (id: string) =>
	`<issue type="cve" id="${id}"><title>${id}</title><href>https://example.com/${id}</href></issue>`;
const patches = [
	patch('1', 'status="needed" category="security" severity="important"', cve('CVE-2026-1') + cve('CVE-2026-2')),
	patch('2', 'status="needed" category="recommended" severity="low"', cve('CVE-2026-9')),
	patch('3', 'status="applied" category="security" severity="low"'),
	patch('4', 'status="optional" category="security" severity="low"'),
	patch('5', 'status="needed" category="security" severity="moderate"', '<issue type="bugzilla" id="1200001"></issue>'),
];
const listed = {text: `<stream>\n<update-list>\n${patches.join('')}</update-list>\n</stream>\n`};

const solvable = (name: string, arch: string, to: string, from = '') =>
	`<solvable type="package" name="${name}" edition="${to}" arch="${arch}"${from && ` edition-old="${from}" arch-old="${arch}"`} summary="x">\n`;
const installing = {
	text: `<install-summary download-size="10">\n<to-upgrade>\n${solvable('libssl1_1', 'x86_64', '1.1.1w-2', '1.1.1w-1')}</to-upgrade>
<to-install>\n${solvable('kernel-default', 'x86_64', '6.4.0-2')}<solvable type="patch" name="SUSE-1" edition="1" arch="noarch">\n</to-install>
<to-remove>\n${solvable('former', 'noarch', '1.0-1')}</to-remove>\n</install-summary>\n`,
	exit: 102,
};
const updating = {
	text: `<to-upgrade>\n${solvable('libssl1_1', 'x86_64', '1.1.1w-2', '1.1.1w-1')}${solvable('bind-utils', 'x86_64', '1:9.18-2', '1:9.18-1')}</to-upgrade>\n`,
};
const answers: Answers = {'list-patches': listed, install: installing, update: updating};

test('the plan of a night with zypper has what the needed patches bring, and updates beyond them', context => {
	const night = aNight(context, 'all', answers);
	const {status, stdout} = night.run('the-plan/plan');
	assert.equal(status, 0);
	assert.deepEqual(stdout.split('\n'), [
		'bind-utils x86_64 1:9.18-1 1:9.18-2 -',
		'former noarch 1.0-1 - removed',
		'kernel-default x86_64 - 6.4.0-2 -',
		'libssl1_1 x86_64 1.1.1w-1 1.1.1w-2 -',
		'',
	]);
	assert.equal(night.file('plan'), stdout);
	assert.match(night.file('asked'), / install --dry-run -t patch SUSE-1 SUSE-2 SUSE-5$/m);
	const {status: refused, stdout: why} = night.run('what-it-means/removals');
	assert.deepEqual([refused, why], [1, 'these would be taken away; go on if their owner agrees: former\n']);
});

test('for security zypper is asked for patches of that category alone', context => {
	const night = aNight(context, 'security', answers);
	assert.equal(night.run('the-plan/plan').status, 0);
	assert.match(night.file('asked'), / install --dry-run -t patch SUSE-1 SUSE-5$/m);
	assert.doesNotMatch(night.file('asked'), / update /);
});

test('for named packages zypper is asked for these', context => {
	const night = aNight(context, 'named', answers);
	assert.equal(night.run('the-plan/plan').status, 0);
	assert.match(night.file('asked'), / update --dry-run lab-plain$/m);
	assert.doesNotMatch(night.file('asked'), / install /);
});

for (const exit of [4, 7, 104, 106]) {
	test(`there is no plan where zypper ends with ${exit}, and its words are shown`, context => {
		const text = '<message type="error">Problem: no way</message>\n';
		const night = aNight(context, 'all', {...answers, update: {text, exit}});
		const {status, stdout, stderr} = night.run('the-plan/plan');
		assert.deepEqual([status, stdout, stderr], [exit, '', 'Problem: no way\n']);
	});
}

const contents = `Information for patch SUSE-1:
Name        : SUSE-1
Description :
    On kernel-default < 6.0 it is worse.
Conflicts   : [4]
    libssl1_1.x86_64 < 1.1.1w-2
    srcpackage:openssl < 1.1.1w-2
    not-installed.x86_64 < 1
    bind-utils.x86_64 < 1:9.18-2

Information for patch SUSE-5:
Name        : SUSE-5
Conflicts   : libssl1_1.x86_64 < 1.1.1w-2
`;

test('a security patch is told of the packages of the plan that it is about, with its holes', context => {
	const night = aNight(context, 'all', {...answers, info: {text: contents}});
	for (const block of ['the-plan/plan', 'what-it-means/closes', 'what-it-means/security']) {
		const {status, stderr} = night.run(block);
		assert.equal(status, 0, stderr);
	}
	assert.equal(
		night.file('security'),
		'bind-utils SUSE-1 CVE-2026-1,CVE-2026-2\nlibssl1_1 SUSE-1,SUSE-5 CVE-2026-1,CVE-2026-2\n',
	);
});
