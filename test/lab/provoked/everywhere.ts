import {refresh} from './page-commands.ts';
import type {Provocation} from './provoked.ts';

/** What a host of the lab cannot have: it takes the time from the machine that it is on. */
export const noClock = {'set-time': 'it has no clock of its own', synchronised: 'nor anything that sets one'};

/** What a host of the lab must not do. */
export const noSwap = {swap: 'it would be the swap of the machine that the lab is on'};

/** The script with so many MB of memory for what sudo runs: what it asks for beyond these it does not get. */
export const withMemory = (megabytes: number) => (script: string) =>
	script.replace('sudo ', `sudo sh -c 'ulimit -v ${megabytes << 10}; exec "$@"' sh `);

/** Whatever the package manager: rights to run a script of it, and a disk on which a folder of its own cannot be written. */
export const rights = (script: string, written: string): Provocation[] => [
	{
		what: 'a command without sudo',
		entry: 'root-rights-are-missing',
		step: {script},
		edited: text => text.replace('sudo ', ''),
	},
	{
		what: 'somebody whom sudo asks for a password',
		entry: 'root-rights-are-missing',
		step: refresh,
		user: 'operator',
	},
	{
		what: 'a disk that has become read-only',
		entry: 'a-disk-has-become-read-only',
		provoke: `mount --bind ${written} ${written}; mount -o remount,ro,bind ${written}`,
		step: refresh,
		until: `umount ${written}`,
	},
];

const unit = '/etc/systemd/system/lab.service';
const restart = 'systemctl daemon-reload; systemctl restart lab';

/** Whatever the package manager: services. */
export const services: Provocation[] = [
	{
		what: 'a service that does not come up any more',
		entry: 'a-service-does-not-start',
		provoke: `printf '[Service]\nExecStart=slept infinity\n' > ${unit}; ${restart} || true`,
		step: 'checking-the-application/units',
		byHand: {afterwards: `sed -i s/slept/sleep/ ${unit}; ${restart}`},
	},
	{
		what: 'a service that ends at once when it is started by hand',
		entry: 'a-service-does-not-start',
		provoke: `printf '[Service]\nType=oneshot\nExecStart=false\n' > ${unit}; systemctl daemon-reload`,
		step: {script: 'sudo systemctl restart lab'},
		byHand: {afterwards: `sed -i s/false/true/ ${unit}; systemctl daemon-reload`},
	},
	{
		what: 'a service that nobody has started again',
		entry: 'a-service-does-not-start',
		provoke: 'systemctl stop ssh',
		step: 'checking-the-application/ports',
		byHand: {afterwards: 'systemctl start ssh'},
	},
];
