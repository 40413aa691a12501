import {describe, test} from 'node:test';
import {hasNoLab} from './needs-lab.ts';
import {services} from './provoked/everywhere.ts';
import {largePackages} from './provoked/failing-packages.ts';
import {download} from './provoked/page-commands.ts';
import {provoked} from './provoked/provoked.ts';
import {rpmMachine, rpmPackages} from './provoked/rpm-packages.ts';
import {rpmScene} from './provoked/rpm-scene.ts';
import {walk} from './provoked/scene.ts';
import {zypperChooses, zypperPackages} from './provoked/zypper-packages.ts';
import {zypperSources} from './provoked/zypper-sources.ts';

const limit = {timeout: 400_000};

describe('Failures of zypper on a real host lead to their entries, which cure them', {
	skip: hasNoLab,
	concurrency: 3,
}, () => {
	test('where the sources fail', limit, async context => {
		const {scene, mirror, sources} = await rpmScene(context, 'suse');
		await provoked(context, scene, zypperSources(context, scene, mirror, sources));
	});

	test('where packages fail', limit, async context => {
		const {scene, repository, mirror} = await rpmScene(context, 'suse');
		const common = rpmPackages(scene, repository, mirror, zypperChooses, () => walk(scene, download));
		await provoked(context, scene, [...common, ...zypperPackages]);
	});

	test('where the machine fails', limit, async context => {
		const {scene} = await rpmScene(context, 'suse', largePackages(), 160);
		const common = rpmMachine(scene, zypperChooses, () => walk(scene, download));
		await provoked(context, scene, [...common, ...services]);
	});
});
