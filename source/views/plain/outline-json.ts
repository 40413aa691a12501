import type {Document, Section} from '../../core/runbook/model.ts';
import {blocksOf, isBlock, preamble} from '../../core/runbook/outline.ts';

/** `show --json`. Blocks above the first section make a first section with the runbook's title. */
export function outlineJson({runbook, counts}: Document) {
	const sections = runbook.content.some(isBlock) ? [preamble(runbook), ...runbook.sections] : runbook.sections;
	return {title: runbook.title, sections: sections.map(sectionJson), counts};
}

function sectionJson(section: Section): object {
	return {
		id: section.id,
		title: section.title,
		level: section.level,
		line: section.place.line,
		role: section.role ?? null,
		blocks: blocksOf(section).map(block => ({
			id: block.id,
			kind: block.kind,
			role: block.kind === 'command' ? block.role : null,
			risk: block.kind === 'command' ? block.risk : null,
			line: block.place.line,
		})),
		sections: section.sections.map(sectionJson),
	};
}
