import assert from 'node:assert/strict';
import {test} from 'node:test';
import {onPractice} from './on-practice.ts';

const upgradeLine = /^Inst (\S+)(?: \[([^\]]+)\])? \((\S+) (.*?) \[(\w+)\]\)\n$/;

const table: [script: string, output: RegExp, exit: number][] = [
	['apt-get -s upgrade | grep ^Inst | head -1', upgradeLine, 0],
	[
		'apt list --upgradable 2>/dev/null',
		/^Listing\.\.\.\n(\S+\/[\w-]+ \S+ (amd64|all) \[upgradable from: \S+\]\n){10,}$/,
		0,
	],
	[
		'apt-cache policy openssl',
		/^openssl:\n {2}Installed: 3\.0\.15-1~deb12u1\n {2}Candidate: 3\.0\.17-1~deb12u2\n {2}Version table:\n {5}3\.0\.17-1~deb12u2 500\n {8}500 http:/,
		0,
	],
	['apt-mark showhold', /^mariadb-server\n$/, 0],
	[
		'apt-get -y upgrade',
		/^E: Could not open lock file \/var\/lib\/dpkg\/lock-frontend - open \(13: Permission denied\)\nE: .* are you root\?\n$/,
		100,
	],
	['sudo apt-get -y install openssl=9.9', /\nE: Version '9\.9' for 'openssl' was not found\n$/, 100],
	['sudo apt-get -y install nope', /\nE: Unable to locate package nope\n$/, 100],
	['sudo apt-get --nope', /^E: Command line option --nope is not understood/, 100],
	[
		'sudo apt-get -y --print-uris -qq upgrade | head -1',
		/^'http:\/\/deb\.debian\.org\/debian\/pool\/\S+\.deb' \S+_\S+_amd64\.deb \d+ \n$/,
		0,
	],
	['sudo apt-get upgrade', /Do you want to continue\? \[Y\/n\] Abort\.\n$/, 1],
	['dpkg --audit', /^$/, 0],
	['dpkg -l openssl', /\nii {2}openssl +3\.0\.15-1~deb12u1 +amd64 /, 0],
	['dpkg -l nope', /^dpkg-query: no packages found matching nope\n$/, 1],
	[
		`dpkg-query -W -f '$\{db:Status-Abbrev}|$\{binary:Package}|$\{Version}\\n' libssl3`,
		/^ii \|libssl3:amd64\|3\.0\.15-1~deb12u1\n$/,
		0,
	],
	['dpkg --compare-versions 1.0 lt 1.1', /^$/, 0],
	['dpkg --compare-versions 1.0 gt 1.1', /^$/, 1],
	['dpkg --get-selections | grep hold', /^mariadb-server\s+hold\n$/, 0],
	['systemctl is-active nginx', /^active\n$/, 0],
	['systemctl is-active nope', /^inactive\n$/, 3],
	['systemctl is-system-running', /^running\n$/, 0],
	['systemctl status nginx', /Active: active \(running\) since \w{3} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC; .* ago\n/, 0],
	['systemctl restart nginx', /Interactive authentication required/, 1],
	['sudo systemctl stop nginx; systemctl is-active nginx', /^inactive\n$/, 3],
	['curl -fsS http://localhost/', /^curl: \(7\) /, 7],
	['sudo systemctl start nginx; curl -fsS http://localhost/', /It works/, 0],
	['sudo sed -i "s/;$//" /etc/nginx/nginx.conf; sudo nginx -t', /\[emerg\] .* in \/etc\/nginx\/nginx\.conf:\d+/, 1],
	['sudo systemctl restart nginx', /^Job for nginx\.service failed/, 1],
	['systemctl --failed --no-legend --plain', /^nginx\.service loaded failed failed /, 0],
	['systemctl is-system-running', /^degraded\n$/, 1],
	['journalctl -u nginx --no-pager | tail -1', /Failed to start nginx\.service/, 0],
	[
		'df -P /boot',
		/^Filesystem +1024-blocks +Used +Available Capacity Mounted on\n\/dev\/vda1 +\d+ +\d+ +\d+ +\d+% \/boot\n$/,
		0,
	],
	['df /nope', /No such file or directory/, 1],
	['df -Pi / | tail -1', /^\/dev\/vda2 +\d+ +\d+ +\d+ +\d+% \/\n$/, 0],
	['free -m', /^ +total +used +free +shared +buff\/cache +available\nMem: +\d+/, 0],
	['uptime', /^ \d\d:\d\d:\d\d up 23 days, .* load average: \d\.\d\d, \d\.\d\d, \d\.\d\d\n$/, 0],
	['uname -srm', /^Linux 6\.1\.0-28-amd64 x86_64\n$/, 0],
	['hostname; hostname -f', /^web1\nweb1\.example\.net\n$/, 0],
	['who; w; last', /admin/, 0],
	['ps aux | grep -c sshd', /^[2-9]\n$/, 0],
	['pgrep -x cron', /^\d+\n$/, 0],
	['pgrep nope', /^$/, 1],
	['ss -tln | grep -c LISTEN', /^\d\n$/, 0],
	[
		'needrestart -b',
		/^NEEDRESTART-VER: 3\.6\nNEEDRESTART-KCUR: 6\.1\.0-28-amd64\nNEEDRESTART-KEXP: 6\.1\.0-28-amd64\nNEEDRESTART-KSTA: 1\n$/,
		0,
	],
	['findmnt -no SOURCE /boot', /^\/dev\/vda1\n$/, 0],
	['mountpoint -q /backup', /^$/, 0],
	['sudo lvs', /lvs: command not found/, 127],
	[
		"printf 'a b\\nc d\\n' > two; echo e >> two; awk 'NF == 2 { n++; next } NF == 1 { next } END { if (x) exit 9; print n; print NR, FNR, $0; exit 3 }' /etc/hostname two",
		/^2\n4 3 e\n$/,
		3,
	],
	["printf 'ü:1\\n' | awk -F : -v n=2 '{ name = $1; next } END { print name; print n }'", /^ü\n2\n$/, 0],
	['getent hosts nope.example', /^$/, 2],
	['timedatectl show -p NTPSynchronized', /^NTPSynchronized=yes\n$/, 0],
	['stat -c %d /backup; stat -c %d /', /^(\d+)\n(?!\1)\d+\n$/, 0],
	['sudo fuser /var/lib/dpkg/lock-frontend', /^$/, 1],
	['logger -t note hello; journalctl -n 1 --no-pager', /note\[\d+\]: hello\n$/, 0],
	['x=$(mktemp); test -f "$x" && echo "$x"', /^\/tmp\/tmp\.\w{10}\n$/, 0],
	['date -u +%Y', /^\d{4}\n$/, 0],
	['sleep 1x', /invalid time interval/, 1],
	['. /etc/os-release; echo "$ID $VERSION_ID"', /^debian 12\n$/, 0],
	["awk '{print $1}' /proc/loadavg", /^\d\.\d\d\n$/, 0],
	['sudo tar -czf /backup/etc.tgz -C / etc; tar -tzf /backup/etc.tgz | grep -c nginx.conf$', /^1\n$/, 0],
	[
		'mkdir t; tar -xzf /backup/etc.tgz -C t; cmp t/etc/hosts /etc/hosts || diff t/etc/hosts /etc/hosts && echo same',
		/same\n$/,
		0,
	],
	['tar -tf /etc/passwd', /does not look like a tar archive/, 2],
	[
		'sudo rsync -a / /backup/a/; sudo rsync -a / /backup/b/; sudo rsync -a / /backup/c/',
		/No space left on device \(28\)/,
		11,
	],
	['python3 -c 1', /not found/, 127],
	['touch a; chmod 600 a; echo more > a; ls -l a', /^-rw------- 1 admin admin 5 \w{3} [ \d]\d \d\d:\d\d a\n$/, 0],
	['ls -d /etc/apt /etc/hosts /nope', /^\/etc\/apt\n\/etc\/hosts\nls: cannot access '\/nope': .*\n$/, 2],
	['ls /boot | head -1', /^System\.map-6\.1\.0-26-amd64\n$/, 0],
	['install -d /srv/mine', /^install: cannot create directory '\/srv\/mine': Permission denied\n$/, 1],
	['sudo install -d -m 700 -o "$(id -u)" /srv/mine; echo x > /srv/mine/y; ls /srv/mine', /^y\n$/, 0],
	['sudo touch /srv/mine/roots; echo x > /srv/mine/roots', /Permission denied/, 2],
	['sudo chown root /srv/mine; echo x > /srv/mine/z', /Permission denied/, 2],
	[
		'echo more | sudo tee -a /etc/issue > /dev/null; sudo tar -dzf /backup/etc.tgz -C /',
		/^etc\/issue: Size differs\n/m,
		1,
	],
	['sudo tar -xzpf /backup/etc.tgz -C /; sudo tar -dzf /backup/etc.tgz -C /', /^$/, 0],
	['findmnt -rn -T /usr -o OPTIONS', /^rw,relatime,errors=remount-ro\n$/, 0],
	['findmnt -rn -o TARGET,FSTYPE -t ext4,xfs | sort | head -2', /^\/ ext4\n\/backup ext4\n$/, 0],
	['findmnt -rn -t nfs', /^$/, 1],
	['systemd-detect-virt; systemd-detect-virt -c', /^kvm\nnone\n$/, 1],
	['scp /etc/hosts admin@other:/srv/', /^ssh: Could not resolve hostname other: .*\nlost connection\n$/, 255],
	["sudo grub-reboot 'a>gnulinux-6.1.0-26-amd64-advanced'; sudo grub-editenv list", /^next_entry=a>gnulinux-6/, 0],
];

test('programs of the server print and end as they do on Debian', async () => {
	const {run, host} = await onPractice();
	for (const [script, output, exit] of table) {
		const ran = await run(script);
		assert.equal(ran.exit, exit, `${script}\n${ran.output}`);
		assert.match(ran.output, output, script);
	}
	await host.close();
});

test('the boot loader starts the kernel that was chosen for one boot, and the newest one otherwise', async () => {
	const {run, host} = await onPractice();
	const chosen = `sudo grub-reboot "$(awk -F "'" '/^\tmenuentry/ && /6.1.0-26/ { print "menu>" $4; exit }' /boot/grub/grub.cfg)"`;
	const kernels: string[] = [];
	for (const script of [`${chosen}; sudo reboot; sleep 60`, 'sudo reboot; sleep 60']) {
		assert.equal((await run(script)).report.is, 'lost');
		kernels.push((await run('uname -r')).output);
	}
	assert.deepEqual(kernels, ['6.1.0-26-amd64\n', '6.1.0-28-amd64\n']);
	await host.close();
});
