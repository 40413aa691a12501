import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {main} from '../../source/commands/main.ts';
import {fakeIo} from '../helpers/fake-io.ts';

const cwd = mkdtempSync(join(tmpdir(), 'documents-'));
after(() => rmSync(cwd, {recursive: true}));

const good = `---
handrail: 1
inputs:
  TICKET: { prompt: Change ticket }
---
# Patch

\`\`\`sh { check name=above }
true
\`\`\`

## Apply

- [ ] Tell people

\`\`\`sh { name=apply when="pm=apt" rollback=downgrade durable }
echo "$TICKET"
\`\`\`

## Rollback

### Downgrade

\`\`\`sh { ready }
true
\`\`\`

## Troubleshooting

### Interrupted dpkg

\`\`\`text { symptom }
^dpkg was interrupted
lock-frontend
\`\`\`

### Full disk

\`\`\`text { symptom }
No space left
\`\`\`
`;
writeFileSync(join(cwd, 'good.md'), good);
writeFileSync(join(cwd, 'warned.md'), '# Title\n\n[gone](#gone)\n\n## Part\n\n```sh\ntrue\n```\n');
writeFileSync(join(cwd, 'wrong.md'), '---\nhandrail: 1\n---\n# Title\n\n```sh { rsik=reads }\ntrue\n```\n');
writeFileSync(join(cwd, 'hostile.md'), '# T\u001b]52;c;eA==\u0007\n\n## P\u202e\n\n```sh\nprintf "\u001b[31m"\n```\n');
const dpkg =
	'Reading lists\n\u001b[1mdpkg was\u001b[0m interrupted, you must ...\nNo space left on device\nNo space left again\n';
writeFileSync(join(cwd, 'output.txt'), dpkg);

async function told(words: string[], stdin = '') {
	const io = fakeIo({cwd, stdin});
	const code = await main(words, io);
	return {code, out: io.out(), err: io.err()};
}

const codes: [string[], number][] = [
	[['check', 'good.md'], 0],
	[['check', 'good.md', '--strict'], 0],
	[['check', 'warned.md'], 0],
	[['check', 'warned.md', '--strict'], 2],
	[['check', 'wrong.md'], 2],
	[['check', 'gone.md'], 2],
	[['check', 'good.md', 'wrong.md', 'warned.md'], 2],
	[['check'], 2],
	[['show', 'good.md'], 0],
	[['show', 'wrong.md'], 2],
	[['show', 'gone.md'], 2],
	[['diagnose', 'good.md', 'output.txt'], 0],
	[['diagnose', 'good.md', 'good.md', 'x'], 2],
	[['diagnose', 'good.md', 'gone.txt'], 2],
	[['diagnose', 'wrong.md', 'output.txt'], 2],
	[['diagnose', 'warned.md', 'output.txt'], 1],
	[['export', 'good.md', '--to', 'yaml'], 0],
	[['export', 'good.md', '--to', 'markdown'], 0],
	[['export', 'good.md'], 2],
	[['export', 'good.md', '--to', 'html'], 2],
	[['export', 'wrong.md', '--to', 'yaml'], 2],
];
for (const [words, code] of codes) {
	test(`"handrail ${words.join(' ')}" ends with ${code}`, async () => assert.equal((await told(words)).code, code));
}

test('check says what is wrong where, and how many findings there are', async () => {
	const {out} = await told(['check', 'wrong.md', 'gone.md']);
	assert.match(out, /^wrong\.md:6:9: error: .*rsik.* \(attribute-unknown\)\n {2}Did you mean risk\?$/m);
	assert.match(out, /^gone\.md:1:1: error: no such file.* \(unreadable\)\n {2}\S/m);
	assert.match(out, /^2 runbooks: 2 errors, 0 warnings\n$/m);
});

test('check --json prints findings with exactly the documented properties', async () => {
	const findings = JSON.parse((await told(['check', 'wrong.md', 'warned.md', 'gone.md', '--json'])).out);
	assert.equal(findings.length, 3);
	for (const finding of findings) {
		assert.deepEqual(Object.keys(finding).sort(), ['code', 'column', 'file', 'hint', 'line', 'message', 'severity']);
	}
	assert.deepEqual(JSON.parse((await told(['check', 'good.md', '--json'])).out), []);
});

test('findings are coloured on a terminal only, and never with NO_COLOR', async () => {
	const isColoured = async (isTerminal: boolean, env: NodeJS.ProcessEnv) => {
		const io = fakeIo({cwd, isTerminal, env});
		await main(['check', 'wrong.md'], io);
		return io.out().includes('\u001b[31merror\u001b[0m');
	};
	assert.equal(await isColoured(true, {TERM: 'xterm'}), true);
	assert.equal(await isColoured(true, {TERM: 'xterm', NO_COLOR: '1'}), false);
	assert.equal(await isColoured(true, {TERM: 'dumb'}), false);
	assert.equal(await isColoured(false, {TERM: 'xterm'}), false);
});

