import assert from 'node:assert/strict';
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {cli, Program} from '../helpers/program.ts';
import {isMissing, Tmux} from '../helpers/tmux.ts';

const runbook = fileURLToPath(new URL('../fixtures/small-patching.md', import.meta.url));
const skip = isMissing();

/** The prompt, ready for an answer, below something. */
const asked = (what: string) => new RegExp(`${what}[\\s\\S]*\\n>$`);

function open(context: TestContext, document: string, more = '', env: NodeJS.ProcessEnv = {}) {
	const program = new Program(context);
	const tmux = new Tmux(context, program.folder, {...program.env, TMPDIR: join(program.folder, 'tmp'), ...env});
	tmux.type(`clear; "${process.execPath}" ${cli} run ${document} -H local --plain ${more}; echo "ended with $?"`);
	return {program, tmux, server: join(program.folder, 'server')};
}

async function atUpdate(tmux: Tmux, server: string) {
	await tmux.until(asked('they only read'));
	tmux.type('y');
	await tmux.until(asked('To do by hand: The owner'));
	tmux.type('y');
	await tmux.until(/\(FOLDER\) \[.*\]:$/);
	tmux.type(server);
	await tmux.until(asked('backup-the-server/prepare \\(run, changes\\)'));
	tmux.type('y');
	await tmux.until(asked('backup-the-server/backup'));
	tmux.type('y');
	await tmux.until(asked('run it: it only reads'));
	tmux.keys('Enter');
	await tmux.until(/\(LINES\) \[8\]:$/);
	tmux.keys('Enter');
	await tmux.until(asked('apply-the-updates/apply'));
}

test('an operator walks to the end: the document is read along, and everything fits in 80 columns', {
	skip,
}, async context => {
	const {program, tmux, server} = open(context, runbook);
	await atUpdate(tmux, server);
	tmux.type('n');
	await tmux.until(/Note: $|Note:$/);
	tmux.type('the owner has called');
	await tmux.until(asked('note: the owner has called'));
	tmux.type('what');
	await tmux.until(asked('"what" is none of the options; \\? explains'));
	tmux.type('?');
	await tmux.until(asked('leave; the run stays open'));
	tmux.type('y');
	await tmux.until(asked('verify-the-patches/verify'));
	tmux.resize(60, 20);
	tmux.keys('Enter');
	await tmux.until(asked('verify-the-patches/tidy'));
	tmux.type('y');
	await tmux.until(/ended with 0/);
	const all = tmux.all();
	assert.match(all, /== Patching Schedule\n {2}Production\n {6}Patching Schedule: Monthly or Quarterly/);
	assert.match(all, /== Pre-Patching Preparation\n {2}Schedule patching during off-peak hours/);
	assert.match(all, /== During Patching > Apply the updates\n {2}Security first, then the rest/);
	assert.match(all, /\| Unpacking package 8 of 8/);
	assert.ok(!all.includes('Interrupted dpkg'), 'troubleshooting is only read where it is visited');
	const prose = all.split('\n').filter(line => !/^ +[$|] |^record|^head|^run|^shell>|\(FOLDER\)/.test(line));
	for (const line of prose) assert.ok(line.length <= 80, line);
	assert.equal(readFileSync(join(server, 'counter'), 'utf8'), 'prepare\nbackup\nupdates\napply\nverify\ntidy\n');
	const note = program.journal((await program.runs())[0]!.id).find(event => event.type === 'note');
	assert.equal(note?.type === 'note' && note.text, 'the owner has called');
});

