import {longDate, systemdDate} from '../clock-words.ts';
import {kernels} from '../packages.ts';
import {seededHex} from '../seeded.ts';
import type {Call} from '../shell/program.ts';
import {nginxProblem} from '../units.ts';

export async function sleep(call: Call): Promise<number> {
	let milliseconds = 0;
	for (const word of call.args) {
		const [, number, unit = 's'] = /^(\d*\.?\d+)([smhd]?)$/.exec(word) ?? [];
		if (number === undefined) {
			call.err(`sleep: invalid time interval '${word}'\n`);
			return 1;
		}
		milliseconds += Number(number) * {s: 1, m: 60, h: 3600, d: 86_400}[(unit || 's') as 's'] * 1000;
	}
	await call.machine.pass(milliseconds);
	return 0;
}

/** The server's own clock; other dates as the shell language has them. */
export async function date(call: Call): Promise<number> {
	const {now} = call.machine;
	const plain = call.args.filter(word => word !== '-u' && word !== '--utc');
	const format = plain.find(word => word.startsWith('+'));
	if (plain.length === 0) call.out(`${longDate(now)}\n`);
	else if (plain.some(word => /^(-d|--date|-r|-s)/.test(word))) return await call.usual();
	else if (plain.some(word => /^-I|^--iso/.test(word)))
		call.out(`${new Date(now).toISOString().slice(0, plain.some(word => /s(econds)?$/.test(word)) ? 19 : 10)}\n`);
	else if (format)
		return await call.usual([
			'-u',
			'-d',
			`@${Math.floor(now / 1000)}`,
			format.replaceAll(
				'%N',
				String(now % 1000)
					.padStart(3, '0')
					.padEnd(9, '0'),
			),
		]);
	else return await call.usual();
	return 0;
}

export async function mktemp(call: Call): Promise<number> {
	const {machine, args} = call;
	const number = machine.newPid();
	const template = args.find(word => word.includes('XXX')) ?? '/tmp/tmp.XXXXXXXXXX';
	const path = template.replace(/X{3,}/, run => seededHex(machine.world.seed, `temporary ${number}`, run.length));
	const full = machine.files.resolvePath(call.cwd, path);
	if (args.some(word => /^-\w*d/.test(word))) await machine.files.mkdir(full);
	else await machine.files.writeFile(full, '');
	call.out(`${full}\n`);
	return 0;
}

/** `-b`: what runs with replaced libraries, and whether the kernel is the newest. */
export function needrestart(call: Call): number {
	const {kernel, outdated} = call.machine.world;
	const newest = kernels(call.machine.world).at(-1) ?? kernel;
	call.out(
		`NEEDRESTART-VER: 3.6\nNEEDRESTART-KCUR: ${kernel}\nNEEDRESTART-KEXP: ${newest}\nNEEDRESTART-KSTA: ${newest === kernel ? 1 : 3}\n`,
	);
	for (const unit of [...outdated].sort()) call.out(`NEEDRESTART-SVC: ${unit}\n`);
	return 0;
}

export function timedatectl(call: Call): number {
	const {now} = call.machine;
	if (call.args[0] === 'show') {
		const isValue = call.args.includes('--value');
		for (const [key, value] of Object.entries({Timezone: 'Etc/UTC', NTP: 'yes', NTPSynchronized: 'yes'})) {
			const wish = call.args[call.args.indexOf('-p') + 1];
			if (!call.args.includes('-p') || wish === key) call.out(isValue ? `${value}\n` : `${key}=${value}\n`);
		}
		return 0;
	}
	call.out(
		`               Local time: ${systemdDate(now)}\n           Universal time: ${systemdDate(now)}\n                 RTC time: ${systemdDate(now).replace(' UTC', '')}\n                Time zone: Etc/UTC (UTC, +0000)\nSystem clock synchronized: yes\n              NTP service: active\n          RTC in local TZ: no\n`,
	);
	return 0;
}

/** A virtual machine, and no container. */
export function detectVirt(call: Call): number {
	const {args} = call;
	const isContainer = args.some(word => /^(-\w*c\w*|--container)$/.test(word));
	if (!args.some(word => /^(-\w*q\w*|--quiet)$/.test(word))) call.out(isContainer ? 'none\n' : 'kvm\n');
	return isContainer ? 1 : 0;
}

/** Who has a file open: only the locks of apt are known here. */
export function fuser(call: Call): number {
	const {packaging} = call.machine.world;
	const path = call.args.filter(word => !word.startsWith('-')).at(-1) ?? '';
	if (!packaging || !/\/lock(-frontend)?$/.test(path)) return 1;
	call.out(`${path}: ${packaging.pid}\n`);
	return 0;
}

export async function nginx(call: Call): Promise<number> {
	if (call.args.includes('-v') || call.args.includes('-V')) {
		call.err('nginx version: nginx/1.22.1\n');
		return 0;
	}
	const problem = await nginxProblem(call.machine);
	call.err(
		problem
			? `${problem}\nnginx: configuration file /etc/nginx/nginx.conf test failed\n`
			: 'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful\n',
	);
	return problem ? 1 : 0;
}

/** `stat -f`: the file system; `-c %d` its device; other questions as the shell language answers them. */
export async function stat(call: Call): Promise<number> {
	const {args, machine} = call;
	const at = args.indexOf('-c');
	const format = at >= 0 ? args[at + 1]! : undefined;
	const path = args.filter((word, index) => !word.startsWith('-') && index !== at + 1).at(-1) ?? '';
	const full = machine.files.resolvePath(call.cwd, path);
	const isPlace = args.includes('-f');
	if ((!isPlace && !format?.includes('%d')) || !(await machine.files.exists(full))) return await call.usual();
	const space = await machine.files.space(full);
	if (format?.includes('%d')) call.out(`${format.replaceAll('%d', String(space.node))}\n`);
	else if (format)
		call.out(
			`${format
				.replaceAll('%a', String(Math.floor(space.free / 4)))
				.replaceAll('%S', '4096')
				.replaceAll('%T', space.type === 'ext4' ? 'ext2/ext3' : space.type)
				.replaceAll('%b', String(Math.floor(space.total / 4)))}\n`,
		);
	else
		call.out(
			`  File: "${path}"\n    ID: ${space.uuid.slice(0, 8)} Namelen: 255     Type: ext2/ext3\nBlock size: 4096       Fundamental block size: 4096\nBlocks: Total: ${Math.floor(space.total / 4)} Free: ${Math.floor((space.total - space.used) / 4)} Available: ${Math.floor(space.free / 4)}\nInodes: Total: ${space.inodes} Free: ${space.inodes - space.usedInodes}\n`,
		);
	return 0;
}

export async function sync(call: Call): Promise<number> {
	await call.machine.pass(60, {waiting: 0.2});
	return 0;
}

/** As root only; nothing to see. */
export const nothing = (): number => 0;
