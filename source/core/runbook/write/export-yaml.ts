import {Scalar, stringify} from 'yaml';
import {type AttributeList, attributeList, manualList, sectionList, symptomList} from '../attributes/attribute-list.ts';
import type {Content, Runbook, Section} from '../model.ts';
import {exportFront, yamlStyle} from './export-front.ts';
import {isAlone} from './export-markdown.ts';
import {fenceText} from './fence-text.ts';

/** The runbook as YAML that reads back as the same value (places, levels and blank lines apart). */
export function toYaml(runbook: Runbook): string {
	const isOnly = isAlone(runbook);
	const {inputs, require} = exportFront(runbook);
	const value = {
		handrail: 1,
		title: runbook.title,
		...(!runbook.titled && {heading: false}),
		...(inputs !== undefined && {inputs}),
		...(require !== undefined && {require}),
		...contentOf(runbook.content, false),
		sections: runbook.sections.map(section => sectionOf(section, false, isOnly)),
	};
	return stringify(value, {...yamlStyle, aliasDuplicateObjects: false});
}

function sectionOf(section: Section, isAroundRollback: boolean, isOnly: boolean): object {
	const isInRollback = section.role ? section.role === 'rollback' : isAroundRollback;
	const {sections} = section;
	return {
		title: section.title,
		...attributesOf(sectionList(section, isOnly)),
		...contentOf(section.content, isInRollback),
		...(sections.length > 0 && {sections: sections.map(inner => sectionOf(inner, isInRollback, false))}),
	};
}

const contentOf = (content: Content[], isInRollback: boolean): object =>
	content.length > 0 ? {content: content.map(item => itemOf(item, isInRollback))} : {};

function itemOf(item: Content, isInRollback: boolean): unknown {
	switch (item.kind) {
		case 'prose':
			return textOf(item.markdown);
		case 'sample':
			return {sample: textOf(item.text), ...(item.language && {language: item.language})};
		case 'symptom':
			return {symptom: item.patterns, ...attributesOf(symptomList(item))};
		case 'command':
			return {[item.language]: textOf(fenceText(item)), ...attributesOf(attributeList(item, isInRollback))};
		case 'manual':
			return {manual: item.text, ...attributesOf(manualList(item))};
		case 'choice':
			return {choice: item.options.map(({text, section}) => ({text, section: section ?? ''}))};
	}
}

/** A text as a literal block; quoted where blanks at its ends would be taken for the indentation of one. */
function textOf(text: string): unknown {
	if (!/^[ \t]*(\n|$)|\n[ \t]+$/.test(text)) return `${text}\n`;
	const quoted = new Scalar(`${text}\n`);
	quoted.type = 'QUOTE_DOUBLE';
	return quoted;
}

/** Numbers and truths as such: quoted ones read the same, but nobody writes them so. */
const attributesOf = (attributes: AttributeList): object =>
	Object.fromEntries(
		attributes.map(([name, value]) => [name, String(Number(value)) === value ? Number(value) : value]),
	);
