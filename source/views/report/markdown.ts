import type {RunReport} from '../../core/run/run-report.ts';
import {commandSection, planSection} from './markdown-commands.ts';
import {deviationSection, failureSection} from './markdown-departures.ts';
import {guardSection, healthSection, openSection, probeSection} from './markdown-guards.ts';
import {hostSection} from './markdown-hosts.ts';
import {recordSection} from './markdown-record.ts';
import {manualSection, stepSection} from './markdown-steps.ts';
import {code} from './markdown-text.ts';
import {noteSection, valueSection} from './markdown-values.ts';
import {duration, endWord, person, time} from './words.ts';

/** The report as Markdown that reads as plain text too: what an administrator attaches to the ticket. */
export function reportMarkdown(report: RunReport): string {
	const sections = [
		head(report),
		hostSection(report),
		deviationSection(report),
		failureSection(report),
		planSection(report),
		stepSection(report),
		manualSection(report),
		noteSection(report),
		valueSection(report),
		guardSection(report),
		probeSection(report),
		healthSection(report),
		openSection(report),
		commandSection(report),
		recordSection(report),
	];
	return `${sections
		.filter(lines => lines.length > 0)
		.map(lines => lines.join('\n'))
		.join('\n\n')}\n`;
}

function head(report: RunReport): string[] {
	const {runbook, rollbackOf, sessions, deviations, failures, ticket} = report;
	const lines = [`# Run report: ${code(report.title)}`, '', ...warnings(report).flatMap(line => [`> ${line}`, '>'])];
	if (lines.at(-1) === '>') lines[lines.length - 1] = '';
	lines.push(
		`- Result: **${report.end ? endWord(report.end) : 'OPEN'}**, ${counted(deviations.length, 'deviation')}, ${counted(failures.length, 'failure')}`,
		`- Run: ${code(report.run)}`,
		`- Ticket: ${ticket === null ? 'none given' : code(ticket)}`,
		`- Runbook: ${code(runbook.file)}${runbook.bundled ? ' (came with the program)' : ''}`,
		`- Runbook SHA-256: ${code(runbook.sha256)}`,
		`- Who: ${person(sessions[0]?.by ?? null)}`,
		`- From: ${time(report.started)} UTC`,
		`- To: ${report.ended === null ? 'not ended' : `${time(report.ended)} UTC`} (${duration(report.milliseconds)}${report.ended === null ? ' to its last event' : ''})`,
		`- Handrail: ${code(report.handrail)}`,
	);
	for (const [host, option] of Object.entries(rollbackOf?.options ?? {})) {
		lines.push(`- Goes back from the run ${code(rollbackOf!.run)} on ${code(host)} by ${code(option)}`);
	}
	for (const [index, {at, by, left}] of sessions.entries()) {
		if (index > 0) lines.push(`- Resumed: ${time(at)} UTC by ${person(by)}`);
		if (left) lines.push(`- Left: ${time(left.at)} UTC, ${code(left.why)}`);
	}
	return lines;
}

function warnings(report: RunReport): string[] {
	const lines: string[] = [];
	if (report.problems.length > 0) {
		const isChanged = !report.chain.verified;
		lines.push(isChanged ? '**DAMAGED RECORD: this report is not to be relied on.**' : '**The record is not whole.**');
		lines.push(...report.problems.map(problem => code(problem)));
	}
	if (report.practice) lines.push('**PRACTICE: on a simulated server; evidence for nothing.**');
	if (report.end === null) {
		const {driven} = report;
		const who = driven ? `, and process ${driven.pid} of ${code(driven.login)} goes on with it now` : '';
		lines.push(`**OPEN: the run has not ended${who}.** Go on with it: ${code(`handrail resume ${report.run}`)}`);
	}
	return lines;
}

const counted = (count: number, what: string): string =>
	count === 0 ? `no ${what}s` : `${count} ${what}${count === 1 ? '' : 's'}`;
