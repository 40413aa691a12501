import assert from 'node:assert/strict';
import {readdirSync} from 'node:fs';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {Program} from '../helpers/program.ts';

const night = fileURLToPath(new URL('../fixtures/practice-night.md', import.meta.url));
const unattended = ['--plain', '--yes', '--confirm', 'web1', '--skip-manual', 'demo', '--trust'];
const fast = {HANDRAIL_PRACTICE_SPEED: '0'};

const countOf = (text: string, part: string): number => text.split(part).length - 1;

test('a night on the practice server is walked to its end, and verifies', {timeout: 60_000}, async context => {
	const program = new Program(context);
	const walked = await program.run(['run', night, '-H', 'practice', ...unattended], {env: fast});
	assert.equal(walked.code, 0, walked.out + walked.err);
	const [run] = await program.runs();
	assert.equal(run!.end, 'completed');
	const verified = await program.run(['verify', run!.id]);
	assert.equal(verified.code, 0, verified.out);
	const listed = await program.run(['rollback', run!.id, '--list', '--json'], {env: fast});
	assert.equal(JSON.parse(listed.out)[0].available, 'yes', listed.out);
	const back = await program.run(['rollback', run!.id, '--option', 'downgrade', ...unattended], {env: fast});
	assert.equal(back.code, 0, back.out + back.err);
	assert.match(back.out, /warning: downgrading openssl from 3\.0\.17-1~deb12u2 to 3\.0\.15-1~deb12u1/);
});

test('a configuration file stops the night: its entry is pointed to, and the way back works', {
	timeout: 60_000,
}, async context => {
	const program = new Program(context);
	const env = {...fast, HANDRAIL_PRACTICE_SCENARIO: 'conffile'};
	const walked = await program.run(['run', night, '-H', 'practice', ...unattended], {env});
	assert.equal(walked.code, 1, walked.out);
	assert.match(walked.out, /end of file on stdin at conffile prompt/);
	const [run] = await program.runs();
	const failed = program.journal(run!.id).findLast(event => event.type === 'task.reported');
	assert.deepEqual(failed?.type === 'task.reported' && failed.seen?.entries, ['a-changed-configuration-file']);
	const back = await program.run(['rollback', run!.id, '--option', 'downgrade', ...unattended], {env});
	assert.equal(back.code, 0, back.out + back.err);
});

for (const moment of ['Get:9 ', 'Unpacking curl', 'Setting up nginx ']) {
	test(`killed at "${moment.trim()}" and resumed, nothing runs twice and no byte is lost`, {
		timeout: 60_000,
	}, async context => {
		const program = new Program(context);
		const running = program.start(['run', night, '-H', 'practice', ...unattended], {
			env: {HANDRAIL_PRACTICE_SPEED: '8'},
		});
		await running.until(out => out.includes(moment));
		running.child.kill('SIGKILL');
		await running.ended;
		const run = readdirSync(`${program.state}/runs`)[0]!;
		const resumed = await program.run(['resume', ...unattended], {env: fast});
		assert.equal(resumed.code, 0, resumed.out + resumed.err);
		const output = program.outputs(run)['apply/apply']!;
		for (const part of ['Get:9 ', 'Unpacking curl (', 'Setting up nginx (', 'Processing triggers for man-db ']) {
			assert.equal(countOf(output, part), 1, `${part}: ${output}`);
		}
		const log = program.outputs(run)['verify/2']!;
		assert.equal(countOf(log, 'End-Date: '), 1, log);
		assert.equal((await program.run(['verify', run])).code, 0);
	});
}
