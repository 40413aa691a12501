import type {DryHost, DryItem} from '../../core/run/dry-plan.ts';
import type {Runbook} from '../../core/runbook/model.ts';
import {visible, visibleLine} from '../../core/text/filter.ts';
import {titleOf} from './event-line.ts';

/** What a run would do, host by host. Nothing was run. */
export function dryRunText(runbook: Runbook, hosts: DryHost[]): string {
	return `${hosts.flatMap(host => linesOf(runbook, host)).join('\n')}\nDRY RUN: nothing of the document was run, no lock was taken.\n`;
}

function linesOf(runbook: Runbook, {host, facts, guards, steps}: DryHost): string[] {
	const known = Object.entries(facts).map(([key, value]) => `${key}=${visibleLine(value)}`);
	const lines = [`DRY RUN on ${host}: ${known.join(' ')}`];
	for (const {guard, where, holds, evidence} of guards) {
		const word = holds === null ? 'not judged' : holds ? 'holds' : 'REFUSES';
		lines.push(`  guard ${guard} (${visibleLine(where)}): ${word}: ${visibleLine(evidence)}`);
	}
	for (const step of steps) {
		lines.push('', `== ${titleOf(runbook, step.section)}`);
		for (const item of step.items) lines.push(...itemLines(item));
	}
	return lines;
}

function itemLines(item: DryItem): string[] {
	const what = [item.role ?? item.kind, item.risk].filter(Boolean).join(', ');
	const applies =
		item.applies === 'no' ? ' - not for this host' : item.applies === 'unknown' ? ` - hangs on ${item.key}` : '';
	const head = `  ${item.id} (${what})${applies}`;
	if (item.applies === 'no') return [head];
	const text = item.script?.split('\n').map(line => `    $ ${visible(line)}`) ?? [`    ${visible(item.text ?? '')}`];
	return [head, ...(item.kind === 'choice' ? [] : text)];
}
