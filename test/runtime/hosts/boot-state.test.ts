import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {release, tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {bootScript, bootState, parseBoot} from '../../../source/runtime/hosts/boot-state.ts';
import {localHost} from '../../../source/runtime/hosts/local.ts';
import {practiceHost} from '../../../source/runtime/practice/practice-host.ts';
import {isMissing, pathWith, shells} from '../../helpers/shells.ts';

const id = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

for (const shell of shells) {
	test(`how a host stands is found out with ${shell.name}`, {skip: isMissing(shell)}, t => {
		const folder = mkdtempSync(join(tmpdir(), 'boot-state-'));
		t.after(() => rmSync(folder, {recursive: true}));
		const env = {HANDRAIL_SETTLE: '0', PATH: pathWith(shell, folder)};
		const {stdout, status} = spawnSync('sh', ['-c', bootScript], {encoding: 'utf8', env});
		assert.equal(status, 0);
		const {id: said, kernel} = parseBoot(stdout);
		assert.deepEqual([said, kernel], [id, release()]);
	});
}

test('this machine says which boot it is', async t => {
	const host = localHost('local');
	t.after(() => host.close());
	const boot = await bootState(host, 0, AbortSignal.timeout(20_000));
	assert.deepEqual([boot.id, boot.kernel], [id, release()]);
});

test('the practice server says how it stands, too', async t => {
	const host = practiceHost('practice', {speed: 0});
	t.after(() => host.close());
	const {bootId} = await host.connect(AbortSignal.timeout(20_000));
	const boot = await bootState(host, 60, AbortSignal.timeout(20_000));
	assert.deepEqual([boot.id, boot.state, boot.failed], [bootId, 'running', []]);
	assert.match(boot.kernel, /^6\.1\.0-\d+-amd64$/);
});

const outputs: [output: string, expected: Partial<ReturnType<typeof parseBoot>>][] = [
	['', {id: '', kernel: '', state: '', failed: []}],
	[
		'boot 1a-2b\nkernel 6.1.0-13-amd64\nstate degraded\nfailed a.service\nfailed b@c.timer\n',
		{state: 'degraded', failed: ['a.service', 'b@c.timer']},
	],
	[
		'boot \u001b[2J\nkernel $(reboot)\nstate \u202e\nfailed \u001b]0;x\u0007.service\n',
		{id: '', kernel: '', state: '', failed: []},
	],
	[`${'failed a.service\n'.repeat(1000)}`, {failed: Array.from({length: 50}, () => 'a.service')}],
];

for (const [output, expected] of outputs) {
	test(`${JSON.stringify(output.slice(0, 60))} is read as what it may be, and no more`, () => {
		assert.deepEqual({...parseBoot(output), ...expected}, parseBoot(output));
	});
}
