import assert from 'node:assert/strict';
import {test} from 'node:test';
import {labRun} from './lab-run.ts';
import {hasNoLab} from './needs-lab.ts';

type Gauge = {value: number | null; state: string};

const failing = '[Service]\nType=oneshot\nExecStart=/bin/false\n';

test('A real Debian host says what it is and how it feels', {skip: hasNoLab, timeout: 400_000}, async context => {
	const it = await labRun(context, {user: 'operator', disk: 64, files: {'/etc/systemd/system/bad.service': failing}});
	const {host, program} = it;
	await host.exec('systemctl start bad || touch /run/reboot-required');
	await host.fillDisk();
	const {code, out, err} = await program.run(['probe', 'web1', '--json']);
	assert.equal(code, 0, err);
	const {facts, gauges} = JSON.parse(out) as {facts: Record<string, {value: string}>; gauges: Record<string, Gauge>};
	const expected = {
		...{name: 'web1', os: 'debian', family: 'debian', pm: 'apt', init: 'systemd', env: 'production'},
		version: (await host.exec('. /etc/os-release; echo $VERSION_ID')).trim(),
		machine: host.read('/etc/machine-id').trim(),
		boot: host.boots[0],
		key: (await host.exec('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub')).split(' ')[1],
	};
	for (const [fact, value] of Object.entries(expected)) assert.equal(facts[fact]?.value, value, fact);
	assert.deepEqual([gauges['units']?.value, gauges['reboot']?.value, gauges['uptime']?.value], [1, 1, 0]);
	assert.deepEqual([gauges['disk:/']?.value, gauges['disk:/']?.state], [100, 'critical']);
});
