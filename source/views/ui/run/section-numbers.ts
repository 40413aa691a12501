import type {Runbook, Section} from '../../../core/runbook/model.ts';
import {phasesOf} from '../../../core/runbook/outline.ts';

const known = new WeakMap<Runbook, Map<string, string>>();

/** `3.2` of a section: the second in the third phase. Empty for what is above the phases, and where the title has its own. */
export function numberOf(runbook: Runbook, section: Section): string {
	const numbers = known.get(runbook) ?? numbersOf(runbook);
	known.set(runbook, numbers);
	return /^[\d(#]/.test(section.title) ? '' : (numbers.get(section.id) ?? '');
}

function numbersOf(runbook: Runbook): Map<string, string> {
	const numbers = new Map<string, string>();
	const add = (section: Section, number: string) => {
		numbers.set(section.id, number);
		for (const [at, inner] of section.sections.entries()) add(inner, `${number}.${at + 1}`);
	};
	for (const [at, phase] of phasesOf(runbook).entries()) add(phase, String(at + 1));
	return numbers;
}
