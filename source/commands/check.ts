import type {Finding} from '../core/runbook/model.ts';
import {loadRunbook, type RunbookPlaces} from '../runtime/settings/load-runbook.ts';
import {findingsSummary, findingsText} from '../views/plain/findings.ts';
import {defineCommand, Failure} from './command.ts';
import {isColoured, printJson} from './print.ts';
import {runbookPlaces} from './runbook-places.ts';

export const command = defineCommand({
	name: 'check',
	summary: 'Says what is wrong or doubtful in runbooks',
	usage: 'check RUNBOOK... [--strict] [--json]',
	flags: {
		strict: {type: 'boolean', help: 'end with 2 where there are warnings'},
		json: {type: 'boolean', help: 'print the findings as JSON'},
	},
	arguments: {minimum: 1, maximum: Number.POSITIVE_INFINITY},
	async run({arguments: names, flags, io}) {
		const findings: Finding[] = [];
		for (const name of names) findings.push(...(await findingsOf(name, runbookPlaces(io.cwd))));
		if (flags.json) printJson(io, findings);
		else io.stdout.write(findingsText(findings, isColoured(io)) + findingsSummary(findings, names.length));
		const isBad = findings.some(({severity}) => flags.strict || severity === 'error');
		return isBad ? 2 : 0;
	},
});

/** A document that cannot be read is a finding too, so that the others are still checked. */
async function findingsOf(name: string, places: RunbookPlaces): Promise<Finding[]> {
	try {
		return (await loadRunbook(name, places)).document.findings;
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		const message = error.message.startsWith(`${name}: `) ? error.message.slice(name.length + 2) : error.message;
		return [{code: 'unreadable', severity: 'error', file: name, line: 1, column: 1, message, hint: error.hint}];
	}
}
