import type {Finding, Probe} from '../run/finding.ts';
import {visibleLine} from './filter.ts';

export type FindingWords = {
	text: string;
	/** It speaks for something left half done, or still at work. */
	isAlarm: boolean;
	/** Of the host, as they were; '' in none. */
	lines: string[];
};

/** A finding in words: what can be seen, never how the task ended. */
export function findingWords(finding: Finding): FindingWords {
	const [text, isAlarm = false] = (words[finding.is] as (finding: Finding) => Said)(finding);
	const lines = 'lines' in finding ? finding.lines.map(visibleLine) : [];
	return {text: visibleLine(text), isAlarm, lines};
}

type Said = [text: string, isAlarm?: boolean];
type Of<I extends Finding['is']> = Extract<Finding, {is: I}>;

const words: {[I in Finding['is']]: (finding: Of<I>) => Said} = {
	booted: ({since, rebooted}) => {
		const up = `up since ${minute(since)} UTC`;
		if (rebooted === null) return [`the host is ${up}`];
		return [`the host was ${rebooted ? 'REBOOTED' : 'not rebooted'} since it was started (${up})`, rebooted];
	},
	'at-work': ({pid, user, text}) => [`still at work: process ${pid} of ${user}: ${text}`, true],
	'none-at-work': () => ['no process of it is at work any more'],
	'package-tool': ({pid, name}) => [`${name} is at work, process ${pid}`, true],
	'dpkg-interrupted': () => ['dpkg was interrupted: its database has updates that were not finished', true],
	'dpkg-audit': () => ['dpkg --audit finds packages that are not whole:', true],
	'dpkg-unfinished': () => ['packages that dpkg has not finished:', true],
	'dpkg-clean': () => ['dpkg --audit finds nothing wrong'],
	apt: ({started, ended}) =>
		ended === null
			? [`apt: the last entry of its history, of ${started}, has no end`, true]
			: [`apt: the last entry of its history, of ${started}, ended at ${ended}`],
	dnf: ({transaction, at, marks}) => {
		const read = [...new Set(marks)].flatMap(mark => marksOfDnf[mark] ?? []);
		const marked = marks === '' ? 'without a mark' : `marked ${marks}${read.length > 0 ? ` (${read.join(', ')})` : ''}`;
		return [`dnf: the last transaction, ${transaction} at ${at}, is ${marked}`, /[#*E]/.test(marks)];
	},
	'rpm-database': ({why}) =>
		why === null ? ['the rpm database can be read'] : [`the rpm database fails: ${why}`, true],
	output: ({lines}) => [lines.length > 0 ? 'the last of its output:' : 'it has printed nothing'],
	unread: ({what, why}) => [`${unread[what]}: not known, ${why}`],
};

/** dnf(8), history: the marks beside a transaction. */
const marksOfDnf: Partial<Record<string, string>> = {
	'#': 'it ended with an error, or printed more',
	'*': 'it was aborted',
	E: 'packages printed errors',
	'<': 'the rpm database was changed outside dnf after it',
	'>': 'the rpm database was changed outside dnf before it',
};

const unread: Record<Probe, string> = {
	boot: 'whether the host was rebooted',
	processes: 'whether processes of it are at work',
	tools: 'whether a package manager is at work',
	dpkg: 'the state of dpkg',
	apt: "apt's history",
	rpm: 'the rpm database',
	dnf: "dnf's history",
};

const minute = (at: string): string => at.slice(0, 16).replace('T', ' ');
