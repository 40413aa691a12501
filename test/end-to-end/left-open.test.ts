import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, chownSync, existsSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {cli, Program} from '../helpers/program.ts';
import {until} from '../helpers/task-host.ts';

/** Waits for the file `go` in the folder of the program, and counts how often it ran. */
const waiting = (program: Program) => `# Waiting
## One
\`\`\`sh {name=one}
echo one >> ${program.folder}/counter
echo waiting
while ! [ -e ${program.folder}/go ]; do sleep 0.05; done
echo gone
\`\`\`
## Two
\`\`\`sh {name=two}
echo two >> ${program.folder}/counter
\`\`\`
`;

const flags = ['--plain', '--yes'];
const begin = (program: Program) =>
	program.start(['run', program.write('doc.md', waiting(program)), '-H', 'local', ...flags]);
const counted = (program: Program) => readFileSync(join(program.folder, 'counter'), 'utf8');

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	test(`${signal} leaves the run open with 3, the command runs on, and the last line tells how to go on`, async context => {
		const program = new Program(context);
		const running = begin(program);
		await running.until(out => out.includes('| waiting'));
		running.child.kill(signal);
		const left = await running.ended;
		assert.equal(left.code, 3, left.out + left.err);
		assert.equal(left.err, '');
		assert.match(left.out, new RegExp(`left, the run stays open: signal ${signal}`));
		const resume = /is open on local at "One"; go on: handrail (resume \S+)\n$/.exec(left.out)![1]!;
		writeFileSync(join(program.folder, 'go'), '');
		const ended = await program.run([...resume.split(' '), ...flags]);
		assert.equal(ended.code, 0, ended.out + ended.err);
		assert.equal(counted(program), 'one\ntwo\n');
		assert.equal(program.outputs((await program.runs())[0]!.id)['one/one'], 'waiting\ngone\n');
	});
}

test('a second program on a run is refused with 5 and told which process drives it', async context => {
	const program = new Program(context);
	const running = begin(program);
	await running.until(out => out.includes('| waiting'));
	const second = await program.run(['resume', ...flags]);
	assert.equal(second.code, 5, second.out + second.err);
	assert.match(second.err, new RegExp(`\\b${running.child.pid}\\b`));
	assert.match(second.err, /runs watch/);
	writeFileSync(join(program.folder, 'go'), '');
	assert.equal((await running.ended).code, 0);
	assert.equal(counted(program), 'one\ntwo\n');
});

test('a run is taken over deliberately: the first program ends, its command goes on, nothing is done twice', async context => {
	const program = new Program(context);
	const running = begin(program);
	await running.until(out => out.includes('| waiting'));
	const second = program.start(['resume', '--take-over', ...flags]);
	assert.equal((await running.ended).code, 3);
	await second.until(out => out.includes('resumed'));
	writeFileSync(join(program.folder, 'go'), '');
	assert.equal((await second.ended).code, 0);
	assert.equal(counted(program), 'one\ntwo\n');
	assert.equal(program.outputs((await program.runs())[0]!.id)['one/one'], 'waiting\ngone\n');
});

test('resume without a run goes on with the only open one, and names them where there are several', async context => {
	const program = new Program(context);
	const none = await program.run(['resume', ...flags]);
	assert.deepEqual([none.code, none.err], [2, 'handrail: No run is open\n  See: handrail runs\n']);
	const document = program.write('doc.md', '# Doc\n## One\n```sh {name=one}\necho one\n```\n');
	const start = async () => await program.run(['run', document, '-H', 'local', '--plain']);
	assert.equal((await start()).code, 3);
	assert.equal((await start()).code, 3);
	const several = await program.run(['resume', ...flags]);
	assert.equal(several.code, 2);
	for (const {id} of await program.runs()) assert.ok(several.err.includes(id), several.err);
	const [first, second] = await program.runs();
	assert.equal((await program.run(['resume', first!.id, ...flags])).code, 0);
	assert.equal((await program.run(['resume', ...flags])).code, 0);
	assert.ok((await program.runs()).every(run => run.end === 'completed'));
	const over = await program.run(['resume', second!.id, ...flags]);
	assert.equal(over.code, 2);
	assert.match(over.err, /has ended\n {2}See it: handrail report/);
	const unknown = await program.run(['resume', 'nowhere', ...flags]);
	assert.equal(unknown.code, 2, unknown.err);
	assert.match(unknown.err, /nowhere/);
});

