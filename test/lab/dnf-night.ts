import type {TestContext} from 'node:test';
import {siteHooks} from './debian-state.ts';
import type {LabHost} from './lab-host.ts';
import {type LabRun, labRun} from './lab-run.ts';
import {nightRpms} from './night-rpms.ts';
import {type RpmRepository, rpmRepository} from './rpm-repository.ts';

export type DnfNightOptions = {breaks?: boolean; hasUpdates?: boolean; hasAdvisories?: boolean};

/** A host of a site that is due for a night with dnf: with hooks, and with a configuration file of its own. */
export async function dnfNight(
	context: TestContext,
	{breaks = false, hasUpdates = true, hasAdvisories = true}: DnfNightOptions = {},
): Promise<LabRun & {mirror: RpmRepository}> {
	const it = await labRun(context, {user: 'admin', family: 'rhel'});
	const rpms = nightRpms({breaks});
	const offered = hasUpdates ? rpms : {...rpms, new: rpms.old};
	const mirror = await rpmRepository(context, it.host, hasAdvisories ? offered : {...offered, advisories: []});
	await siteHooks(it.host);
	it.host.write('/etc/lab/settings.conf', 'answer = 43\n');
	return {...it, mirror};
}

/** Name and version of all that is installed, one a line, sorted. */
export const allInstalled = (host: LabHost): Promise<string> => host.exec("rpm -qa --qf '%{NAME} %{EVR}\\n' | sort");
