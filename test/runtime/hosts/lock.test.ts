import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {chownSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {localHost} from '../../../source/runtime/hosts/local.ts';
import {isMissing, shells} from '../../helpers/shells.ts';
import {taskHost} from '../../helpers/task-host.ts';

const claim = (run: string) => ({run, owner: "Ann O'Hara <ann> $(id)", since: '2026-11-22T19:21:00Z'});

const isNotRoot = process.getuid?.() !== 0 && 'only root can give files away';

for (const shell of shells) {
	describe(`The lock of a host, in ${shell.name}`, {skip: isMissing(shell)}, () => {
		test('is held by one run, which may take it again, until it gives it back', async () => {
			const lab = taskHost(shell);
			const {host} = lab;
			assert.deepEqual(await host.lock(claim('one'), false), {taken: true});
			assert.deepEqual(await host.lock(claim('one'), false), {taken: true});
			assert.deepEqual(await host.lock(claim('two'), false), {taken: false, owner: claim('one')});
			await host.unlock('two');
			assert.deepEqual(await host.lock(claim('two'), false), {taken: false, owner: claim('one')});
			await host.unlock('one');
			assert.deepEqual(await host.lock(claim('two'), false), {taken: true});
			await lab.remove();
		});

		test('is taken by one of many that try at once', async () => {
			const lab = taskHost(shell);
			const runs = Array.from({length: 8}, (_, index) => `run-${index}`);
			const answers = await Promise.all(runs.map(run => localHost('local', lab.environment).lock(claim(run), false)));
			const winner = runs[answers.findIndex(({taken}) => taken)]!;
			assert.equal(answers.filter(({taken}) => taken).length, 1);
			for (const answer of answers) if (!answer.taken) assert.equal(answer.owner.run, winner);
			await lab.remove();
		});

		test('is broken only as long as it is the one that was seen', async () => {
			const lab = taskHost(shell);
			const other = localHost('local', lab.environment);
			await lab.host.lock(claim('old'), false);
			assert.equal((await other.lock(claim('mine'), false)).taken, false);
			await lab.host.unlock('old');
			await lab.host.lock(claim('new'), false);
			assert.deepEqual(await other.lock(claim('mine'), true), {taken: false, owner: claim('new')});
			assert.deepEqual(await other.lock(claim('mine'), true), {taken: true});
			await lab.remove();
		});

		test('is not given back, nor taken for ours, where another user made it', {skip: isNotRoot}, async () => {
			const lab = taskHost(shell);
			const lock = join(lab.folder, 'lock');
			await lab.host.lock(claim('one'), false);
			chownSync(lock, 65534, 65534);
			assert.deepEqual(await lab.host.lock(claim('one'), false), {taken: false, owner: claim('one')});
			await lab.host.unlock('one');
			assert.ok(existsSync(lock));
			await lab.remove();
		});

		test('shows a hostile owner harmless and on one line, and waits for no pipe', async () => {
			const lab = taskHost(shell);
			const lock = join(lab.folder, 'lock');
			mkdirSync(lock);
			writeFileSync(join(lock, 'owner'), `run\x1b[2J\n${'x'.repeat(1000)}\nsince\x07\nmore\n`);
			const answer = await lab.host.lock(claim('mine'), false);
			assert.ok(!answer.taken);
			assert.equal(answer.owner.run, 'run\ufffd[2J');
			assert.ok(answer.owner.owner.length <= 200);
			assert.equal(answer.owner.since, 'since\ufffd');
			rmSync(join(lock, 'owner'));
			execFileSync('mkfifo', [join(lock, 'owner')]);
			assert.equal((await lab.host.lock(claim('mine'), false)).taken, false);
			rmSync(lock, {recursive: true});
			symlinkSync('/nowhere', lock);
			assert.equal((await lab.host.lock(claim('mine'), false)).taken, false);
			await lab.remove();
		});

		test('is a folder with a file that everybody can read', async () => {
			const lab = taskHost(shell);
			await lab.host.lock(claim('one'), false);
			const lines = readFileSync(join(lab.folder, 'lock/owner'), 'utf8');
			assert.equal(lines, "one\nAnn O'Hara <ann> $(id)\n2026-11-22T19:21:00Z\n");
			await lab.host.unlock('one');
			assert.ok(!existsSync(join(lab.folder, 'lock')));
			await lab.remove();
		});

		test('says where it cannot be made', async () => {
			const lab = taskHost(shell, {HANDRAIL_LOCK: '/no/such/folder/lock'});
			await assert.rejects(lab.host.lock(claim('one'), false), /no\/such\/folder\/lock cannot be made/);
			await lab.remove();
		});
	});
}
