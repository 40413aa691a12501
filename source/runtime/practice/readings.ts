import type {Readings} from '../../core/gauges/gauge.ts';
import {parseSample} from '../../core/gauges/parse.ts';
import type {Sample} from '../../core/gauges/sample.ts';
import {advance} from './advance.ts';
import {type Sizes, spaces} from './disks.ts';
import {kernels} from './packages.ts';
import {procFiles} from './raw-figures.ts';
import type {World} from './world.ts';

/** The gauges of the server at a moment, by the parser and the thresholds of every host. Changes nothing. */
export function readings(world: World, now: number, files: Sizes): Readings {
	const later = {...world, spent: {...world.spent}, load: [...world.load] as World['load']};
	advance(later, second, world.activity);
	return parseSample(sampleOf(later, now + second, files), sampleOf(world, now, files));
}

/** What counts up is measured over a second, however the simulated time goes. */
const second = 1000;

function sampleOf(world: World, now: number, files: Sizes): Sample {
	const all = spaces(world, files);
	const row = (words: (string | number)[]) => words.join(' ');
	return {
		sections: {
			kernel: kernelFiles.map(file => lines(file, procFiles[`/proc/${file}`]!(world, now))).join('\n'),
			cpus: procFiles['/sys/devices/system/cpu/online']!(world, now),
			stuck: '',
			time: `clock ${Math.floor(now / 1000)}\nsynchronized yes\nhere ${(now / 1000).toFixed(3)}`,
			space: all.map(({device, place, total, used, free}) => row([device, total, used, free, '0%', place])).join('\n'),
			inodes: all
				.map(({device, place, inodes, usedInodes}) =>
					row([device, inodes, usedInodes, inodes - usedInodes, '0%', place]),
				)
				.join('\n'),
			mounts: procFiles['/proc/mounts']!(world, now),
			fstab: all.map(({device, place, type}) => row([device, place, type, 'defaults', 0, 2])).join('\n'),
			locks: world.packaging ? `1: POSIX  ADVISORY  WRITE ${world.packaging.pid} fd:03:131 0 EOF` : '',
			lockfiles: 'lock 131 64771 /var/lib/dpkg/lock-frontend',
			reboot: [
				...(files.has('/run/reboot-required') ? ['marker /run/reboot-required'] : []),
				`running ${world.kernel}`,
				...kernels(world).map(release => `installed ${release}`),
			].join('\n'),
			units: Object.entries(world.units)
				.filter(([, unit]) => unit.active === 'failed')
				.map(([name]) => `${name} loaded failed failed`)
				.join('\n'),
		},
	};
}

const kernelFiles = [
	'stat',
	'meminfo',
	'vmstat',
	'loadavg',
	'uptime',
	'net/dev',
	'pressure/cpu',
	'pressure/io',
	'pressure/memory',
];

const lines = (file: string, text: string): string =>
	text
		.trim()
		.split('\n')
		.map(line => `/proc/${file}:${line}`)
		.join('\n');
