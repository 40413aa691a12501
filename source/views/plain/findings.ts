import type {Finding, Severity} from '../../core/runbook/model.ts';
import {visibleLine} from '../../core/text/filter.ts';

/** Each finding as `file:line:column: severity: message (code)`, its hint under it. */
export function findingsText(findings: Finding[], isColoured: boolean): string {
	return findings.map(finding => `${lineOf(finding, isColoured)}\n`).join('');
}

/** How many there are: `2 runbooks: 1 error, 3 warnings`. */
export function findingsSummary(findings: Finding[], runbooks: number): string {
	const errors = findings.filter(({severity}) => severity === 'error').length;
	const warnings = findings.length - errors;
	return `${counted(runbooks, 'runbook')}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}\n`;
}

function lineOf({file, line, column, severity, message, code, hint}: Finding, isColoured: boolean): string {
	const word = isColoured ? `${colours[severity]}${severity}\u001b[0m` : severity;
	const first = `${visibleLine(file)}:${line}:${column}: ${word}: ${visibleLine(message)} (${code})`;
	return hint ? `${first}\n  ${visibleLine(hint)}` : first;
}

const colours: Record<Severity, string> = {error: '\u001b[31m', warning: '\u001b[33m'};

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
