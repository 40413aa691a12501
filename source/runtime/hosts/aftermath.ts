import {randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {numberIn, sectionsOf} from '../../core/gauges/sample.ts';
import {type Finding, type Probe, probes} from '../../core/run/finding.ts';
import type {TaskId} from '../../core/run/host.ts';
import type {Host} from './host.ts';

const script = readFileSync(new URL('./aftermath.sh', import.meta.url), 'utf8');

/** Milliseconds that the look may take; what it has not shown by then is not known. */
const patience = 10_000;

/** What can be seen on a host after a task; reads only. Throws `LinkLost`. */
export async function aftermath(read: Host['read'], task: TaskId, signal?: AbortSignal): Promise<Finding[]> {
	const marker = randomBytes(8).toString('hex');
	const {stdout} = await read({
		script,
		interpreter: ['sh'],
		values: {HANDRAIL_MARKER: marker, HANDRAIL_TASK: task},
		timeout: patience,
		...(signal && {signal}),
	});
	return parseAftermath(Buffer.from(stdout).toString('utf8'), marker);
}

/** The findings of what the script printed: of programs that the host has not, there are none. */
export function parseAftermath(output: string, marker: string): Finding[] {
	const sections = sectionsOf(output, marker);
	// The last one that was begun may not be whole.
	const cut = 'end' in sections ? undefined : Object.keys(sections).at(-1);
	const findings = probes.flatMap((name): Finding[] => {
		const text = sections[name];
		if (name === cut || (text === undefined && always.has(name))) return [{is: 'unread', what: name, why: tooLate}];
		if (text === undefined) return [];
		const lines = text.split('\n').filter(line => line.trim() !== '');
		return readers[name](lines) ?? [{is: 'unread', what: name, why: 'the host does not show it'}];
	});
	// What dpkg is still writing was not interrupted.
	const isAtWork = findings.some(finding => finding.is === 'package-tool' && finding.name === 'dpkg');
	return findings.filter(({is}) => !isAtWork || is !== 'dpkg-interrupted');
}

const always = new Set<Probe>(['boot', 'processes', 'tools']);
const tooLate = `the host did not answer within ${patience / 1000} s`;

/** Undefined where nothing could be read. */
const readers: Record<Probe, (lines: string[]) => Finding[] | undefined> = {
	boot([which, seconds]) {
		const since = numberIn(seconds);
		if (since === undefined || since > 8e12) return undefined;
		const rebooted = which === 'another' ? true : which === 'same' ? false : null;
		return [{is: 'booted', since: new Date(since * 1000).toISOString(), rebooted}];
	},
	processes(lines) {
		if (lines[0] === 'unknown') return undefined;
		const found = lines.flatMap((line): Finding[] => {
			const [, pid, user, text] = /^(\d{1,9}) (\S+) (.+)$/.exec(line) ?? [];
			return pid ? [{is: 'at-work', pid: Number(pid), user: user!.slice(0, 32), text: text!.trim().slice(0, 160)}] : [];
		});
		return found.length > 0 ? found : [{is: 'none-at-work'}];
	},
	tools: lines =>
		lines.flatMap((line): Finding[] => {
			const [, pid, name] = /^(\d{1,9}) (\S{1,15})$/.exec(line) ?? [];
			return pid ? [{is: 'package-tool', pid: Number(pid), name: fullNames.get(name!) ?? name!}] : [];
		}),
	dpkg(lines) {
		const audit = lines.findIndex(line => line === 'audited' || line === 'listed');
		const left = lines[0] === 'interrupted' ? [{is: 'dpkg-interrupted'} as const] : [];
		if (audit < 0) return left.length > 0 ? left : undefined;
		const said = lines.slice(audit + 1).map(line => line.slice(0, 200));
		if (lines[audit] === 'listed') return said.length > 0 ? [...left, {is: 'dpkg-unfinished', lines: said}] : left;
		return [...left, said.length > 0 ? {is: 'dpkg-audit', lines: said} : {is: 'dpkg-clean'}];
	},
	apt(lines) {
		if (lines[0] !== 'readable') return undefined;
		const last = lines.findLastIndex(line => line.startsWith('Start-Date:'));
		const dates = lines.slice(last).map(line =>
			line
				.slice(line.indexOf(':') + 1)
				.trim()
				.replace(/ +/, ' ')
				.slice(0, 40),
		);
		return last < 0 ? [] : [{is: 'apt', started: dates[0]!, ended: dates[1] ?? null}];
	},
	rpm([line = '']) {
		if (!line.startsWith('answered')) return undefined;
		const said = line.slice('answered '.length).trim();
		return [{is: 'rpm-database', why: said === '' ? null : said.slice(0, 200)}];
	},
	dnf([line]) {
		if (line === undefined) return undefined;
		const cells = line.split('|').map(cell => cell.trim());
		const marks = /^\d+ *([#*E<> ]*)$/.exec(cells.at(-1)!)?.[1]?.replaceAll(' ', '') ?? '';
		const transaction = numberIn(cells[0]);
		if (transaction === undefined || cells.length < 5) return undefined;
		return [{is: 'dnf', transaction, at: cells[2]!.slice(0, 40), marks}];
	},
};

/** Of names that are longer than the kernel keeps. */
const fullNames = new Map([
	['unattended-upgr', 'unattended-upgrades'],
	['packagekitd', 'PackageKit'],
	['Zypp-main', 'zypper'],
]);
