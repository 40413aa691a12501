import {longDate, monthAndDay, timeOfDay, uptimeWords} from '../clock-words.ts';
import type {Call} from '../shell/program.ts';

export function uname(call: Call): number {
	const {world} = call.machine;
	const build = `#1 SMP PREEMPT_DYNAMIC Debian ${world.packages[`linux-image-${world.kernel}`]?.version ?? '6.1.119-1'} (2025-01-15)`;
	const parts: Record<string, string> = {
		s: 'Linux',
		n: world.name,
		r: world.kernel,
		v: build,
		m: 'x86_64',
		o: 'GNU/Linux',
	};
	const letters = call.args.join('').replaceAll('-', '') || 's';
	const wanted = letters.includes('a') ? 'snrvmo' : letters;
	call.out(
		`${[...wanted]
			.map(letter => parts[letter] ?? '')
			.filter(Boolean)
			.join(' ')}\n`,
	);
	return 0;
}

export function id(call: Call): number {
	const isRoot = call.args.includes('root') || (call.machine.isRoot && !call.args.includes('admin'));
	const [name, number] = isRoot ? ['root', 0] : ['admin', 1000];
	const groups = isRoot ? 'root' : 'admin sudo adm';
	const flags = call.args
		.filter(word => word.startsWith('-'))
		.join('')
		.replaceAll('-', '');
	if (flags.includes('G')) call.out(`${flags.includes('n') ? groups : isRoot ? '0' : '1000 27 4'}\n`);
	else if (/[ug]/.test(flags)) call.out(`${flags.includes('n') ? name : number}\n`);
	else
		call.out(
			isRoot
				? 'uid=0(root) gid=0(root) groups=0(root)\n'
				: 'uid=1000(admin) gid=1000(admin) groups=1000(admin),4(adm),27(sudo)\n',
		);
	return 0;
}

export const whoami = (call: Call): number => print(call, call.machine.isRoot ? 'root' : 'admin');
export const groups = (call: Call): number => print(call, call.machine.isRoot ? 'root' : 'admin adm sudo');
export const nproc = (call: Call): number => print(call, '2');
export const arch = (call: Call): number => print(call, 'x86_64');
export const tty = (call: Call): number => {
	call.out(call.machine.hasTerminal ? '/dev/pts/0\n' : 'not a tty\n');
	return call.machine.hasTerminal ? 0 : 1;
};

export function hostname(call: Call): number {
	const {name} = call.machine.world;
	if (call.args.includes('-I') || call.args.includes('-i')) return print(call, '192.0.2.10');
	return print(call, /^(-f|--fqdn)$/.test(call.args[0] ?? '') ? `${name}.example.net` : name);
}

export function hostnamectl(call: Call): number {
	const {name, machineId, boot, kernel} = call.machine.world;
	call.out(
		` Static hostname: ${name}\n       Icon name: computer-vm\n         Chassis: vm\n      Machine ID: ${machineId}\n         Boot ID: ${boot.id.replaceAll('-', '')}\n  Virtualization: kvm\nOperating System: Debian GNU/Linux 12 (bookworm)\n          Kernel: Linux ${kernel}\n    Architecture: x86-64\n`,
	);
	return 0;
}

export function lsbRelease(call: Call): number {
	call.out(
		'Distributor ID:\tDebian\nDescription:\tDebian GNU/Linux 12 (bookworm)\nRelease:\t12\nCodename:\tbookworm\n',
	);
	return 0;
}

export function uptime(call: Call): number {
	const {machine} = call;
	const {boot} = machine.world;
	if (call.args.includes('-s')) return print(call, new Date(boot.at).toISOString().slice(0, 19).replace('T', ' '));
	const up = uptimeWords(machine.now - boot.at);
	if (call.args.includes('-p')) return print(call, `up ${up}`);
	return print(call, uptimeLine(call));
}

export const uptimeLine = ({machine: {now, world}}: Call): string =>
	` ${timeOfDay(now)} up ${uptimeWords(now - world.boot.at)},  1 user,  load average: ${world.load.map(each => each.toFixed(2)).join(', ')}`;

export function who(call: Call): number {
	const {now, world} = call.machine;
	if (call.args.includes('-b'))
		return print(call, `         system boot  ${new Date(world.boot.at).toISOString().slice(0, 16).replace('T', ' ')}`);
	return print(
		call,
		`admin    pts/0        ${new Date(loginAt(call, now)).toISOString().slice(0, 16).replace('T', ' ')} (192.0.2.44)`,
	);
}

export function w(call: Call): number {
	const at = timeOfDay(loginAt(call, call.machine.now)).slice(0, 5);
	if (!call.args.includes('-h'))
		call.out(`${uptimeLine(call)}\nUSER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT\n`);
	return print(call, `admin    pts/0    192.0.2.44       ${at}    1:05   0.03s  0.03s -bash`);
}

export function last(call: Call): number {
	const {now, world} = call.machine;
	const day = (at: number) => `${longDate(at).slice(0, 3)} ${monthAndDay(at, ' ')} ${timeOfDay(at).slice(0, 5)}`;
	call.out(
		`admin    pts/0        192.0.2.44       ${day(loginAt(call, now))}   still logged in\nreboot   system boot  ${world.kernel.padEnd(16)} ${day(world.boot.at)}   still running\n\nwtmp begins ${longDate(world.boot.at)}\n`,
	);
	return 0;
}

const loginAt = ({machine: {world}}: Call, now: number): number => Math.max(world.boot.at + 20_000, now - 65_000);

function print(call: Call, line: string): number {
	call.out(`${line}\n`);
	return 0;
}
