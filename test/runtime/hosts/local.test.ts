import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {hostname} from 'node:os';
import {describe, test} from 'node:test';
import {localHost} from '../../../source/runtime/hosts/local.ts';
import {isMissing, shells} from '../../helpers/shells.ts';
import {taskHost} from '../../helpers/task-host.ts';

for (const shell of shells) {
	describe(`The local host, in ${shell.name}`, {skip: isMissing(shell)}, () => {
		test('says which machine it is', async () => {
			const lab = taskHost(shell);
			const {identity, bootId, facts} = await lab.host.connect(new AbortController().signal);
			assert.equal(identity.ownName, hostname());
			assert.equal(bootId, readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
			assert.ok(facts['os'] && facts['arch']);
			assert.deepEqual(await lab.host.durable(), {can: true});
			await lab.remove();
		});

		test('has readings of every gauge from the first sample on', async () => {
			const lab = taskHost(shell);
			const readings = await lab.host.sample();
			for (const gauge of [
				'cpu',
				'load',
				'mem',
				'swap',
				'net',
				'dz',
				'reboot',
				'pkglock',
				'time',
				'readonly',
				'oom',
				'uptime',
			]) {
				assert.equal(typeof readings[gauge]?.value, 'number', `${gauge}: ${readings[gauge]?.why}`);
			}
			assert.match(readings['disk:/']!.why, /^\/: .* free of /);
			assert.ok(readings['inode:/']!.value! >= 0);
			assert.equal(readings['time']!.value, 0);
			const again = await lab.host.sample();
			assert.deepEqual(Object.keys(again).sort(), Object.keys(readings).sort());
			assert.doesNotMatch(again['cpu']!.why, /since the boot/);
			await lab.remove();
		});
	});
}

test('A shell that cannot be started is a host that cannot be reached', async () => {
	const host = localHost('local', {PATH: '/nowhere'});
	await assert.rejects(host.connect(new AbortController().signal), {name: 'NotConnected'});
});