test('the lock of another run refuses with 5 and says whose it is, until it is broken with a reason', async context => {
	const program = new Program(context);
	const running = begin(program);
	await running.until(out => out.includes('| waiting'));
	const other = program.write('other.md', '# Other\n## One\n```sh {name=one}\necho other\n```\n');
	const refused = await program.run(['run', other, '-H', 'local', ...flags]);
	assert.equal(refused.code, 5, refused.out + refused.err);
	const first = (await program.runs()).find(run => run.title === 'Waiting')!;
	assert.match(refused.out, new RegExp(`REFUSED one/one: lock: .* with run ${first.id} since `));
	assert.match(refused.out, /^stopped: lock: .* \(--break-lock REASON takes it/m);
	const second = (await program.runs()).find(run => run.title === 'Other')!;
	const breaks = ['resume', second.id, '--break-lock', 'the other one is dead', ...flags];
	const early = await program.run(breaks);
	assert.equal(early.code, 5, early.out + early.err);
	assert.match(early.out, new RegExp(`^stopped: a task of an earlier run is still at work .* run ${first.id}`, 'm'));
	running.child.kill('SIGKILL');
	await running.ended;
	writeFileSync(join(program.folder, 'go'), '');
	await until(() => globSync(join(program.env['XDG_STATE_HOME']!, 'handrail/tasks/*/exit')).length > 0);
	const broken = await program.run(breaks);
	assert.equal(broken.code, 0, broken.out + broken.err);
	assert.match(broken.out, /DEVIATION broke the lock of .*: the other one is dead/);
	assert.match((await program.run(['report', second.id])).out, /the other one is dead/);
});

test('a reader that has enough leaves the run open with 3, without a word on standard error', async context => {
	const program = new Program(context);
	const document = program.write('doc.md', waiting(program));
	const command = `exec 3>&1; { "$NODE" "$CLI" run "$DOC" -H local --plain --yes; echo "code $?" >&3; } | head -n 1`;
	const env = {...program.env, NODE: process.execPath, CLI: cli, DOC: document};
	const child = spawn('sh', ['-c', command], {env, stdio: ['ignore', 'pipe', 'pipe']});
	const printed = {out: '', err: ''};
	child.stdout.on('data', text => (printed.out += text));
	child.stderr.on('data', text => (printed.err += text));
	await once(child, 'close');
	assert.match(printed.out, /^\S+ {2}run .*\ncode 3\n$/);
	assert.equal(printed.err, '');
	assert.equal((await program.runs())[0]!.state, 'open');
	writeFileSync(join(program.folder, 'go'), '');
	assert.equal((await program.run(['resume', ...flags])).code, 0);
	assert.equal(counted(program), 'one\ntwo\n');
});

test('a state folder that others may look into, or that is a link, is refused before anything is begun', async context => {
	const program = new Program(context);
	const document = program.write('doc.md', '# Doc\n## One\n```sh {name=one}\necho one\n```\n');
	const open = join(program.folder, 'open');
	mkdirSync(open);
	chmodSync(open, 0o755);
	const other = join(program.folder, 'other');
	mkdirSync(other, {mode: 0o700});
	if (process.getuid!() === 0) chownSync(other, 12_345, 12_345);
	symlinkSync(open, join(program.folder, 'link'));
	writeFileSync(join(program.folder, 'file'), '');
	const cases: [name: string, message: RegExp][] = [
		['open', /others|0755|private|closed/],
		['link', /is a symbolic link/],
		['file', /file/],
		['file/below', /cannot be created|no folder/],
	];
	if (process.getuid!() === 0) cases.push(['other', /belongs|owner|another user|yours/]);
	for (const [name, message] of cases) {
		const env = {HANDRAIL_STATE_DIR: join(program.folder, name)};
		const ended = await program.run(['run', document, '-H', 'local', ...flags], {env});
		assert.equal(ended.code, 2, `${name}: ${ended.err}`);
		assert.match(ended.err, message);
		assert.equal(ended.out, '');
		assert.ok(!/^\s+at /m.test(ended.err), ended.err);
	}
	assert.ok(!existsSync(join(open, 'runs')));
});

test('a journal from the future is shown and not resumed; one that was changed is not, either', async context => {
	const program = new Program(context);
	const document = program.write('doc.md', '# Doc\n## One\n```sh {name=one}\necho one\n```\n');
	await program.run(['run', document, '-H', 'local', '--plain']);
	const run = (await program.runs())[0]!.id;
	const journal = program.file(run, 'journal.jsonl');
	const before = readFileSync(journal, 'utf8');
	const cases: [what: string, text: string, message: RegExp][] = [
		['a newer version', before.replace('"journal":1', '"journal":2'), /newer|version/],
		['a changed line', before.replace('"hosts":["local"]', '"hosts":["other"]'), /journal\.jsonl|changed|line/],
	];
	for (const [what, text, message] of cases) {
		writeFileSync(journal, text);
		const ended = await program.run(['resume', run, ...flags]);
		assert.ok(ended.code === 1 || ended.code === 2, `${what}: ${ended.code}`);
		assert.match(ended.err, message, what);
		assert.ok(!/^\s+at /m.test(ended.err), ended.err);
		assert.equal(readFileSync(journal, 'utf8'), text, `${what}: nothing was appended`);
		assert.equal((await program.run(['runs'])).code, 0);
	}
	writeFileSync(journal, before);
	writeFileSync(program.file(run, 'runbook.md'), '# Other\n');
	const changed = await program.run(['resume', run, ...flags]);
	assert.equal(changed.code, 1, changed.err);
	assert.match(changed.err, /runbook\.md/);
});