test('show --json is the documented shape, with what stands above the first section as a section of its own', async () => {
	const {title, sections, counts} = JSON.parse((await told(['show', 'good.md', '--json'])).out);
	assert.equal(title, 'Patch');
	assert.deepEqual(counts, {
		headings: 7,
		shellFences: 3,
		otherFences: 2,
		taskItems: 1,
		sectionLinks: 0,
		brokenSectionLinks: 0,
	});
	assert.deepEqual(
		sections.map((section: {title: string; role: string}) => [section.title, section.role]),
		[
			['Patch', null],
			['Apply', null],
			['Rollback', 'rollback'],
			['Troubleshooting', 'troubleshooting'],
		],
	);
	assert.deepEqual(sections[0].blocks, [{id: '/above', kind: 'command', role: 'check', risk: 'reads', line: 8}]);
	assert.deepEqual(sections[1], {
		id: 'apply',
		title: 'Apply',
		level: 2,
		line: 12,
		role: null,
		blocks: [
			{id: 'apply/1', kind: 'manual', role: null, risk: null, line: 14},
			{id: 'apply/apply', kind: 'command', role: 'run', risk: 'changes', line: 16},
		],
		sections: [],
	});
	assert.deepEqual(sections[2].sections[0].id, 'downgrade');
});

test('show prints every command with what is known of it', async () => {
	const {out} = await told(['show', 'good.md']);
	assert.match(out, /^Patch$/m);
	assert.match(out, /TICKET {2}Change ticket/);
	assert.match(out, /apply\/apply: run, changes, when pm=apt, durable, undone by downgrade\n {4}\$ echo "\$TICKET"$/m);
	assert.match(out, /apply\/1: manual\n {4}\[ \] Tell people$/m);
	assert.match(out, /symptom\n {6}~ \^dpkg was interrupted\n {6}~ lock-frontend$/m);
});

test('what a document holds cannot steer the terminal', async () => {
	for (const words of [
		['show', 'hostile.md'],
		['check', 'hostile.md'],
	]) {
		const {out, err} = await told(words);
		assert.doesNotMatch(out + err, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
	}
});

test('diagnose names the entries that match, in the order of the document, with the first line of each pattern', async () => {
	const found = JSON.parse((await told(['diagnose', 'good.md', 'output.txt', '--json'])).out);
	assert.deepEqual(found, [
		{
			section: 'interrupted-dpkg',
			title: 'Interrupted dpkg',
			pattern: '^dpkg was interrupted',
			line: 2,
			text: 'dpkg was interrupted, you must ...',
		},
		{section: 'full-disk', title: 'Full disk', pattern: 'No space left', line: 3, text: 'No space left on device'},
	]);
});

test('diagnose reads standard input, and says so where nothing matches', async () => {
	assert.equal((await told(['diagnose', 'good.md'], dpkg)).code, 0);
	assert.equal((await told(['diagnose', 'good.md', '-'], dpkg)).code, 0);
	assert.deepEqual(await told(['diagnose', 'good.md'], 'all is well\n'), {
		code: 1,
		out: 'None of the 2 troubleshooting entries matches.\n',
		err: '',
	});
	assert.deepEqual(JSON.parse((await told(['diagnose', 'good.md', '--json'], 'well')).out), []);
});

test('export gives a document that check accepts and that exports to itself', async () => {
	for (const [form, ending] of [
		['yaml', 'yaml'],
		['markdown', 'md'],
	]) {
		const {out} = await told(['export', 'good.md', '--to', form!]);
		const file = `exported.${ending}`;
		writeFileSync(join(cwd, file), out);
		assert.equal((await told(['check', file, '--strict'])).code, 0);
		assert.equal((await told(['export', file, '--to', form!])).out, out);
	}
});

const cli = join(import.meta.dirname, '../../source/cli.ts');
const run = (words: string[], options = {}) =>
	spawnSync(process.execPath, [cli, ...words], {cwd, encoding: 'utf8', ...options});

test('the program itself ends with the same codes and never prints a stack trace', () => {
	const table: [string[], number][] = [
		[['--version'], 0],
		[['check', 'good.md'], 0],
		[['check', 'wrong.md'], 2],
		[['check', '/'], 2],
		[['diagnose', 'good.md', '/proc/self/mem'], 2],
		[['nonsense'], 2],
	];
	for (const [words, code] of table) {
		const {status, stderr} = run(words);
		assert.equal(status, code, `handrail ${words.join(' ')}: ${stderr}`);
		assert.doesNotMatch(stderr, /^\s+at /m);
	}
	assert.equal(run(['diagnose', 'good.md'], {input: dpkg}).status, 0);
	assert.equal(run(['diagnose', 'good.md'], {input: 'well'}).status, 1);
});

test('a reader that has enough ends the program quietly', async () => {
	writeFileSync(join(cwd, 'long.md'), `# Long\n\n${'## Part\n\n```sh\ntrue\n```\n\n'.repeat(5000)}`);
	const child = spawn(process.execPath, [cli, 'show', 'long.md'], {cwd, stdio: ['ignore', 'pipe', 'pipe']});
	let said = '';
	child.stderr.on('data', piece => {
		said += piece;
	});
	child.stdout.once('data', () => child.stdout.destroy());
	const [code] = await once(child, 'close');
	assert.deepEqual([code, said], [0, '']);
});

test('commands without a screen load neither Ink nor React, nor ssh2', () => {
	const trace =
		'--import=data:text/javascript,import{registerHooks}from"node:module";registerHooks({load(u,c,n){process.stderr.write(u+"\\n");return n(u,c)}})';
	const {stderr} = spawnSync(process.execPath, [trace, cli, 'check', 'good.md'], {cwd, encoding: 'utf8'});
	assert.match(stderr, /commands\/check\.ts/);
	assert.doesNotMatch(stderr, /node_modules\/(ink|react|ssh2)\/|commands\/show\.ts/);
});
