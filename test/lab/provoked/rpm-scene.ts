import type {Cleaning} from '../lab-host.ts';
import {labHost} from '../lab-host.ts';
import type {Generations} from '../lab-packages.ts';
import {rpmRepository} from '../rpm-repository.ts';
import {failingRpms} from './failing-packages.ts';
import {FaultyMirror} from './faulty-mirror.ts';
import {RpmSources, repositoryFile} from './rpm-sources.ts';
import {tonight} from './scene.ts';
import {selfSigned} from './self-signed.ts';

/** A host with dnf or zypper that gets its packages from a mirror that can be made to fail. */
export async function rpmScene(
	context: Cleaning,
	family: 'rhel' | 'suse',
	packages: Generations = failingRpms(),
	disk = 256,
) {
	const host = await labHost(context, {family, disk});
	const repository = await rpmRepository(context, host, {...packages, advisories: []});
	const mirror = await FaultyMirror.start(context, repository.folder, host.near);
	const secure = await FaultyMirror.start(context, repository.folder, host.near, selfSigned(host.near));
	const file = repositoryFile(host);
	host.write(file, host.read(file).replace(repository.address, mirror.address));
	// What zypper checks certificates with; dnf brings its own.
	if (family === 'suse') host.write('/etc/ssl/certs/ca-certificates.crt', selfSigned(host.near).cert);
	await host.exec(family === 'rhel' ? 'dnf -y makecache' : 'zypper --non-interactive refresh');
	// An overlay cannot rename a folder from below, and rpm rebuilds its database beside it.
	await host.exec('cp -a /var/lib/rpm /var/lib/rpm.new; rm -r /var/lib/rpm; mv /var/lib/rpm.new /var/lib/rpm');
	const scene = await tonight(host);
	return {scene, repository, mirror, sources: new RpmSources(scene, repository, mirror, secure)};
}
