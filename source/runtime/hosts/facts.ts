import {sectionsOf} from '../../core/gauges/sample.ts';
import type {Meeting} from '../../core/run/host.ts';

/** Families by the ids of os-release(5), tried on ID and then on each of ID_LIKE. */
const families: Record<string, string[]> = {
	debian: ['debian', 'ubuntu', 'raspbian', 'linuxmint', 'devuan', 'kali'],
	rhel: ['rhel', 'centos', 'fedora', 'rocky', 'almalinux', 'ol', 'amzn', 'scientific', 'cloudlinux', 'eurolinux'],
	suse: [
		'suse',
		'opensuse',
		'sles',
		'sled',
		'sle_hpc',
		'opensuse-leap',
		'opensuse-tumbleweed',
		'sle-micro',
		'opensuse-microos',
	],
};

/** The family's package managers, best first: fact and program. */
const managers: Record<string, [fact: string, program: string][]> = {
	debian: [['apt', 'apt-get']],
	rhel: [
		['dnf', 'dnf'],
		['yum', 'yum'],
	],
	suse: [['zypper', 'zypper']],
	other: [],
};

/** Names of process 1, and what they are called. */
const inits: Record<string, string> = {
	systemd: 'systemd',
	openrc: 'openrc',
	'openrc-init': 'openrc',
	init: 'sysvinit',
	runit: 'runit',
};

/** What the facts script printed. What the host does not say is left out: not known, rather than known to be something. */
export function parseFacts(output: string, marker: string, hostKey: string): Meeting {
	const sections = sectionsOf(output, marker);
	const line = (section: string) => (sections[section] ?? '').trim().split('\n', 1)[0]!.slice(0, 255);
	const programs = (sections['programs'] ?? '').split('\n');
	const release = osRelease(sections['os'] ?? '');
	const family = familyOf(release);
	const manager = managers[family]!.find(([, program]) => programs.includes(program));
	const known = {
		os: release['ID'],
		family,
		pm: manager?.[0] ?? 'other',
		version: release['VERSION_ID'],
		arch: line('arch'),
		init: initOf(line('init'), programs),
	};
	return {
		identity: {machineId: line('machine').replaceAll(/[^0-9a-f]/g, ''), hostKey, ownName: line('name')},
		bootId: line('boot').replaceAll(/[^0-9a-f-]/g, ''),
		facts: Object.fromEntries(
			Object.entries(known).flatMap(([key, value]) => {
				const word = wordOf(value);
				return word ? [[key, word]] : [];
			}),
		),
	};
}

function initOf(process: string, programs: string[]): string {
	if (process === 'init' && programs.includes('openrc')) return 'openrc';
	return Object.hasOwn(inits, process) ? inits[process]! : 'other';
}

function familyOf(release: Record<string, string>): string {
	const names = [release['ID'], ...(release['ID_LIKE'] ?? '').split(/\s+/)].map(wordOf);
	for (const name of names) {
		for (const [family, members] of Object.entries(families)) if (name && members.includes(name)) return family;
	}
	return 'other';
}

/** Assignments as a shell has them, os-release(5); what is not one is passed over. */
function osRelease(text: string): Record<string, string> {
	const values: Record<string, string> = Object.create(null);
	for (const line of text.slice(0, 65536).split('\n')) {
		const [, name, value = ''] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line.trim()) ?? [];
		if (name) values[name] = value.replace(/^(["'])(.*)\1$/, '$2').replaceAll(/\\(["'$`\\])/g, '$1');
	}
	return values;
}

/** Facts are words in lower case, as `when` compares them; anything else of a host is no fact. */
function wordOf(value: string | undefined): string | undefined {
	const word = value?.trim().toLowerCase();
	return word && /^[a-z0-9][a-z0-9._+~-]{0,63}$/.test(word) ? word : undefined;
}
