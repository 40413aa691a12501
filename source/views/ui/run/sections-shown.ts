import {type BlockStatus, blockState, type HostState} from '../../../core/run/state.ts';
import type {Section} from '../../../core/runbook/model.ts';
import {blocksOf, indexOf, isWalked, isWithin, phasesOf, sectionsOf} from '../../../core/runbook/outline.ts';
import type {StepState} from '../../../core/text/glyphs.ts';
import type {Model} from './model.ts';

export type SectionShown = {
	section: Section;
	depth: number;
	status: StepState;
	/** Blocks done of those there are, below it too. */
	done: number;
	all: number;
	isHere: boolean;
};

/** The phases, and what lies in the one that is walked (or where the cursor is): as an administrator reads a contents page. */
export function sectionsShown({state, host}: Model, cursor: string | undefined): SectionShown[] {
	const index = indexOf(state.runbook);
	const open = [host.at, ...(cursor === undefined ? [] : [cursor])];
	const isOpen = (section: Section): boolean => open.some(at => isWithin(index, at, section.id));
	const phases = new Set(phasesOf(state.runbook).map(({id}) => id));
	const shown: SectionShown[] = [];
	const add = (section: Section, depth: number) => {
		shown.push({section, depth, ...progress(host, section), isHere: section.id === host.at});
		if (isOpen(section) || !isBelowPhases(section, phases)) for (const inner of section.sections) add(inner, depth + 1);
	};
	const top = sectionsOf(state.runbook).filter(({id}) => index.sections.get(id)?.parent === undefined);
	for (const section of top) add(section, 0);
	return shown;
}

/** True for a phase and everything inside one: what only holds phases is always open. */
function isBelowPhases(section: Section, phases: Set<string>): boolean {
	return (
		phases.has(section.id) || !section.sections.some(inner => phases.has(inner.id) || !isBelowPhases(inner, phases))
	);
}

function progress(host: HostState, section: Section): {status: StepState; done: number; all: number} {
	const statuses = statusesIn(host, section);
	const counted = statuses.filter(status => status !== 'not-applicable');
	const done = counted.filter(status => status === 'done' || status === 'skipped' || status === 'undone').length;
	return {status: statusOf(statuses), done, all: counted.length};
}

function statusesIn(host: HostState, section: Section): BlockStatus[] {
	const own = blocksOf(section).filter(isWalked);
	const ids = [...new Set(own.map(block => block.id))];
	return [...ids.map(id => blockState(host, id).status), ...section.sections.flatMap(inner => statusesIn(host, inner))];
}

/** The most pressing state of what a section holds. */
function statusOf(statuses: BlockStatus[]): StepState {
	if (statuses.length === 0) return 'visited';
	for (const pressing of ['unknown', 'failed', 'running'] as const) if (statuses.includes(pressing)) return pressing;
	if (statuses.every(status => status === 'not-applicable')) return 'not-applicable';
	if (statuses.includes('todo')) return 'todo';
	return statuses.includes('skipped') ? 'skipped' : statuses.includes('undone') ? 'undone' : 'done';
}
