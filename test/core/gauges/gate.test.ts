import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type GaugeRequirement, judge} from '../../../source/core/gauges/gate.ts';
import type {Readings} from '../../../source/core/gauges/gauge.ts';
import {reading, unknown} from '../../../source/core/gauges/thresholds.ts';

const now: Readings = {
	cpu: reading('cpu', 43, '40 % programs'),
	psi: unknown('psi', 'this kernel does not report pressure'),
	units: reading('units', 2, 'a.service b.service'),
	reboot: reading('reboot', 0, 'none is due'),
	'disk:/': reading('disk', 61, '/: 8 GB free of 20 GB'),
	'disk:/var': reading('disk', 92, '/var: 1 GB free of 12 GB'),
	'inode:/': reading('inode', 3, '/: many'),
	queue: {value: 7, unit: 'jobs', state: 'ok', why: ''},
};
const below = (gauge: string, limit: number): GaugeRequirement => ({kind: 'gauge', gauge, below: limit});
const unchanged = (gauge: string): GaugeRequirement => ({kind: 'gauge', gauge, unchanged: true});

const verdicts: {requirement: GaugeRequirement; baseline?: Readings; holds: boolean; evidence: string}[] = [
	{requirement: below('cpu', 90), holds: true, evidence: 'cpu is 43 % (40 % programs), below 90'},
	{requirement: below('cpu', 43), holds: false, evidence: 'cpu is 43 % (40 % programs), not below 43'},
	{requirement: below('queue', 10), holds: true, evidence: 'queue is 7 jobs, below 10'},
	{
		requirement: below('psi', 10),
		holds: false,
		evidence: 'psi could not be read: this kernel does not report pressure',
	},
	{requirement: below('nothing', 10), holds: false, evidence: 'nothing could not be read: the host does not report it'},
	{
		requirement: below('constructor', 10),
		holds: false,
		evidence: 'constructor could not be read: the host does not report it',
	},
	{
		requirement: below('/var', 90),
		holds: false,
		evidence: 'disk:/var is 92 % (/var: 1 GB free of 12 GB), not below 90',
	},
	{
		requirement: below('disk:/boot', 90),
		holds: true,
		evidence: 'disk:/boot is 61 %, as part of / (/: 8 GB free of 20 GB), below 90',
	},
	{
		requirement: below('/var/lib/dpkg/', 90),
		holds: false,
		evidence: 'disk:/var/lib/dpkg/ is 92 %, as part of /var (/var: 1 GB free of 12 GB), not below 90',
	},
	{
		requirement: below('inode:/variable', 90),
		holds: true,
		evidence: 'inode:/variable is 3 %, as part of / (/: many), below 90',
	},
	{requirement: below('/', 90), holds: true, evidence: 'disk:/ is 61 % (/: 8 GB free of 20 GB), below 90'},
	{
		requirement: unchanged('reboot'),
		holds: false,
		evidence: 'reboot is 0 pending (none is due); it was not read before the first change',
	},
	{
		requirement: unchanged('reboot'),
		baseline: now,
		holds: true,
		evidence: 'reboot is 0 pending (none is due), unchanged',
	},
	{
		requirement: unchanged('reboot'),
		baseline: {reboot: reading('reboot', 1, '/run/reboot-required exists')},
		holds: false,
		evidence: 'reboot is 0 pending (none is due); it was 1 pending before the first change',
	},
	{
		requirement: unchanged('units'),
		baseline: {units: reading('units', 2, 'a.service c.service')},
		holds: false,
		evidence: 'units is 2 failed (a.service b.service); new since the baseline: b.service',
	},
	{
		requirement: unchanged('units'),
		baseline: {units: reading('units', 3, 'a.service b.service c.service')},
		holds: true,
		evidence: 'units is 2 failed (a.service b.service), nothing new',
	},
	{
		requirement: unchanged('psi'),
		baseline: {psi: reading('psi', 0, '')},
		holds: false,
		evidence: 'psi could not be read: this kernel does not report pressure',
	},
];

for (const {requirement, baseline, holds, evidence} of verdicts) {
	test(`A gate says: ${evidence}`, () => {
		assert.deepEqual(judge(requirement, now, baseline), {holds, evidence});
	});
}

test('Where there are no disks at all, nothing holds', () => {
	assert.equal(judge(below('/boot', 100), {}, undefined).holds, false);
});
