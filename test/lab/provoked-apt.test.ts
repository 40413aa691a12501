import {describe, type TestContext, test} from 'node:test';
import {aptRepository} from './apt-repository.ts';
import {labHost} from './lab-host.ts';
import type {LabOptions} from './lab-options.ts';
import {hasNoLab} from './needs-lab.ts';
import {aptMachine, aptPackages} from './provoked/apt-packages.ts';
import {aptSources} from './provoked/apt-sources.ts';
import {services} from './provoked/everywhere.ts';
import {failingPackages, largePackages} from './provoked/failing-packages.ts';
import {FaultyMirror} from './provoked/faulty-mirror.ts';
import {provoked} from './provoked/provoked.ts';
import {tonight} from './provoked/scene.ts';

const limit = {timeout: 400_000};

/** A host that gets its packages from a mirror that can be made to fail. */
async function served(context: TestContext, packages = failingPackages(), options: LabOptions = {}) {
	const host = await labHost(context, options);
	const repository = await aptRepository(context, host, packages);
	const mirror = await FaultyMirror.start(context, repository.folder, host.near);
	const sources = '/etc/apt/sources.list';
	host.write(sources, host.read(sources).replaceAll(repository.address, mirror.address));
	// Else it tries three times more, with seconds between.
	host.write('/etc/apt/apt.conf.d/lab', 'Acquire::Retries "0";\n');
	await host.exec('apt-get update');
	return {scene: await tonight(host), repository, mirror};
}

describe('Failures of apt on a real host lead to their entries, which cure them', {
	skip: hasNoLab,
	concurrency: 3,
}, () => {
	test('where the sources fail', limit, async context => {
		const {scene, repository, mirror} = await served(context);
		await provoked(context, scene, aptSources(context, scene, repository, mirror));
	});

	test('where packages fail', limit, async context => {
		const {scene, repository, mirror} = await served(context);
		await provoked(context, scene, aptPackages(scene, repository, mirror));
	});

	test('where the machine fails', limit, async context => {
		const {scene} = await served(context, largePackages(), {
			disk: 80,
			disks: [{path: '/data', size: 20, layout: 'ext4'}],
		});
		await provoked(context, scene, [...aptMachine, ...services]);
	});
});
