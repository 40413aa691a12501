import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, test} from 'node:test';
import fc from 'fast-check';
import type {GaugeState} from '../../../source/core/gauges/gauge.ts';
import {parseSample} from '../../../source/core/gauges/parse.ts';
import {type Sample, sectionsOf} from '../../../source/core/gauges/sample.ts';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/gauges/${name}.txt`, import.meta.url), 'utf8');
const sample = (text: string): Sample => ({sections: sectionsOf(text, '@')});

const patching = fixture('patching');
const before = sample(
	patching
		.replace('cpu  1000 0 500 8000 500', 'cpu  900 0 400 7900 400')
		.replace('pswpin 100', 'pswpin 90')
		.replace('eth0:559355727 14961 1 2 0 0 0 0 1151707 9685 3 4', 'eth0: 1 1 0 2 0 0 0 0 1 1 1 4')
		.replace('411 D rsync', '411 S rsync'),
);

type Expected = Record<string, [value: number | undefined, state: GaugeState, why: RegExp]>;

const machines: {name: string; readings: Expected; before?: Sample}[] = [
	{
		name: 'patching',
		before,
		readings: {
			cpu: [50, 'ok', /^25 % programs, 25 % system, 25 % waiting for disks/],
			load: [1.3, 'high', /^5 3 1 on 4 CPUs$/],
			mem: [95.5, 'high', /^352 MB of 7\.6 GB available$/],
			swap: [90, 'critical', /^879 MB of 977 MB in use, 10 pages moved$/],
			psi: [31.5, 'critical', /memory 1\.25 %/],
			oom: [2, 'high', /^2 since the boot$/],
			uptime: [181, 'high', /^181 d 0 h$/],
			net: [3, 'high', /^eth0 3$/],
			dz: [2, 'critical', /^1 stuck: dd if\) x \(412\); 1 zombie$/],
			units: [2, 'high', /^apt-daily\.service nginx\.service$/],
			reboot: [0, 'ok', /none/],
			pkglock: [
				3,
				'high',
				/^\/var\/lib\/dpkg\/lock-frontend \(process 4242\), \/var\/lib\/dpkg\/lock \(process 4243\), \/run\/zypp\.pid \(process 4246\)$/,
			],
			time: [399.5, 'critical', /^400 s ahead of the clock here, not synchronized$/],
			readonly: [2, 'critical', /^\/ \/mnt\/two words$/],
			'disk:/': [85, 'high', /^\/: 2\.9 GB free of 19 GB$/],
			'disk:/boot': [76, 'high', /117 MB free/],
			'disk:/mnt/two words': [99, 'critical', /two words/],
			'disk:/tmp': [10, 'ok', /./],
			'inode:/': [96, 'critical', /40000 free of 1000000/],
			'inode:/boot': [0, 'ok', /no fixed number/],
		},
	},
	{
		name: 'old-busybox',
		readings: {
			cpu: [15.8, 'ok', /since the boot$/],
			load: [0.5, 'ok', /on 1 CPU$/],
			mem: [96, 'critical', /20 MB of 488 MB/],
			swap: [0, 'ok', /^no swap$/],
			psi: [undefined, 'unknown', /does not report pressure/],
			oom: [undefined, 'unknown', /does not count/],
			uptime: [1, 'ok', /^1 d 1 h$/],
			net: [undefined, 'unknown', /no network interface/],
			dz: [0, 'ok', /./],
			units: [undefined, 'unknown', /systemd/],
			reboot: [1, 'high', /^\/run\/reboot-required exists$/],
			pkglock: [undefined, 'unknown', /could not be read/],
			time: [9.5, 'ok', /^10 s behind the clock here, nothing says/],
			readonly: [undefined, 'unknown', /could not be read/],
			'disk:/': [50, 'ok', /./],
			'inode:/': [50, 'ok', /./],
		},
	},
];

for (const machine of machines) {
	test(`The figures of a host (${machine.name}) become readings`, () => {
		const readings = parseSample(sample(fixture(machine.name)), machine.before);
		assert.deepEqual(Object.keys(readings).sort(), Object.keys(machine.readings).sort());
		for (const [gauge, [value, state, why]] of Object.entries(machine.readings)) {
			const reading = readings[gauge]!;
			assert.deepEqual([reading.value, reading.state], [value, state], `${gauge}: ${JSON.stringify(reading)}`);
			assert.match(reading.why, why, gauge);
		}
	});
}

test('A machine of the kind that this was written on has every reading but the units of systemd', () => {
	const readings = parseSample(sample(`${fixture('debian-12')}`.replace(/^clock (\d+)$/m, 'clock $1\nhere $1')));
	const unread = Object.entries(readings).flatMap(([gauge, {value}]) => (value === undefined ? [gauge] : []));
	assert.deepEqual(unread, ['units']);
	assert.deepEqual(
		Object.keys(readings)
			.filter(gauge => gauge.includes(':'))
			.sort(),
		['disk:/', 'inode:/'],
	);
});

describe('Details that decide', () => {
	const read = (gauge: string, text: string, earlier?: Sample) => parseSample(sample(text), earlier)[gauge]!;

	const kernels: {installed: string[]; value: number; why: RegExp}[] = [
		{
			installed: ['6.1.0-50-amd64', '6.1.0-51-amd64'],
			value: 1,
			why: /^kernel 6\.1\.0-51-amd64 is installed, 6\.1\.0-50-amd64 runs$/,
		},
		{installed: ['6.1.0-50-amd64', '6.1.0-49-amd64'], value: 0, why: /none/},
		{installed: ['6.1.0-50-amd64', '6.1.0-99-rt-amd64'], value: 0, why: /none/},
		{installed: ['6.1.0-51-amd64'], value: 0, why: /none/},
		{installed: [], value: 0, why: /none/},
	];
	test('A newer kernel of the same flavour means that a reboot is due', () => {
		for (const {installed, value, why} of kernels) {
			const lines = ['running 6.1.0-50-amd64', ...installed.map(release => `installed ${release}`)];
			const reading = read('reboot', `@ reboot\n${lines.join('\n')}\n@ end`);
			assert.equal(reading.value, value, installed.join(' '));
			assert.match(reading.why, why);
		}
	});

	test('Swap that lies still is no trouble', () => {
		const now = sample(patching);
		assert.equal(parseSample(now, now)['swap']!.state, 'ok');
	});

	test('Counters that went back after a reboot are not taken for time that passed', () => {
		const later = sample('@ kernel\n/proc/stat:cpu  9000 0 9000 90000 9000 0 0 0 0 0\n@ end');
		assert.match(read('cpu', patching, later).why, /since the boot$/);
	});

	test('No failed unit is a reading, and no systemd is none', () => {
		assert.deepEqual([read('units', '@ units\n\n@ end').value, read('units', '@ end').value], [0, undefined]);
	});

	test('A name of the host cannot make a section of its own', () => {
		const forged = sectionsOf('secret stuck\n1 Z x\n@ units\nfake.service\nsecret end\n', 'secret');
		assert.deepEqual(Object.keys(forged), ['stuck', 'end']);
	});
});

test('Any bytes become readings, each with a state that fits its value, and one line', () => {
	const piece = fc.oneof(
		fc.constantFrom(...patching.split('\n').map(line => `${line}\n`)),
		fc.constantFrom(
			'@ ',
			'@ space\n',
			'@ kernel\n',
			'/proc/stat:cpu ',
			'100%',
			' / ',
			'__proto__ ',
			'\u001b[2J',
			'\r',
			'1e999 ',
			'-5 ',
		),
		fc.string(),
	);
	const text = fc.array(piece, {maxLength: 60}).map(pieces => pieces.join(''));
	fc.assert(
		fc.property(text, text, (now, earlier) => {
			for (const [gauge, {value, state, why}] of Object.entries(parseSample(sample(now), sample(earlier)))) {
				assert.equal(value === undefined, state === 'unknown', gauge);
				assert.ok(value === undefined || Number.isFinite(value), gauge);
				assert.doesNotMatch(why, /[\0-\x1f\x7f-\x9f]/);
			}
		}),
		{numRuns: 1000},
	);
});

test('A megabyte of one line is read in no time', () => {
	const from = performance.now();
	for (const filler of ['1 ', '/', ' ', '0-', 'a'])
		for (const section of ['kernel', 'cpus', 'space', 'mounts', 'fstab', 'locks', 'stuck', 'units', 'reboot', 'time'])
			parseSample(sample(`@ ${section}\n/proc/net/dev: e:${filler.repeat(500_000)}\n@ end`));
	assert.ok(performance.now() - from < 10_000);
});
