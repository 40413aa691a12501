import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {parseFacts} from '../../../source/runtime/hosts/facts.ts';

const systems: {release: string; programs: string; init?: string; facts: Record<string, string>}[] = [
	{
		release: 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"',
		programs: 'apt-get',
		facts: {os: 'debian', family: 'debian', pm: 'apt', version: '12'},
	},
	{
		release: "ID=debian\nVERSION_CODENAME='trixie/sid'",
		programs: 'apt-get\ndnf\nzypper',
		facts: {os: 'debian', family: 'debian', pm: 'apt'},
	},
	{
		release: 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"',
		programs: 'apt-get',
		facts: {os: 'ubuntu', family: 'debian', pm: 'apt', version: '24.04'},
	},
	{
		release: 'ID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"',
		programs: 'dnf\nyum',
		facts: {os: 'rocky', family: 'rhel', pm: 'dnf', version: '9.4'},
	},
	{
		release: 'ID="centos"\nID_LIKE="rhel fedora"\nVERSION_ID="7"',
		programs: 'yum',
		facts: {os: 'centos', family: 'rhel', pm: 'yum', version: '7'},
	},
	{
		release: 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\nVERSION_ID="15.6"',
		programs: 'zypper',
		facts: {os: 'opensuse-leap', family: 'suse', pm: 'zypper', version: '15.6'},
	},
	{
		release: 'ID=newcomer\nID_LIKE="unknown rhel"\nVERSION_ID=1',
		programs: 'dnf',
		facts: {os: 'newcomer', family: 'rhel', pm: 'dnf', version: '1'},
	},
	{
		release: 'ID=alpine\nVERSION_ID=3.20.1',
		programs: 'openrc',
		init: 'init',
		facts: {os: 'alpine', family: 'other', pm: 'other', version: '3.20.1', init: 'openrc'},
	},
	{release: '', programs: '', init: 'bash', facts: {family: 'other', pm: 'other', init: 'other'}},
];
for (const {release, programs, init = 'systemd', facts} of systems) {
	test(`${facts['os'] ?? 'A system without a name'} with ${programs.replaceAll('\n', ', ') || 'no package manager'} is known`, () => {
		const output = `@ os\n${release}\n@ arch\nx86_64\n@ init\n${init}\n@ programs\n${programs}\n@ end\n`;
		assert.deepEqual(parseFacts(output, '@', '').facts, {init: 'systemd', arch: 'x86_64', ...facts});
	});
}

test('The identity is what the machine says, and the key that it was reached with', () => {
	const output = '@ machine\n3d1219c7c4c5404aaa1f6d2a48adfda4\n@ boot\n7a15a332-9ee2\n@ name\nweb1.example\n@ end\n';
	assert.deepEqual(parseFacts(output, '@', 'SHA256:key'), {
		identity: {machineId: '3d1219c7c4c5404aaa1f6d2a48adfda4', hostKey: 'SHA256:key', ownName: 'web1.example'},
		bootId: '7a15a332-9ee2',
		facts: {family: 'other', pm: 'other', init: 'other'},
	});
});

test('Facts are plain words, whatever a host says', () => {
	const section = fc.constantFrom(
		'@ os\n',
		'@ arch\n',
		'@ init\n',
		'@ programs\n',
		'ID=',
		'VERSION_ID="',
		'\n',
		'\x1b[2J',
		'__proto__',
		' ',
	);
	fc.assert(
		fc.property(fc.array(fc.oneof(section, fc.string())), parts => {
			for (const value of Object.values(parseFacts(parts.join(''), '@', '').facts))
				assert.match(value, /^[a-z0-9._+~-]{1,64}$/);
		}),
	);
});
