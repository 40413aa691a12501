import type {LabPackagesOptions, Package} from './lab-packages.ts';
import {labRpms, type Rpms} from './lab-rpms.ts';

/** What a whole night with dnf is walked with: the usual ones, and those whose names, versions and needs are awkward. */
export function nightRpms(options: LabPackagesOptions = {}): Rpms {
	const usual = labRpms('rhel', options);
	return {
		old: [...usual.old, ...odd.old],
		new: [...usual.new, ...odd.new],
		advisories: [
			...usual.advisories,
			{
				id: 'LAB-2026:0005',
				type: 'security',
				severity: 'Moderate',
				cves: ['CVE-2026-10004'],
				packages: ['lab-c++'],
			},
		],
	};
}

/** Longer than the column for names of a table that is 80 wide. */
export const longName = 'lab-has-a-name-that-is-too-long-for-the-column-of-a-table';

const odd: {old: Package[]; new: Package[]} = {
	old: [
		{name: 'lab-c++', version: '1:1.0-1'},
		{name: longName, version: '1.0-1'},
		{name: 'lab-needs', version: '1.0-1'},
		{name: 'lab-renamed', version: '1.0-1'},
	],
	new: [
		{name: 'lab-c++', version: '1:2.0-1'},
		{name: longName, version: '2.0-1'},
		{name: 'lab-needs', version: '2.0-1', depends: 'lab-fresh'},
		{name: 'lab-fresh', version: '1.0-1'},
		{name: 'lab-successor', version: '2.0-1', provides: ['lab-renamed = 2.0-1'], obsoletes: 'lab-renamed < 2.0-1'},
	],
};