test('a failure shows what failed, what its output means and the ways back; the operator goes back', {
	skip,
}, async context => {
	const {program, tmux, server} = open(context, runbook);
	await atUpdate(tmux, server);
	writeFileSync(join(server, 'interrupted'), '');
	tmux.type('y');
	const failed = await tmux.until(asked('apply failed. What now\\?'));
	const order = [
		'| E: dpkg was interrupted',
		'FAILED apply-the-updates/apply',
		'v      look at "Interrupted dpkg"',
		'r      ',
		's      ',
		'b      go back',
	];
	assert.deepEqual(
		order.toSorted((a, b) => failed.indexOf(a) - failed.indexOf(b)),
		order,
		failed,
	);
	for (const part of order) assert.ok(failed.includes(part), `${part} stands on the screen:\n${failed}`);
	assert.match(failed, /go back by "Restore the backup" - available: yes/);
	tmux.type('v');
	await tmux.until(asked('interrupted-dpkg/look'));
	tmux.type('back');
	await tmux.until(asked('apply failed. What now\\?'));
	tmux.type('b');
	await tmux.until(asked("local  run it: it disrupts \\(type the host's name\\)"));
	tmux.type('y');
	await tmux.until(asked('"y" is none of the options'));
	tmux.type('local');
	await tmux.until(/ended with 1/);
	assert.match(tmux.all(), /run \S+ rolled back on local/);
	assert.equal((await program.runs())[0]!.end, 'rolled-back');
	assert.match(readFileSync(join(server, 'etc', 'packages'), 'utf8'), /3\.0\.11-1/);
});

test('a failure of an earlier session is shown with the end of its output', {skip}, async context => {
	const program = new Program(context);
	const lines = Array.from({length: 30}, (_, at) => `line ${at + 1}`);
	program.write('doc.md', `# Doc\n## One\n\`\`\`sh {name=one}\nprintf '${lines.join('\\n')}\\n'; exit 7\n\`\`\`\n`);
	assert.equal((await program.run(['run', 'doc.md', '-H', 'local', '--plain', '--yes'])).code, 1);
	const tmux = new Tmux(context, program.folder, program.env);
	tmux.type(`clear; "${process.execPath}" ${cli} resume --plain`);
	const screen = await tmux.until(asked('\\| line 21\\n[\\s\\S]*\\| line 30\\n[\\s\\S]*one/one failed'));
	assert.ok(!screen.includes('line 20'), screen);
	tmux.type('q');
	await tmux.until(/go on: handrail/);
});

const waiting = (folder: string) => `# Doc
## One
\`\`\`sh {name=one}
echo started >> ${folder}/counter
echo waiting
while ! [ -e ${folder}/go ]; do sleep 0.05; done
\`\`\`
## Two
\`\`\`sh {name=two}
echo two >> ${folder}/counter
\`\`\`
## Three
\`\`\`sh {name=three risk=disrupts}
echo three >> ${folder}/counter
\`\`\`
`;

function openWaiting(context: TestContext, more = '', env: NodeJS.ProcessEnv = {}) {
	const opened = open(context, 'doc.md', more, env);
	opened.program.write('doc.md', waiting(opened.program.folder));
	const counted = () => readFileSync(join(opened.program.folder, 'counter'), 'utf8');
	return {...opened, counted, go: () => writeFileSync(join(opened.program.folder, 'go'), '')};
}

test('what is typed before a question, or pasted, answers nothing', {skip}, async context => {
	const {tmux, counted, go} = openWaiting(context);
	await tmux.until(asked('one/one'));
	tmux.type('y');
	await tmux.until(/\| waiting/);
	tmux.type('y');
	tmux.type('y');
	tmux.keys('y');
	go();
	await tmux.until(asked('two/two'));
	tmux.paste('y\n');
	await tmux.until(asked('what is pasted is no answer'));
	assert.equal(counted(), 'started\n');
	tmux.type('y');
	await tmux.until(asked('three/three'));
	assert.equal(counted(), 'started\ntwo\n');
	tmux.type('q');
	await tmux.until(/ended with 3/);
	assert.match(tmux.all(), /go on: handrail resume \S+$/m);
});

