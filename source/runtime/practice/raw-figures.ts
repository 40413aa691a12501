// What /proc says of the server, as the kernel prints it.
import {mountTable} from './data/mount-table.ts';
import {memory} from './processes.ts';
import {cpus, type World} from './world.ts';

const ticks = (milliseconds: number): number => Math.round(milliseconds / 10);

/** Files of /proc, and how each is made at a moment. */
export const procFiles: Record<string, (world: World, now: number) => string> = {
	'/proc/stat': ({spent, boot}) =>
		`cpu  ${ticks(spent.user)} 0 ${ticks(spent.system)} ${ticks(spent.idle)} ${ticks(spent.waiting)} 0 0 0 0 0\nbtime ${Math.floor(boot.at / 1000)}\n`,
	'/proc/meminfo'(world) {
		const {total, free, available, buffers, cached, swapTotal, swapFree} = memory(world);
		const rows = {
			MemTotal: total,
			MemFree: free,
			MemAvailable: available,
			Buffers: buffers,
			Cached: cached,
			SwapTotal: swapTotal,
			SwapFree: swapFree,
		};
		return Object.entries(rows)
			.map(([name, value]) => `${`${name}:`.padEnd(16)}${String(Math.round(value)).padStart(8)} kB\n`)
			.join('');
	},
	'/proc/loadavg': ({load, nextPid}) => `${load.map(each => each.toFixed(2)).join(' ')} 1/143 ${nextPid}\n`,
	'/proc/uptime': ({boot, spent}, now) => `${((now - boot.at) / 1000).toFixed(2)} ${(spent.idle / 1000).toFixed(2)}\n`,
	'/proc/vmstat': () => 'pswpin 0\npswpout 0\noom_kill 0\n',
	'/proc/net/dev': (_, now) =>
		`Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 1204411    9120    0    0    0     0          0         0  1204411    9120    0    0    0     0       0          0
  eth0: ${Math.floor(now / 40) % 4_000_000_000} 2210443    0    0    0     0          0         0 ${Math.floor(now / 90) % 4_000_000_000} 1180221    0    0    0     0       0          0
`,
	'/proc/pressure/cpu': ({activity}) => pressure('some', activity.user * 20),
	'/proc/pressure/io': ({activity}) => pressure('some', activity.waiting * 12) + pressure('full', activity.waiting * 6),
	'/proc/pressure/memory': () => pressure('some', 0) + pressure('full', 0),
	'/proc/cpuinfo': () =>
		Array.from(
			{length: cpus},
			(_, each) => `processor\t: ${each}\nvendor_id\t: GenuineIntel\nmodel name\t: Virtual CPU\n\n`,
		).join(''),
	'/proc/version': ({kernel, packages}) =>
		`Linux version ${kernel} (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) #1 SMP PREEMPT_DYNAMIC Debian ${packages[`linux-image-${kernel}`]?.version ?? ''}\n`,
	'/proc/cmdline': ({kernel}) =>
		`BOOT_IMAGE=/vmlinuz-${kernel} root=UUID=91f0a6c2-6c57-4d0e-9e77-3b7d7f5a9022 ro quiet\n`,
	'/proc/mounts': () => mountLines(),
	'/proc/locks': () => '',
	'/proc/mdstat': () => 'Personalities : \nunused devices: <none>\n',
	'/proc/swaps': () =>
		'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n/dev/vda5                               partition\t1048572\t\t12288\t\t-2\n',
	'/proc/1/comm': () => 'systemd\n',
	'/proc/sys/kernel/random/boot_id': ({boot}) => `${boot.id}\n`,
	'/proc/sys/kernel/hostname': ({name}) => `${name}\n`,
	'/proc/sys/kernel/osrelease': ({kernel}) => `${kernel}\n`,
	'/sys/devices/system/cpu/online': () => `0-${cpus - 1}\n`,
	'/etc/machine-id': ({machineId}) => `${machineId}\n`,
	'/proc/self/status': world => `Name:\tsh\nPid:\t${world.nextPid}\nUid:\t1000\t1000\t1000\t1000\n`,
};

const pressure = (kind: string, share: number): string =>
	`${kind} avg10=${share.toFixed(2)} avg60=${(share / 3).toFixed(2)} avg300=${(share / 12).toFixed(2)} total=0\n`;

function mountLines(): string {
	const pseudo = [
		'sysfs /sys sysfs rw 0 0',
		'proc /proc proc rw 0 0',
		'udev /dev devtmpfs rw 0 0',
		'tmpfs /run tmpfs rw,nosuid 0 0',
	];
	const real = [...mountTable]
		.reverse()
		.map(({device, place, type, options}) => `${device} ${place} ${type} ${options} 0 0`);
	return `${[...pseudo, ...real].join('\n')}\n`;
}
