import type {TestContext} from 'node:test';
import {aptRepository} from '../apt-repository.ts';
import type {LabHost} from '../lab-host.ts';
import {labPackages} from '../lab-packages.ts';

/** Gives a host packages, and updates of them the last of which cannot be configured. */
export async function offerUpgrade(context: TestContext, host: LabHost): Promise<void> {
	await aptRepository(context, host, labPackages({breaks: true}));
}

/** Leaves packages new, one of them half done, a new kernel in /boot, and configuration that no package knows. */
export const spoil = `
DEBIAN_FRONTEND=noninteractive apt-get -q -y --with-new-pkgs upgrade > /dev/null 2>&1 || test $? = 100
test -n "$(dpkg --audit)"
echo other > /etc/new; echo other > /usr/new
`;

/** What there is of all this. */
export const spoilt = `
dpkg --audit
dpkg-query -W -f '\${Package} \${Version} \${Status}\\n' 'lab-*' 'linux-image-*'
cat /usr/share/lab/plain; ls /boot; ls /etc /usr | grep -x new || :
`;

/** Where nothing of it is left. */
export const unspoilt = [
	...['lab-broken', 'lab-plain', 'lab-secure', 'lab-settings', 'lab-slow', 'linux-image-6.1.0-1-amd64'].map(installed),
	...[installed('linux-image-amd64'), '1.0-1', 'vmlinuz-6.1.0-1-amd64', ''],
].join('\n');

function installed(name: string): string {
	return `${name} 1.0-1 install ok installed`;
}
