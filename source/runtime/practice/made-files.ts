import {grubMenu} from './boot-loader.ts';
import {syslogDate} from './clock-words.ts';
import {dpkgStatus} from './dpkg-status.ts';
import type {Machine} from './machine.ts';
import {procFiles} from './raw-figures.ts';

/** Files that are made as they are read. */
export const madeFiles: Record<string, (machine: Pick<Machine, 'world' | 'now'>) => string> = {
	...Object.fromEntries(
		Object.entries(procFiles).map(([path, make]) => [
			path,
			({world, now}: Pick<Machine, 'world' | 'now'>) => make(world, now),
		]),
	),
	'/boot/grub/grub.cfg': ({world}) => grubMenu(world),
	'/var/lib/dpkg/status': ({world}) => dpkgStatus(world),
	'/var/log/syslog': ({world}) =>
		world.journal.map(({at, unit, pid, text}) => `${syslogDate(at)} ${world.name} ${unit}[${pid}]: ${text}\n`).join(''),
};
