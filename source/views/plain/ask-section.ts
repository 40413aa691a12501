import {decide} from '../../core/run/decide.ts';
import type {RunState} from '../../core/run/state.ts';
import {indexOf} from '../../core/runbook/outline.ts';
import {visibleLine} from '../../core/text/filter.ts';
import type {Session} from '../../runtime/engine/session.ts';
import {titleOf} from './event-line.ts';
import type {Prompt} from './prompt.ts';
import type {Answer} from './walk-plain.ts';

/** Asks where to go; and why, where the jump would pass over something undone. */
export async function askSection(
	session: Session,
	host: string,
	prompt: Prompt,
	signal: AbortSignal,
): Promise<Answer | undefined> {
	const {state} = session;
	const ids = indexOf(state.runbook).steps.map(step => step.section.id);
	for (const [at, id] of ids.entries())
		prompt.write(`    ${String(at + 1).padStart(3)}  ${titleOf(state.runbook, id)}\n`);
	const typed = await prompt.text('Section (its number, or a part of its name; Enter for none): ', signal);
	if (!typed) return undefined;
	const found = /^\d+$/.test(typed) ? ids.slice(Number(typed) - 1, Number(typed)) : sectionsNamed(state, ids, typed);
	if (found.length !== 1) {
		const what = found.length === 0 ? 'No section' : 'More than one section';
		prompt.write(`  ! ${what} is called "${visibleLine(typed)}"\n`);
		return undefined;
	}
	const go = {type: 'go', section: found[0]!} as const;
	const decision = decide(state, {host, what: go});
	if (!('refused' in decision) || decision.refused.code !== 'needs-reason') return {tell: go};
	const reason = await prompt.text('Steps are left undone on the way. Reason: ', signal);
	return reason ? {tell: {...go, reason}} : undefined;
}

function sectionsNamed(state: RunState, ids: string[], name: string): string[] {
	const wanted = name.toLowerCase();
	const exact = ids.filter(id => id === wanted);
	if (exact.length > 0) return exact;
	return ids.filter(id => `${id} ${titleOf(state.runbook, id)}`.toLowerCase().includes(wanted));
}
