import type {Content, Document, Section} from '../../source/core/runbook/model.ts';

/** A document as an indented outline, one line a section or piece of content, to compare with what is expected. */
export function outlineText({runbook}: Document): string[] {
	return [
		`${runbook.titled ? '#' : '-'} ${runbook.title}`,
		...runbook.content.map(content => contentLine(content, '')),
		...runbook.sections.flatMap(section => sectionLines(section, '')),
	];
}

function sectionLines(section: Section, indent: string): string[] {
	return [
		`${indent}## ${section.title} (${section.id}${section.role ? `, ${section.role}` : ''})`,
		...section.content.map(content => contentLine(content, `${indent}  `)),
		...section.sections.flatMap(inner => sectionLines(inner, `${indent}  `)),
	];
}

function contentLine(content: Content, indent: string): string {
	switch (content.kind) {
		case 'prose':
			return `${indent}prose ${JSON.stringify(content.markdown)}`;
		case 'sample':
			return `${indent}sample ${content.language}: ${JSON.stringify(content.text)}`;
		case 'symptom':
			return `${indent}symptom ${JSON.stringify(content.patterns)}`;
		case 'manual':
			return `${indent}manual ${content.id}: ${content.text}`;
		case 'choice':
			return `${indent}choice ${content.id}: ${content.options.map(({text, section}) => `${text} > ${section}`).join('; ')}`;
		case 'command':
			return `${indent}${content.role} ${content.id} ${content.risk} ${content.language}: ${JSON.stringify(content.script)}`;
	}
}
