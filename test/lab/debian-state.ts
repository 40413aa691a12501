import type {LabHost} from './lab-host.ts';

/** The lab's packages on a host: name, architecture and version of each that is whole, one a line. */
export async function labVersions(host: LabHost): Promise<string[]> {
	const all = await host.exec(`dpkg-query -W -f '\${Package}:\${Architecture} \${Version} \${db:Status-Status}\n'`);
	const whole = all.split('\n').filter(line => /^(lab-|linux-image).* installed$/.test(line));
	return whole.map(line => line.replace(' installed', ''));
}

/** Scripts of the site in /etc/patching; each writes its name into /var/log/patching. */
export async function siteHooks(host: LabHost): Promise<void> {
	const names = ['silence', 'unsilence', 'drain', 'rejoin', 'stop', 'start', 'test'];
	for (const name of names) host.write(`/etc/patching/${name}`, `#!/bin/sh\necho ${name} >> /var/log/patching\n`);
	await host.exec('chmod 755 /etc/patching/*');
}

/** What Ubuntu always runs, by the name of a package manager at work: it waits for the shutdown, and holds no lock. */
export async function idleUpdater(host: LabHost): Promise<void> {
	const program = '/usr/local/sbin/unattended-upgrade-shutdown';
	host.write(program, '#!/bin/sh\nsleep infinity\n:\n');
	await host.exec(`chmod 755 ${program}; systemd-run --quiet ${program} --wait-for-signal`);
}
