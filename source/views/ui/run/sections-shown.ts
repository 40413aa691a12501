import type {Runbook, Section} from '../../../core/runbook/model.ts';
import {type Index, indexOf, isWithin, phasesOf, sectionsOf} from '../../../core/runbook/outline.ts';
import type {Model} from './model.ts';

export type SectionShown = {section: Section; depth: number};

const known = new WeakMap<Runbook, {key: string; shown: SectionShown[]}>();

/** The phases, and what lies in the one that is walked (or where the cursor is): as an administrator reads a contents page. */
export function sectionsShown({state, host}: Model, cursor: string | undefined): SectionShown[] {
	const {runbook} = state;
	const index = indexOf(runbook);
	const open = [host.at, ...(cursor === undefined ? [] : [cursor])];
	const key = open.map(id => phaseChain(index, id)).join('\n');
	const before = known.get(runbook);
	if (before?.key === key) return before.shown;
	const shown: SectionShown[] = [];
	const phases = new Set(phasesOf(runbook).map(({id}) => id));
	const add = (section: Section, depth: number, isInPhase: boolean) => {
		shown.push({section, depth});
		const isOpen = !isInPhase || open.some(at => isWithin(index, at, section.id));
		if (isOpen) for (const inner of section.sections) add(inner, depth + 1, isInPhase || phases.has(inner.id));
	};
	const top = sectionsOf(runbook).filter(({id}) => index.sections.get(id)?.parent === undefined);
	for (const section of top) add(section, 0, phases.has(section.id));
	known.set(runbook, {key, shown});
	return shown;
}

/** What is open hangs on nothing but the sections around a place. */
function phaseChain(index: Index, id: string): string {
	const chain: string[] = [];
	for (let at = index.sections.get(id); at; at = at.parent)
		if (at.section.sections.length > 0) chain.push(at.section.id);
	return chain.join(' ');
}
