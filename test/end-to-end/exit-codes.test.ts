import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {Program} from '../helpers/program.ts';

const documents = {
	good: '# Good\n## One\n```sh {name=one}\necho one\n```\n',
	bare: '# Bare\n## One\n```sh\necho one\n```\n',
	failing: '# Failing\n## One\n```sh {name=one}\necho one\nexit 7\n```\n',
	manual: '# Manual\n## One\n- [ ] Ask somebody\n```sh {name=one}\necho one\n```\n',
	disrupting: '# Disrupting\n## One\n```sh {name=one risk=disrupts}\necho one\n```\n',
	checked: '# Checked\n## One\n```sh {name=one}\necho one\n```\n```sh {check}\ntrue\n```\n',
	choosing:
		'# Choosing\n## Which?\n- [A](#a)\n- [B](#b)\n### A\n```sh {name=a}\necho a\n```\n### B\n```sh {name=b}\necho b\n```\n',
	asking:
		'---\nhandrail: 1\ntitle: Asking\ninputs:\n  TICKET: { prompt: Ticket, pattern: "^CHG" }\n---\n# Asking\n## One\n```sh {name=one}\necho "$TICKET"\n```\n',
	placeholder: '# Placeholder\n## One\n```sh {name=one}\necho <name>\n```\n',
	gated: '# Gated\n## One\n<!-- handrail require="/<1" -->\n```sh {name=one}\necho one\n```\n',
	windowed: '# Windowed\n## One\n<!-- handrail require="window" -->\n```sh {name=one}\necho one\n```\n',
	long: '# Long\n## One\n```sh {name=one timeout=1s}\nsleep 3\n```\n',
	slow: '# Slow\n## One\n```sh {name=one risk=reads timeout=1s}\nsleep 60\n```\n',
	broken: '# Broken\n## One\n```sh {name=one risk=wild}\necho one\n```\n```sh {name=one}\necho two\n```\n',
	reboots: '# Reboots\n## One\n```sh {name=one reboots}\nreboot\n```\n',
};

type Case = {
	/** The document, by name; none where the words say everything. */
	on?: keyof typeof documents;
	with: string[];
	code: number;
	/** A line of standard output, or of standard error where nothing is begun. */
	says: RegExp;
};

