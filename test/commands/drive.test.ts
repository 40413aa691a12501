import assert from 'node:assert/strict';
import {existsSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {Program} from '../helpers/program.ts';

test('a run that ended leaves its receipt beside the journal, and one that is open leaves none', async context => {
	const program = new Program(context);
	const file = program.write('one.md', '# One\n\n## Step\n\n```sh { name=one risk=changes }\ntest -e now\n```\n');
	const words = ['--plain', '--yes'];
	const open = await program.run(['run', file, '-H', 'local', ...words]);
	assert.equal(open.code, 1, open.out);
	const [run] = await program.runs();
	const receipt = join(program.state, 'runs', run!.id, 'receipt.json');
	assert.ok(!existsSync(receipt));

	program.write('home/now', '');
	const ended = await program.run(['resume', ...words]);
	assert.equal(ended.code, 0, ended.out + ended.err);
	assert.equal(statSync(receipt).mode & 0o777, 0o600);
	const {receipt: version, end, head} = JSON.parse(readFileSync(receipt, 'utf8'));
	assert.deepEqual([version, end], [1, 'completed']);
	assert.match(ended.out, new RegExp(`^head ${head} `, 'm'));
	const report = JSON.parse((await program.run(['report', run!.id, '--format', 'json'])).out);
	assert.equal(report.receipt.isInChain, true);
});

test('a run whose first connection cannot be made is over: nothing is left to be gone on with', async context => {
	const program = new Program(context);
	const file = program.write('one.md', '# One\n\n## Step\n\n```sh { name=one }\ntrue\n```\n');
	const cases: [config: string, code: number][] = [
		['Host web1\n  HostName 127.0.0.1\n  Port 1\n', 4],
		['Host web1\n  Nonsense\n', 2],
	];
	for (const [config, code] of cases) {
		const env = {HANDRAIL_SSH_CONFIG: program.write('config', config)};
		const ended = await program.run(['run', file, '-H', 'web1', '--plain', '--yes'], {env});
		assert.equal(ended.code, code, ended.out + ended.err);
		assert.match(ended.out, /^stopped: web1: .*\nrun \S+ aborted on web1/m);
		const [run] = await program.runs();
		assert.equal(run!.end, 'aborted');
	}
});
