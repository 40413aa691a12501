import assert from 'node:assert/strict';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {Program} from '../helpers/program.ts';

const runbook = fileURLToPath(new URL('../fixtures/small-patching.md', import.meta.url));
const flags = ['--plain', '--yes', '--trust', '--skip-manual', 'a test'];

async function patched(context: TestContext) {
	const program = new Program(context);
	const folder = join(program.folder, 'server');
	const file = (name: string) => join(folder, name);
	const words = ['run', runbook, '-H', 'local', '--var', `FOLDER=${folder}`, '--var', 'LINES=1', ...flags];
	return {program, file, ended: await program.run(words), run: (await program.runs())[0]!.id};
}

const packages = (file: (name: string) => string) => readFileSync(file('etc/packages'), 'utf8');

test('the ways back of an ended run are listed as they stand now, and one is walked as a run of its own', async context => {
	const {program, file, ended, run} = await patched(context);
	assert.equal(ended.code, 0, ended.out + ended.err);
	assert.match(packages(file), /3\.0\.15-1/);
	const listed = await program.run(['rollback', run, '--list', '--json']);
	assert.equal(listed.code, 0, listed.err);
	assert.deepEqual(JSON.parse(listed.out), [
		{
			name: 'restore-the-backup',
			title: 'Restore the backup',
			available: 'yes',
			evidence: `the backup ${file('etc.tgz')} can be read`,
			loses: 'changes to the folder since the backup',
			takes: 60,
			reboot: false,
			risk: 'disrupts',
			recommended: true,
		},
	]);
	const unconfirmed = await program.run(['rollback', run, '--option', 'restore', ...flags]);
	assert.equal(unconfirmed.code, 3, unconfirmed.out + unconfirmed.err);
	assert.match(packages(file), /3\.0\.15-1/);
	const back = await program.run(['resume', ...flags, '--confirm', 'local']);
	assert.equal(back.code, 0, back.out + back.err);
	assert.match(packages(file), /3\.0\.11-1/);
	const runs = await program.runs();
	assert.deepEqual(runs.map(each => each.end).sort(), ['completed', 'rolled-back']);
	writeFileSync(file('etc.tgz'), 'no archive');
	const lost = await program.run(['rollback', run, '--list', '--json']);
	assert.equal(JSON.parse(lost.out)[0].available, 'no');
	assert.equal(JSON.parse(lost.out)[0].recommended, false);
});

test('a failed run is rolled back from where it stopped, and ends as rolled back', async context => {
	const program = new Program(context);
	const folder = join(program.folder, 'server');
	const words = ['run', runbook, '-H', 'local', '--var', `FOLDER=${folder}`, '--var', 'LINES=1', ...flags];
	// The update finds that an earlier one was interrupted.
	mkdirSync(folder);
	writeFileSync(join(folder, 'interrupted'), '');
	const failed = await program.run(words);
	assert.equal(failed.code, 1, failed.out + failed.err);
	const run = (await program.runs())[0]!.id;
	const seen = program.journal(run).flatMap(event => (event.type === 'task.reported' && event.seen?.entries) || []);
	assert.deepEqual(seen, ['interrupted-dpkg']);
	const back = await program.run(['rollback', run, '--option', 'restore', ...flags, '--confirm', 'local']);
	assert.equal(back.code, 0, back.out + back.err);
	assert.match(back.out, /run \S+ rolled back on local; see: handrail report/);
	assert.ok(!existsSync(join(folder, 'interrupted')));
	assert.deepEqual(
		(await program.runs()).map(each => each.end),
		['rolled-back'],
	);
	const again = await program.run(['resume', run, ...flags]);
	assert.equal(again.code, 2);
});

test('a failed command is tried once more by a resume, and the run completes', async context => {
	const program = new Program(context);
	const document = program.write(
		'doc.md',
		`# Doc\n## One\n\`\`\`sh {name=one}\necho tried >> ${program.folder}/counter\ntest -e ${program.folder}/mended\n\`\`\`\n`,
	);
	const failed = await program.run(['run', document, '-H', 'local', ...flags]);
	assert.equal(failed.code, 1);
	const still = await program.run(['resume', ...flags]);
	assert.equal(still.code, 1);
	writeFileSync(join(program.folder, 'mended'), '');
	const mended = await program.run(['resume', ...flags]);
	assert.equal(mended.code, 0, mended.out);
	assert.equal(readFileSync(join(program.folder, 'counter'), 'utf8'), 'tried\ntried\ntried\n');
});

test('rollback says what is missing, what is unknown and what it cannot do', async context => {
	const {program, run} = await patched(context);
	const cases: [words: string[], code: number, message: RegExp][] = [
		[[run], 2, /Which option\?\n {2}handrail rollback \S+ --list shows them/],
		[[run, '--option', 'reinstall'], 2, /reinstall/],
		[[run, '--list', '--option', 'restore'], 2, /exclude each other/],
		[['nowhere', '--list'], 2, /nowhere/],
		[[run, '--option', 'restore', '--override', 'lock=x'], 2, /cannot be overridden/],
	];
	for (const [words, code, message] of cases) {
		const ended = await program.run(['rollback', ...words]);
		assert.equal(ended.code, code, ended.err);
		assert.match(ended.err, message);
	}
	assert.equal((await program.runs()).length, 1, 'no run was begun');
});
