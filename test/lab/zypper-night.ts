import type {TestContext} from 'node:test';
import {siteHooks} from './debian-state.ts';
import type {LabHost} from './lab-host.ts';
import {both, type LabPackagesOptions, type Package} from './lab-packages.ts';
import {labRpms, type Rpms} from './lab-rpms.ts';
import {type LabRun, labRun} from './lab-run.ts';
import {rpmRepository} from './rpm-repository.ts';

/** A host of a site that is due for a night with zypper: with hooks, and with a configuration file of its own. */
export async function zypperNight(context: TestContext, rpms: Rpms): Promise<LabRun> {
	const it = await labRun(context, {user: 'admin', family: 'suse'});
	await rpmRepository(context, it.host, rpms);
	await siteHooks(it.host);
	it.host.write('/etc/lab/settings.conf', 'answer = 43\n');
	return it;
}

/** The usual packages, and such as only `zypper update` brings: no patch is about them, and one needs a new one. */
export function zypperRpms(options: LabPackagesOptions = {}): Rpms {
	const usual = labRpms('suse', options);
	const pairs = [
		{old: {name: 'lab-c++', version: '1:1.0-1'}, new: {name: 'lab-c++', version: '1:2.0-1'}},
		both(version => ({name: 'lab-needs', version, ...(version === '1.0-1' ? {} : {depends: 'lab-fresh'})})),
	];
	return {
		...usual,
		old: [...usual.old, ...pairs.map(pair => pair.old)],
		new: [...usual.new, ...pairs.map(pair => pair.new), fresh],
	};
}

/** A package that is offered, and that nothing installed needs. */
export const fresh: Package = {name: 'lab-fresh', version: '1.0-1'};

/** All that is installed, as the page writes it down, sorted. */
export async function installed(host: LabHost): Promise<string[]> {
	const all = await host.exec(`rpm -qa --qf '%{NAME}:%{ARCH} %{EVR}\\n'`);
	return all.trim().split('\n').sort();
}
