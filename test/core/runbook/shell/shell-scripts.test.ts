import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dangerOf} from '../../../../source/core/runbook/shell/dangers.ts';
import {placeholdersOf} from '../../../../source/core/runbook/shell/placeholders.ts';
import {scanShell} from '../../../../source/core/runbook/shell/scan-shell.ts';

test('a scan finds commands, assignments and expansions', () => {
	const scan = scanShell(
		'A=1 make -j "$N" > out.txt 2>&1 && for i in x; do echo `id`; done # ls\ncat <<E\n$B\nE\nread -r C',
	);
	assert.deepEqual(scan.commands, [
		['make', '-j', '$N'],
		['for', 'i', 'in', 'x'],
		['id'],
		['echo'],
		['cat'],
		['read', '-r', 'C'],
	]);
	assert.deepEqual([...scan.sets], ['A', 'i', 'C']);
	assert.deepEqual([...scan.uses.keys()], ['N', 'B']);
});

const dangerous = [
	'reboot',
	'sudo reboot',
	'sudo -u root /sbin/reboot now',
	'shutdown -r +1',
	'init 6',
	'systemctl reboot',
	'timeout 5 env X=1 poweroff',
	'mkfs.xfs /dev/sdb',
	'wipefs -a /dev/sdb',
	'dd if=/dev/zero of=/dev/sdb',
	'rm -rf /',
	'rm -r -f /etc',
	'rm --recursive "/var/*"',
	'sudo dnf -y history undo last',
	'if true; then reboot; fi',
	'echo x | sudo sh -c "cd / && reboot"',
	'ssh -p 22 web1 sudo reboot',
	'x=$(halt)',
];
for (const script of dangerous) {
	test(`dangerous: ${script}`, () => assert.notEqual(dangerOf(scanShell(script)), undefined));
}

const harmless = [
	'echo reboot',
	'test -f /run/reboot-required',
	'# reboot',
	"grep 'reboot' /var/log/syslog",
	'last reboot',
	'shutdown -c',
	'init 3',
	'systemctl status reboot.target',
	'dd if=/dev/sda of=/dev/null',
	'rm -rf /tmp/x /var/tmp/*',
	'rm -rf /srv/app/releases',
	'rm /etc/foo',
	'dnf history undo 17',
	'cat <<EOF\nreboot\nEOF',
];
for (const script of harmless) {
	test(`not dangerous: ${script}`, () => assert.equal(dangerOf(scanShell(script)), undefined));
}

const placeholders: [script: string, expected: string[]][] = [
	['ssh <host> ls <path/to file>', ['<host>', '<path/to file>']],
	['cat <in >out', []],
	['cat <<EOF>file\nEOF', []],
	['echo "<b>x</b>"', []],
	['git commit --author "A <a@b.example>"', []],
	['export T=YOUR_TOKEN; echo YOUR-HOST-NAME', ['YOUR_TOKEN', 'YOUR-HOST-NAME']],
	['curl {{ url }}', ['{{ url }}']],
	["docker ps --format '{{ json . }}'", []],
	["x --format '{{.Names}}'", []],
	[`echo $NAME \${OTHER} $HOME $lower $A`, ['$NAME', '$OTHER']],
	[`echo \${NAME:-x} \${REGION:?missing}`, ['$REGION']],
	["awk '{print $NF}' x; echo \\$ESCAPED", []],
	['echo $KNOWN', []],
	['ls', []],
];
for (const [script, expected] of placeholders) {
	test(`placeholders of ${JSON.stringify(script)}`, () => {
		assert.deepEqual(placeholdersOf(script, scanShell(script), new Set(['KNOWN'])), expected);
	});
}
