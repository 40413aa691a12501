import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {thresholds} from '../../../source/core/gauges/thresholds.ts';
import {onPractice} from './on-practice.ts';

test('every gauge can be read, and none is raised on a quiet night', async () => {
	const {readings, host} = await onPractice();
	const now = await readings();
	const kinds = Object.keys(thresholds).filter(kind => kind !== 'disk' && kind !== 'inode');
	for (const gauge of [...kinds, 'disk:/', 'disk:/boot', 'disk:/var', 'disk:/backup', 'inode:/']) {
		assert.deepEqual([gauge, now[gauge]?.state, typeof now[gauge]?.value], [gauge, 'ok', 'number']);
	}
	await host.close();
});

test('gauges move with the work and settle after it', async () => {
	const {host, readings, specOf, run} = await onPractice({speed: 5});
	const before = await readings();
	const spec = specOf('sudo apt-get -y upgrade --with-new-pkgs');
	await host.start(spec, {});
	const highest: Record<string, number> = {};
	while ((await host.ask(spec.task)).is === 'running') {
		for (const [gauge, {value}] of Object.entries(await readings()))
			highest[gauge] = Math.max(highest[gauge] ?? 0, value ?? 0);
		await wait(20);
	}
	const after = await readings();
	assert.ok(highest['cpu']! > before['cpu']!.value! + 25, `cpu rose to ${highest['cpu']}`);
	assert.ok(highest['mem']! > before['mem']!.value! + 3, `mem rose to ${highest['mem']}`);
	assert.equal(highest['pkglock'], 1);
	assert.ok(after['cpu']!.value! < 10, `cpu settled at ${after['cpu']!.value}`);
	assert.ok(after['disk:/boot']!.value! > before['disk:/boot']!.value! + 10);
	assert.ok(after['disk:/']!.value! > before['disk:/']!.value!);
	assert.equal(after['reboot']!.state, 'high');
	await run(
		'sudo apt-get -y autoremove; sudo sed -i s/http/http\\;x/ /etc/nginx/nginx.conf; echo "}" | sudo tee -a /etc/nginx/nginx.conf; sudo systemctl restart nginx || true',
	);
	const broken = await readings();
	assert.deepEqual([broken['units']!.state, broken['units']!.why], ['high', 'nginx.service']);
	assert.ok(broken['disk:/boot']!.value! < after['disk:/boot']!.value!);
	await host.close();
});
