import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {findRunFolder} from '../../source/runtime/journal/run-folder.ts';
import {verifyRun} from '../../source/runtime/journal/verify-run.ts';
import {Program} from '../helpers/program.ts';

const runbook = fileURLToPath(new URL('../fixtures/small-patching.md', import.meta.url));
const unattended = ['--yes', '--trust', '--skip-manual', 'a test', '--json'];

/** Lines that a whole walk prints, events and pieces of output together: about so many. */
const lines = 75;
const moments = Array.from({length: 30}, (_, at) => Math.ceil(((at + Math.random()) * lines) / 30));

for (const part of [0, 1, 2]) {
	const mine = moments.filter((_, at) => at % 3 === part);
	test(`killed after ${mine.join(', ')} lines and resumed, a walk runs every command once and keeps every byte`, {
		timeout: 300_000,
	}, async context => {
		const half = mine.length / 2;
		const lanes = [mine.slice(0, half), mine.slice(half)].map(async moments => {
			for (const moment of moments.slice(1)) await killAndResume(context, moment);
			return await killAndResume(context, moments[0]!);
		});
		const {program, run} = (await Promise.all(lanes))[0]!;
		const verified = await program.run(['verify', run]);
		assert.equal(verified.code, 0);
		assert.match(verified.out, /unchanged up to this head/);
		const reported = await program.run(['report', run]);
		assert.equal(reported.code, 0, reported.err);
		assert.match(reported.out, /completed/);
	});
}

async function killAndResume(context: TestContext, moment: number) {
	const program = new Program(context);
	const folder = join(program.folder, 'server');
	await killedAfter(program, ['run', runbook, '-H', 'local', '--var', `FOLDER=${folder}`, ...unattended], moment);
	const run = readdirSync(join(program.state, 'runs'))[0]!;
	assert.equal(program.journal(run)[1]?.type, 'input.given', 'what was given with the start is recorded with it');
	// Every other one is killed in its second session, too.
	if (moment % 2 === 0) await killedAfter(program, ['resume', ...unattended], 1 + Math.floor(Math.random() * 10));
	const isOver = program.journal(run).some(event => event.type === 'run.ended');
	const resumed = isOver ? undefined : await program.run(['resume', ...unattended]);
	const at = `killed after ${moment} lines: ${resumed?.out}${resumed?.err}`;
	assert.equal(resumed?.code ?? 0, 0, at);
	assert.equal(readFileSync(join(folder, 'counter'), 'utf8'), 'prepare\nbackup\nupdates\napply\nverify\ntidy\n', at);
	assert.deepEqual(program.outputs(run), expected(folder), at);
	assert.equal(program.journal(run).at(-1)!.type, 'run.ended', at);
	assert.ok(!existsSync(program.env['HANDRAIL_LOCK']!), `the lock is given back, ${at}`);
	assert.deepEqual(
		readdirSync(join(program.env['XDG_STATE_HOME']!, 'handrail', 'tasks')),
		[],
		`no task is left, ${at}`,
	);
	const verdict = await verifyRun(await findRunFolder(program.state, run));
	assert.deepEqual([verdict.isUnchanged, verdict.torn, verdict.changes], [true, 0, []], at);
	return {program, run};
}

async function killedAfter(program: Program, words: string[], lines: number) {
	const running = program.start(words);
	await running.until(out => out.split('\n').length > lines);
	running.child.kill('SIGKILL');
	await running.ended;
}

const expected = (folder: string) => ({
	'backup-the-server/prepare': `the folder is ${folder}\n`,
	'backup-the-server/backup': `packed ${folder}/etc\n`,
	'backup-the-server/3': 'the backup can be read\n',
	'check-system-updates-and-health/updates': 'libssl3 3.0.11-1\nopenssl 3.0.11-1\n2 packages can be upgraded\n',
	'apply-the-updates/apply': `${Array.from({length: 8}, (_, at) => `Unpacking package ${at + 1} of 8 (3.0.15-1) over (3.0.11-1) ...\n`).join('')}Setting up openssl (3.0.15-1) ...\n`,
	'apply-the-updates/2': 'the new versions are there\n',
	'verify-the-patches/verify': 'libssl3 3.0.15-1\nopenssl 3.0.15-1\n',
	'verify-the-patches/tidy': 'nothing is left to do\n',
});
