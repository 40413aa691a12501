import {stringify} from 'yaml';
import {manualList, sectionList, symptomList} from '../attributes/attribute-list.ts';
import {fence} from '../markdown/fence.ts';
import type {Choice, Content, Manual, Runbook, Section} from '../model.ts';
import {attributeText} from './attribute-text.ts';
import {commandFence} from './command-fence.ts';
import {exportFront, yamlStyle} from './export-front.ts';
import {sampleLanguage} from './fence-text.ts';
import {headingText, linkText} from './heading-text.ts';

/** The runbook as Markdown that reads back as the same value (places, levels and blank lines apart). */
export function toMarkdown(runbook: Runbook): string {
	const top = topLevel(runbook);
	const isOnly = isAlone(runbook);
	const parts = [
		...titleParts(runbook),
		...contentParts(runbook.content, false),
		...runbook.sections.flatMap(section => sectionParts(section, top, false, isOnly)),
	];
	const front = exportFront(runbook);
	const matter = Object.keys(front).length > 0 ? `---\n${stringify(front, yamlStyle)}---\n` : '';
	// The blank line keeps a first line of dashes from being read as front matter.
	return `${matter}\n${parts.join('\n\n')}\n`.replace(/^\n(?!---|\+\+\+)/, '');
}

/** Without any heading all would be one section; a heading without words keeps it from that. */
const titleParts = ({titled, title, sections}: Runbook): string[] =>
	titled ? [headingText(title, 1)] : sections.length === 0 ? ['#'] : [];

/** Sections below a title begin at level 2; only several of them may begin at level 1 and be no title. */
function topLevel({titled, sections}: Runbook): number {
	const isDeep = Math.max(...sections.map(height)) > 5;
	return !titled && sections.length > 1 && (isDeep || sections[0]!.level === 1) ? 1 : 2;
}

const height = ({sections}: Section): number => 1 + Math.max(0, ...sections.map(height));

/** True where one section holds all that can be walked: no heading gives it a role. */
export const isAlone = ({content, sections}: Runbook): boolean =>
	sections.length === 1 && content.every(({kind}) => kind === 'prose' || kind === 'sample');

function sectionParts(section: Section, level: number, isAroundRollback: boolean, isOnly: boolean): string[] {
	const isInRollback = section.role ? section.role === 'rollback' : isAroundRollback;
	const attributes = sectionList(section, isOnly);
	return [
		headingText(section.title, level),
		...(attributes.length > 0 ? [`<!-- handrail ${attributeText(attributes)} -->`] : []),
		...contentParts(section.content, isInRollback),
		...section.sections.flatMap(inner => sectionParts(inner, level + 1, isInRollback, false)),
	];
}

const contentParts = (content: Content[], isInRollback: boolean): string[] =>
	content.map((item, index) => contentPart(item, content[index - 1], content[index + 1], isInRollback));

function contentPart(
	item: Content,
	before: Content | undefined,
	after: Content | undefined,
	isInRollback: boolean,
): string {
	switch (item.kind) {
		case 'prose':
			return item.markdown;
		case 'sample':
			return fence(sampleLanguage(item), item.text);
		case 'symptom':
			return fence(`text { ${attributeText([['symptom', true], ...symptomList(item)])} }`, item.patterns.join('\n'));
		case 'command':
			return commandFence(item, isInRollback);
		case 'manual':
			return `-${gap(after)}[ ] ${manualText(item)}`;
		case 'choice':
			return choiceList(item, before, after);
	}
}

function manualText(manual: Manual): string {
	const attributes = manualList(manual);
	return attributes.length > 0 ? `${manual.text} <!-- handrail ${attributeText(attributes)} -->` : manual.text;
}

/** A mark that the prose around does not use: lists that meet would become one. */
function choiceList({options}: Choice, before: Content | undefined, after: Content | undefined): string {
	const around = [before, after].map(content => (content?.kind === 'prose' ? content.markdown : '')).join('\n');
	const isUsed = (mark: string) => around.split('\n').some(line => line.trimStart().startsWith(mark));
	const mark = ['-', '*', '+'].find(free => !isUsed(free)) ?? '-';
	return options.map(({text, section}) => `${mark}${gap(after)}${linkText(text, section ?? '')}`).join('\n');
}

/** Indented prose after a list belongs to its last item, unless that item's text begins farther to the right. */
const gap = (after: Content | undefined): string =>
	after?.kind === 'prose' && /^[ \t]/.test(after.markdown) ? '    ' : ' ';
