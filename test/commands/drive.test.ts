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
