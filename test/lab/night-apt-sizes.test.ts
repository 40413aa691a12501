import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {aptRepository} from './apt-repository.ts';
import {labVersions} from './debian-state.ts';
import {labRun} from './lab-run.ts';
import {manyPackages} from './many-packages.ts';
import {hasNoLab} from './needs-lab.ts';
import {walkNight} from './night.ts';
import {nightPackages} from './night-packages.ts';

const limit = {timeout: 200_000};

describe('A patch night on a real Debian host', {skip: hasNoLab, concurrency: 2}, () => {
	test('with nothing to update ends completed, and has changed nothing', limit, async context => {
		const it = await labRun(context, {user: 'admin', disk: 1024});
		const {host} = it;
		await aptRepository(context, host, {old: nightPackages().old, new: []});
		const before = await labVersions(host);
		const history = host.read('/var/log/apt/history.log');
		const night = await walkNight(it);
		assert.equal(night.code, 0, night.said);
		assert.equal(night.end, 'completed');
		assert.match(night.output('what-it-means/pending'), /^0 packages: 0 for security, 0 new, 0 taken away$/m);
		assert.equal(night.output('commands-to-run/apply'), 'nothing is planned\n');
		assert.deepEqual(await labVersions(host), before);
		assert.equal(host.read('/var/log/apt/history.log'), history);
		assert.equal(host.boots.length, 1);
		const list = await it.program.run(['rollback', night.run, '--list', '--json', '--trust']);
		const [way] = JSON.parse(list.out).filter(({name}: {name: string}) => name === 'downgrade-the-packages');
		assert.deepEqual([way.available, way.evidence], ['no', 'this run has no plan to take back']);
	});

	test('with 1,500 updates plans, judges, compares and fetches each of them', limit, async context => {
		const it = await labRun(context, {user: 'admin', disk: 1024});
		const {host} = it;
		await manyPackages(host, await aptRepository(context, host, {old: [], new: []}), 1500);
		// To install them takes minutes, and would show nothing more.
		host.write('/etc/apt/apt.conf.d/99no-dpkg', 'DPkg::Pre-Invoke {"echo enough is known; exit 1";};\n');
		const night = await walkNight(it);
		assert.equal(night.code, 1, night.said);
		assert.equal(night.output('the-plan/plan').match(/^lab-many-/gm)?.length, 1500);
		const table = night.output('what-it-means/pending');
		assert.match(table, /^1500 packages: 300 for security, 0 new, 0 taken away$/m);
		assert.ok(table.indexOf('lab-many-1495 ') < table.indexOf('lab-many-0001 '), 'those for security come first');
		assert.equal(night.output('what-it-means/old-versions'), '0 old versions are lost, 0 were in the cache\n');
		assert.match(night.output('compare-with-the-plan/as-planned'), /^apt would do exactly what the plan says/m);
		assert.equal((await host.exec('ls /var/cache/apt/archives')).match(/2\.0-1_all\.deb$/gm)?.length, 1500);
		assert.match(night.output('commands-to-run/apply'), /^enough is known$/m);
	});
});
