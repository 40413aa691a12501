import type {Programs} from '../shell/program.ts';
import {aptGet} from './apt-get.ts';
import {apt, aptCache, aptMark} from './apt-others.ts';
import {awk} from './awk.ts';
import {rsync} from './backup.ts';
import {grubEditenv, grubReboot} from './boot-loader.ts';
import {dpkg, dpkgQuery} from './dpkg.ts';
import {
	arch,
	groups,
	hostname,
	hostnamectl,
	id,
	last,
	lsbRelease,
	nproc,
	tty,
	uname,
	uptime,
	w,
	who,
	whoami,
} from './identity.ts';
import {chown, install} from './install.ts';
import {dmesg, journalctl, logger} from './journal.ts';
import {ls} from './list-files.ts';
import {curl, getent, ip, ping, scp, ss} from './network.ts';
import {poweroff, reboot, shutdown} from './power.ts';
import {free, kill, pgrep, ps, top, vmstat} from './processes.ts';
import {date, detectVirt, fuser, mktemp, needrestart, nginx, nothing, sleep, stat, sync, timedatectl} from './small.ts';
import {df, du, findmnt, lsblk, mount, mountpoint} from './storage.ts';
import {systemctl} from './systemctl.ts';
import {tar} from './tar.ts';
import {env, find, passing, sudo, timeout, xargs} from './wrappers.ts';

/** The server's own programs. What it has beside them comes with the shell language. */
export const programs: Programs = {
	apt: {run: apt, slow: true},
	'apt-cache': {run: aptCache},
	'apt-get': {run: aptGet, slow: true},
	'apt-mark': {run: aptMark},
	arch: {run: arch},
	awk: {run: awk, wraps: true},
	chown: {run: chown},
	curl: {run: curl},
	date: {run: date, wraps: true},
	df: {run: df},
	dmesg: {run: dmesg},
	dpkg: {run: dpkg, slow: true},
	'dpkg-query': {run: dpkgQuery},
	du: {run: du},
	env: {run: env, slow: true},
	find: {run: find, wraps: true},
	findmnt: {run: findmnt},
	free: {run: free},
	fuser: {run: fuser},
	getent: {run: getent},
	groups: {run: groups},
	'grub-editenv': {run: grubEditenv},
	'grub-reboot': {run: grubReboot},
	halt: {run: poweroff},
	hostname: {run: hostname},
	hostnamectl: {run: hostnamectl},
	id: {run: id},
	install: {run: install},
	ionice: {run: passing(0, ['-c', '-n']), slow: true},
	ip: {run: ip},
	journalctl: {run: journalctl},
	kill: {run: kill},
	last: {run: last},
	logger: {run: logger},
	ldconfig: {run: nothing},
	ls: {run: ls},
	lsblk: {run: lsblk},
	lsb_release: {run: lsbRelease},
	mktemp: {run: mktemp},
	mount: {run: mount},
	mountpoint: {run: mountpoint},
	needrestart: {run: needrestart},
	nginx: {run: nginx},
	nice: {run: passing(0, ['-n']), slow: true},
	nohup: {run: passing(0), slow: true},
	nproc: {run: nproc},
	pgrep: {run: pgrep},
	ping: {run: ping, slow: true},
	poweroff: {run: poweroff},
	ps: {run: ps},
	reboot: {run: reboot},
	rsync: {run: rsync, slow: true},
	scp: {run: scp},
	setsid: {run: passing(0), slow: true},
	shutdown: {run: shutdown},
	sleep: {run: sleep},
	ss: {run: ss},
	ssh: {run: scp},
	stat: {run: stat, wraps: true},
	sudo: {run: sudo, slow: true},
	sync: {run: sync},
	sysctl: {run: nothing},
	systemctl: {run: systemctl, slow: true},
	'systemd-detect-virt': {run: detectVirt},
	tar: {run: tar},
	timedatectl: {run: timedatectl},
	timeout: {run: timeout, slow: true},
	top: {run: top},
	tty: {run: tty},
	'update-grub': {run: nothing},
	uname: {run: uname},
	uptime: {run: uptime},
	vmstat: {run: vmstat, slow: true},
	w: {run: w},
	who: {run: who},
	whoami: {run: whoami},
	xargs: {run: xargs, wraps: true},
};
