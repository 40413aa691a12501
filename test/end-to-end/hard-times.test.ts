import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmdirSync, rmSync, statfsSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {Program} from '../helpers/program.ts';

const flags = ['--plain', '--yes'];

/** A real file system of 512 kB; undefined, and the test skipped, where this user may not mount one. */
function smallDisk(context: TestContext): string | undefined {
	const folder = mkdtempSync(join(tmpdir(), 'handrail-disk-'));
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k,mode=0700', 'handrail-test', folder], {stdio: 'pipe'});
	} catch {
		rmdirSync(folder);
		context.skip('mounting a tmpfs needs root');
		return undefined;
	}
	context.after(() => {
		execFileSync('umount', ['-l', folder]);
		rmdirSync(folder);
	});
	return folder;
}

test('on a full disk the command runs on and the run is left open with 3; with room again nothing is lost', async context => {
	const disk = smallDisk(context);
	if (!disk) return;
	const program = new Program(context);
	const document = program.write(
		'doc.md',
		`# Doc
## One
\`\`\`sh {name=one}
echo one >> ${program.folder}/counter
i=0; while [ $i -lt 40 ]; do i=$((i+1)); printf '%08000d\\n' $i; done
\`\`\`
## Two
\`\`\`sh {name=two}
echo two >> ${program.folder}/counter
\`\`\`
`,
	);
	const env = {HANDRAIL_STATE_DIR: join(disk, 'state')};
	const filler = join(disk, 'filler');
	const {bavail, bsize} = statfsSync(disk);
	writeFileSync(filler, Buffer.alloc(bavail * bsize - 160_000));
	const full = await program.run(['run', document, '-H', 'local', ...flags], {env});
	assert.equal(full.code, 3, full.err);
	assert.match(full.out, /stopped: The output cannot be recorded: no space left on the disk \(.*\) - Make room/);
	assert.match(full.out, /go on: handrail resume \S+\n$/);
	assert.equal(full.err, '');
	const still = await program.run(['resume', ...flags], {env});
	assert.equal(still.code, 3, still.out);
	assert.match(still.out + still.err, /no space left on the disk/);
	rmSync(filler);
	const ended = await program.run(['resume', ...flags], {env});
	assert.equal(ended.code, 0, ended.err);
	const run = JSON.parse((await program.run(['runs', '--json'], {env})).out)[0].id;
	const expected = Array.from({length: 40}, (_, at) => `${String(at + 1).padStart(8000, '0')}\n`).join('');
	assert.ok(readFileSync(join(disk, 'state', 'runs', run, 'tasks', 't0001', 'output'), 'utf8') === expected);
	assert.equal(readFileSync(join(program.folder, 'counter'), 'utf8'), 'one\ntwo\n');
	assert.equal((await program.run(['verify', run], {env})).code, 0);
});

test('a clock that was set back by a day changes nothing but what the record says for people', async context => {
	const program = new Program(context);
	const document = program.write(
		'doc.md',
		'# Doc\n## One\n```sh {name=one}\necho one\n```\n## Two\n```sh {name=two risk=disrupts timeout=1m}\necho two\n```\n',
	);
	const stopped = await program.run(['run', document, '-H', 'local', ...flags]);
	assert.equal(stopped.code, 3);
	const back = new URL('../helpers/clock-back.ts', import.meta.url).href;
	const env = {NODE_OPTIONS: `--import ${back}`, CLOCK_BACK: String(86_400_000)};
	const ended = await program.run(['resume', ...flags, '--confirm', 'local'], {env});
	assert.equal(ended.code, 0, ended.out + ended.err);
	const run = (await program.runs())[0]!.id;
	const events = program.journal(run);
	assert.ok(events.at(-1)!.at < events[0]!.at, 'the clock was set back indeed');
	assert.deepEqual(
		events.map(event => event.seq),
		events.map((_, at) => at + 1),
	);
	assert.equal((await program.run(['verify', run])).code, 0);
	const report = await program.run(['report', run]);
	assert.equal(report.code, 0, report.err);
	assert.ok(!/-\d+ ?(s|m|h|ms)\b/.test(report.out), report.out);
});