const started: Case[] = [
	{on: 'good', with: ['--yes'], code: 0, says: /^run \S+ completed on local; see: handrail report /m},
	{on: 'good', with: [], code: 3, says: /nobody confirmed \(--yes confirms what reads or changes\) at one\/one/},
	{on: 'bare', with: ['--yes'], code: 3, says: /a fence without attributes is only run by a person at one\/1/},
	{on: 'failing', with: ['--yes'], code: 1, says: /stopped: it failed at one\/one/},
	{on: 'manual', with: ['--yes'], code: 3, says: /a person has to do and confirm it \(--skip-manual REASON/},
	{on: 'manual', with: ['--yes', '--skip-manual', 'in a test'], code: 0, says: /DEVIATION skipped one\/1: in a test/},
	{on: 'disrupting', with: ['--yes'], code: 3, says: /the host's name has to be typed \(--confirm local\)/},
	{on: 'disrupting', with: ['--yes', '--confirm', 'web1'], code: 3, says: /has to be typed/},
	{on: 'disrupting', with: ['--yes', '--confirm', 'local'], code: 0, says: /done one\/one/},
	{on: 'checked', with: ['--yes'], code: 3, says: /the document runs checks by itself: agree to it \(--trust\)/},
	{on: 'checked', with: ['--yes', '--trust'], code: 0, says: /done one\/2/},
	{on: 'choosing', with: ['--yes'], code: 0, says: /done a\/a/},
	{on: 'choosing', with: [], code: 3, says: /a person has to choose/},
	{on: 'asking', with: ['--yes'], code: 3, says: /a value is needed for TICKET \(--var or --secret\)/},
	{on: 'asking', with: ['--yes', '--var', 'TICKET=CHG1'], code: 0, says: /\| CHG1/},
	{on: 'placeholder', with: ['--yes'], code: 3, says: /the command has to be edited first \(.*<name>.*\)/},
	{on: 'gated', with: ['--yes'], code: 5, says: /REFUSED one\/one: disk:\/: .*\d/},
	{
		on: 'gated',
		with: ['--yes', '--override', 'disk:/=no matter'],
		code: 0,
		says: /DEVIATION overrode the guard disk:\//,
	},
	{on: 'windowed', with: ['--yes'], code: 5, says: /window: no maintenance window is configured/},
	{
		on: 'windowed',
		with: ['--yes', '--override', 'window=CHG7'],
		code: 0,
		says: /DEVIATION overrode the guard window .*CHG7/,
	},
	{on: 'long', with: ['--yes'], code: 3, says: /it takes longer than expected, and runs on at one\/one/},
	{on: 'slow', with: ['--yes'], code: 1, says: /FAILED one\/one \(.*it took too long\)/},
	{
		on: 'reboots',
		with: ['--yes', '--confirm', 'local'],
		code: 3,
		says: /it reboots, and local is the machine that you sit at/,
	},
];

for (const {on, with: words, code, says} of started) {
	test(`a run of a ${on} runbook with ${words.join(' ') || 'no flags'} ends with ${code}`, async context => {
		const program = new Program(context);
		const document = program.write('doc.md', documents[on!]);
		const ended = await program.run(['run', document, '-H', 'local', '--plain', ...words]);
		assert.equal(ended.code, code, ended.out + ended.err);
		assert.match(ended.out + ended.err, says);
		assertClear(ended.err);
		const last = ended.out.trimEnd().split('\n').at(-1)!;
		const isOver = ended.out.includes('run completed') || ended.out.includes('run aborted');
		assert.match(last, isOver ? /see: handrail report / : /is open.*; go on: handrail resume \S+$/);
	});
}

const refused: Case[] = [
	{with: ['run'], code: 2, says: /Something is missing: handrail run RUNBOOK/},
	{with: ['run', 'nowhere.md', '-H', 'local'], code: 2, says: /nowhere\.md/},
	{on: 'good', with: [], code: 2, says: /No host is named/},
	{on: 'good', with: ['-H', 'local', '-H', 'local'], code: 2, says: /The host local is named twice/},
	{on: 'good', with: ['-H', 'local', '--plain', '--json'], code: 2, says: /--plain and --json exclude each other/},
	{on: 'good', with: ['-H', 'local', '--from', 'one'], code: 2, says: /--from needs a --reason/},
	{
		on: 'good',
		with: ['-H', 'local', '--var', 'TICKET=1'],
		code: 2,
		says: /--var TICKET: the runbook declares no input/,
	},
	{on: 'asking', with: ['-H', 'local', '--var', 'TICKET'], code: 2, says: /--var takes NAME=VALUE/},
	{on: 'asking', with: ['-H', 'local', '--var', 'TICKET=1'], code: 2, says: /TICKET must match \^CHG/},
	{on: 'good', with: ['-H', 'local', '--override', 'window'], code: 2, says: /--override takes GUARD=REASON/},
	{
		on: 'good',
		with: ['-H', 'local', '--override', 'lock=please'],
		code: 2,
		says: /the guard lock cannot be overridden/,
	},
	{on: 'good', with: ['-H', 'local', '--override', 'identity=please'], code: 2, says: /identity cannot be overridden/},
	{on: 'good', with: ['-H', 'local', '--break-lock', ' '], code: 2, says: /reason/},
	{on: 'good', with: ['-H', 'local', '--env', 'lab'], code: 2, says: /--env lab: no such environment/},
	{
		on: 'good',
		with: ['-H', 'local', '--env', 'test'],
		code: 5,
		says: /local counts as production: --env test would loosen/,
	},
	{on: 'good', with: ['-H', 'local', '--at', '2026-01-01'], code: 2, says: /--at/},
	{on: 'broken', with: ['-H', 'local'], code: 2, says: /doc\.md:3:\d+: .*wild[\s\S]*All 2 errors: handrail check/},
	{
		on: 'good',
		with: ['-H', 'local', '--from', 'on', '--reason', 'x'],
		code: 2,
		says: /no such section[\s\S]*Did you mean --from one\?/,
	},
];

for (const {on, with: words, code, says} of refused) {
	const what = `${on ? `run a ${on} runbook ` : ''}${words.join(' ')}`;
	test(`handrail ${what} ends with ${code} and begins nothing`, async context => {
		const program = new Program(context);
		const run = on ? ['run', program.write('doc.md', documents[on])] : [];
		const ended = await program.run([...run, ...words]);
		assert.equal(ended.code, code, ended.out + ended.err);
		assert.match(ended.err, says);
		assertClear(ended.err);
		assert.equal(ended.out, '');
		assert.ok(!existsSync(join(program.state, 'runs')), 'no run was begun');
	});
}

/** What happened, and below it what can be done; never a stack trace. */
function assertClear(err: string) {
	assert.ok(!/^\s+at |node:|\.ts:\d/m.test(err), err);
	assert.ok(!err.includes('error of its own'), err);
}

test('a host that was never reached ends the run with 4, and leaves none open', async context => {
	const program = new Program(context);
	const document = program.write('doc.md', documents.good);
	const ended = await program.run(['run', document, '-H', 'nobody@127.0.0.1:1', '--plain', '--yes']);
	assert.equal(ended.code, 4, ended.out);
	assert.match(ended.out, /refused the connection - /);
	assert.deepEqual(
		(await program.runs()).map(({end}) => end),
		['aborted'],
	);
});
