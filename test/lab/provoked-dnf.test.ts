import {describe, test} from 'node:test';
import {hasNoLab} from './needs-lab.ts';
import {dnfChooses, dnfPackages} from './provoked/dnf-packages.ts';
import {dnfSources} from './provoked/dnf-sources.ts';
import {services} from './provoked/everywhere.ts';
import {largePackages} from './provoked/failing-packages.ts';
import {download} from './provoked/page-commands.ts';
import {provoked} from './provoked/provoked.ts';
import {rpmMachine, rpmPackages} from './provoked/rpm-packages.ts';
import {rpmScene} from './provoked/rpm-scene.ts';
import {walk} from './provoked/scene.ts';

const limit = {timeout: 400_000};

describe('Failures of dnf on a real host lead to their entries, which cure them', {
	skip: hasNoLab,
	concurrency: 3,
}, () => {
	test('where the sources fail', limit, async context => {
		const {scene, mirror, sources} = await rpmScene(context, 'rhel');
		await provoked(context, scene, dnfSources(context, scene, mirror, sources));
	});

	test('where packages fail', limit, async context => {
		const {scene, repository, mirror} = await rpmScene(context, 'rhel');
		const common = rpmPackages(scene, repository, mirror, dnfChooses, () => walk(scene, download));
		await provoked(context, scene, [...common, ...dnfPackages(scene)]);
	});

	test('where the machine fails', limit, async context => {
		const {scene} = await rpmScene(context, 'rhel', largePackages(), 160);
		const common = rpmMachine(scene, dnfChooses, () => walk(scene, download));
		await provoked(context, scene, [...common, ...services]);
	});
});
