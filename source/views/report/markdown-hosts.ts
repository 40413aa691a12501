import type {LoginAbout} from '../../core/run/events.ts';
import type {HostReport, RunReport} from '../../core/run/run-report.ts';
import {earlierWords} from '../../core/text/earlier-words.ts';
import {newlyFailed, rebootedWords} from '../../core/text/reboot-words.ts';
import {code} from './markdown-text.ts';
import {endWord, person, time} from './words.ts';

/** Which machines it ran on, how each ended, and what was another when it was met again. */
export function hostSection({hosts}: RunReport): string[] {
	return ['## Hosts', ...hosts.flatMap(host => ['', ...hostLines(host)])];
}

function hostLines(host: HostReport): string[] {
	const {
		name,
		ownName,
		machineId,
		hostKey,
		bootId,
		os,
		facts,
		end,
		at,
		reason,
		changes,
		lost,
		reboots,
		logins,
		answers,
		earlier,
	} = host;
	const own = ownName === null ? 'never met' : code(ownName);
	const others = Object.entries(facts).filter(([key]) => key !== 'os' && key !== 'version');
	const lines = [
		`### ${code(name)} (${own})`,
		'',
		`- End: **${end ? endWord(end) : 'open'}**${at === null ? '' : `, at ${code(at)}`}${reason === null ? '' : `, reason: ${code(reason)}`}`,
	];
	const answered = logins.map(login => `- ${loginLine(login)}`);
	if (ownName === null) return [...lines, ...answered];
	lines.push(
		`- System: ${os === null ? 'unknown' : code(os)}${others.map(([key, value]) => `, ${code(`${key}=${value}`)}`).join('')}`,
		`- Machine-id: ${machineId === null ? 'it has none' : code(machineId)}`,
	);
	if (hostKey !== null) lines.push(`- Host key: ${code(hostKey)}`);
	const boots = changes.filter(({what}) => what === 'boot').length;
	if (bootId !== null) lines.push(`- Boot: ${code(bootId)}${boots === 0 ? ', the same throughout' : ''}`);
	for (const {at, what, from, to, by} of changes) {
		const told = by ? `, confirmed by ${person(by)}` : '';
		lines.push(`- Changed: ${code(what)} from ${code(from)} to ${code(to)}, seen at ${time(at)} UTC${told}`);
	}
	for (const {at, why} of lost) lines.push(`- Connection lost: ${time(at)} UTC, ${code(why)}`);
	for (const reboot of reboots) lines.push(...rebootLines(reboot));
	for (const each of earlier) lines.push(`- Task of an earlier run: ${code(earlierWords(each))}`);
	for (const {at, task, how, by} of answers)
		lines.push(`- Answered by hand: task ${code(task)}, ${typed[how]}, at ${time(at)} UTC by ${person(by)}`);
	return [...lines, ...answered];
}

function rebootLines({at, task, away, ...reboot}: HostReport['reboots'][number]): string[] {
	const whose = task === null ? 'Rebooted, **and no block asked for it**' : `Rebooted by task ${code(task)}`;
	const words = rebootedWords({...reboot, ...(away !== null && {away})});
	const failed = newlyFailed(reboot);
	return [`- ${whose}: ${time(at)} UTC, ${code(words)}${failed === undefined ? '' : `, ${code(failed)}`}`];
}

const typed = {keys: 'key by key', line: 'with a line', 'hidden line': 'with a line that was not shown'} as const;

function loginLine({at, machine, about, given, by}: HostReport['logins'][number]): string {
	const done = about.kind === 'host-key' ? 'taken' : 'given';
	const asked = machine === null ? '' : `, asked by ${code(machine)}`;
	return `${loginSubject(about)}: ${given ? done : `not ${done}`} at ${time(at)} UTC by ${person(by)}${asked}`;
}

function loginSubject(about: LoginAbout): string {
	switch (about.kind) {
		case 'host-key':
			return `Host key ${code(about.fingerprint)} (${code(about.type)}) of ${code(about.name)}`;
		case 'passphrase':
			return `Passphrase of ${code(about.file)}`;
		case 'password':
			return `Password of ${code(about.user)}`;
		case 'prompt':
			return `Answer to a question at the login of ${code(about.user)}`;
	}
}