test('ctrl-c asks what to do about a running command, and what changes is cancelled by the name of the host', {
	skip,
}, async context => {
	const {program, tmux, go} = openWaiting(context);
	await tmux.until(asked('one/one'));
	tmux.type('y');
	await tmux.until(/\| waiting/);
	tmux.keys('C-c');
	await tmux.until(asked('one/one is running. What now\\?'));
	tmux.type('w');
	tmux.keys('C-c');
	await tmux.until(asked('w[\\s\\S]*one/one is running. What now\\?'));
	tmux.type('local');
	await tmux.until(asked('Nobody can say how one/one ended'));
	tmux.type('failed');
	await tmux.until(/Reason:$/);
	tmux.type('nothing was done');
	await tmux.until(asked('one/one failed. What now\\?'));
	go();
	tmux.type('r');
	await tmux.until(asked('two/two'));
	tmux.keys('C-c');
	await tmux.until(/ended with 3/);
	const cancelled = program.journal((await program.runs())[0]!.id).find(event => event.type === 'task.cancelled');
	assert.equal(cancelled?.type === 'task.cancelled' && cancelled.signal, 'TERM');
});

test('an edited command is shown as a difference and needs its own confirmation', {skip}, async context => {
	const {program, tmux, counted} = openWaiting(context, '--from three --reason later', {
		EDITOR: 'sed -i s/three/drei/',
	});
	await tmux.until(asked('three/three'));
	tmux.type('e');
	await tmux.until(/-echo three[\s\S]*\+echo drei[\s\S]*Type local, the host's name, to run it like this:$/);
	tmux.type('y');
	await tmux.until(asked('not run: not confirmed'));
	tmux.type('e');
	await tmux.until(/not confirmed[\s\S]*to run it like this:$/);
	tmux.type('local');
	await tmux.until(/Reason for the edit:$/);
	tmux.type('in German');
	await tmux.until(/ended with 0/);
	assert.equal(counted(), 'drei\n');
	assert.match((await program.run(['report', (await program.runs())[0]!.id])).out, /in German/);
});

for (const signal of ['TERM', 'KILL', 'HUP']) {
	test(`after SIG${signal} in the middle of a question the terminal echoes again and edits lines`, {
		skip,
	}, async context => {
		const {tmux} = openWaiting(context);
		await tmux.until(asked('one/one'));
		tmux.keys('C-z');
		await tmux.until(/shell>$/);
		tmux.type(`kill -${signal} %1; fg; stty -a`);
		const modes = await tmux.until(/isig[\s\S]*shell>$/);
		for (const mode of ['isig', 'icanon', 'echo', 'icrnl']) assert.match(modes, new RegExp(`(^|\\s)${mode}\\b`));
	});
}

test('a terminal that is closed leaves the run open, and no word of an error', {skip}, async context => {
	const {program, tmux} = openWaiting(context);
	mkdirSync(join(program.folder, 'tmp'));
	await tmux.until(asked('one/one'));
	const {driven} = (await program.runs())[0]!;
	tmux.close();
	for (const end = Date.now() + 10_000; existsSync(`/proc/${driven!.pid}`) && Date.now() < end; ) await wait(50);
	assert.ok(!existsSync(`/proc/${driven!.pid}`), 'the program has ended');
	assert.deepEqual(readdirSync(join(program.folder, 'tmp')), []);
	assert.equal((await program.runs())[0]!.state, 'open');
	assert.equal((await program.run(['resume', '--plain'])).code, 3);
});

test('a secret is not shown while it is typed, and after ctrl-c the terminal echoes again', {skip}, async context => {
	const opened = open(context, 'secret.md');
	opened.program.write(
		'secret.md',
		'---\nhandrail: 1\ntitle: S\ninputs:\n  PASSWORD: { prompt: The password, secret: true }\n---\n# S\n## One\n```sh {name=one}\necho "[$PASSWORD]"\n```\n',
	);
	const {tmux} = opened;
	await tmux.until(/The password \(PASSWORD, not shown\):$/);
	tmux.keys('C-c');
	await tmux.until(/ended with 3/);
	tmux.type('stty -a');
	assert.match(await tmux.until(/isig[\s\S]*shell>$/), /\secho\s/);
	tmux.type(`clear; "${process.execPath}" ${cli} resume --plain`);
	await tmux.until(/The password \(PASSWORD, not shown\):$/);
	tmux.type('hunter22');
	await tmux.until(asked('one/one'));
	tmux.type('y');
	await tmux.until(/\| \[\*\*\*\]/);
	assert.ok(!tmux.all().includes('hunter22'));
});
