import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {labRun, unattended} from './lab-run.ts';
import {hasNoLab} from './needs-lab.ts';

type Gauge = {value: number | null; state: string};

const limit = {timeout: 400_000};
const failing = '[Service]\nType=oneshot\nExecStart=/bin/false\n';

describe('A real host', {skip: hasNoLab, concurrency: 2}, () => {
	test('says what it is and how it feels', limit, async context => {
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

	const families = [
		{family: 'rhel', os: 'rocky', pm: 'dnf', version: '9.4'},
		{family: 'suse', os: 'opensuse-leap', pm: 'zypper', version: '15.6'},
	] as const;
	for (const {family, ...told} of families) {
		test(`says that it is of the ${family} family`, limit, async context => {
			const {program, host} = await labRun(context, {family});
			const facts = async () => {
				const {code, out, err} = await program.run(['probe', host.name, '--json']);
				assert.equal(code, 0, err);
				return (JSON.parse(out) as {facts: Record<string, {value: string}>}).facts;
			};
			const seen = await facts();
			for (const [fact, value] of Object.entries({family, ...told})) assert.equal(seen[fact]?.value, value, fact);
			if (family !== 'rhel') return;
			await host.exec('rm /usr/bin/dnf');
			assert.equal((await facts())['pm']?.value, 'yum');
		});
	}

	test('shows that its clock is an hour off', limit, async context => {
		const it = await labRun(context, {user: 'admin', clock: -3600});
		const {out, err} = await it.program.run(['probe', 'web1', '--json']);
		const {time} = (JSON.parse(out) as {gauges: Record<string, Gauge>}).gauges;
		assert.ok(time!.value! > 3590 && time!.value! < 3610 && time!.state !== 'ok', `${JSON.stringify(time)}${err}`);
		const task = '# Tell\n\n```sh { name=tell }\ndate +%s; sudo date +%s\n```\n';
		const began = Date.now() / 1000;
		assert.equal((await it.program.run(unattended(it, task))).code, 0);
		const [run] = await it.program.runs();
		const told = it.program.outputs(run!.id)['/tell']!.trimEnd().split('\n').map(Number);
		assert.equal(told.length, 2);
		for (const seconds of told) assert.ok(Math.abs(seconds + 3600 - began) < 60, `${seconds}`);
	});
});
