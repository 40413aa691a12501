import {manualAttributes, sectionAttributes} from '../attributes/attribute-table.ts';
import {readAttributes, reportForeign} from '../attributes/read-attributes.ts';
import {checkBlocks} from '../check/check-blocks.ts';
import {checkLinks} from '../check/check-links.ts';
import {checkReferences} from '../check/check-references.ts';
import {checkShell} from '../check/check-shell.ts';
import {checkTerms, type TermUse} from '../check/check-terms.ts';
import type {Reporter} from '../findings.ts';
import type {Block, Choice, Content, Place, Runbook, Section, SectionRole} from '../model.ts';
import {isBlock} from '../outline.ts';
import type {Draft, DraftChoice, DraftContent, DraftManual, DraftSection} from './draft.ts';
import {roleOfTitle, sectionOfAll} from './section-role.ts';
import {type Settling, settleFence} from './settle-fence.ts';
import {type Anchors, giveSlugs} from './slugs.ts';

/** What the checks of a whole document look at. */
export type Settled = {
	runbook: Runbook;
	draft: Draft;
	anchors: Anchors;
	terms: TermUse[];
	choices: Map<Choice, DraftChoice>;
	settling: Settling;
	report: Reporter['report'];
};

/** Makes the runbook of a draft: ids, roles, risks, references, placeholders; with every finding of the lint. */
export function settle(draft: Draft, settling: Settling): Runbook {
	const anchors = giveSlugs(draft);
	const whole = sectionOfAll(draft.root);
	const terms: TermUse[] = [];
	const choices = new Map<Choice, DraftChoice>();

	const settleSection = (from: DraftSection, inherited: SectionRole | undefined): Section => {
		const {values, places} = readAttributes(settling, sectionAttributes, from.attributes);
		const named = from === whole ? undefined : roleOfTitle(from.title);
		const role = values.role === 'none' ? undefined : (values.role ?? named);
		if (values.when) terms.push({when: values.when, place: places.get('when')!});
		if (values.require) terms.push({require: values.require, place: places.get('require')!});
		const id = anchors.ids.get(from)!;
		const section: Section = {
			id,
			title: from.title,
			when: values.when ?? [],
			require: values.require ?? [],
			content: settleContent(from.content, id, role ?? inherited),
			sections: from.sections.map(inner => settleSection(inner, role ?? inherited)),
			level: from.level,
			place: from.place,
		};
		if (role) section.role = role;
		if (values.takes !== undefined) section.takes = values.takes;
		if (values.loses !== undefined) section.loses = values.loses;
		return section;
	};

	const settleContent = (drafts: DraftContent[], section: string, role: SectionRole | undefined): Content[] => {
		const content = drafts.flatMap((from): Content[] => {
			if (from.kind === 'fence') return settleFence(from, role, settling);
			if (from.kind === 'manual') return [settleManual(from, settling)];
			if (from.kind !== 'choice') return [from];
			const options = from.options.map(({text, anchor}) => ({text, section: anchors.find(anchor)}));
			const choice: Choice = {kind: 'choice', id: '', when: [], options, place: from.place};
			choices.set(choice, from);
			return [choice];
		});
		giveIds(content.filter(isBlock), section);
		for (const piece of content) {
			if ('when' in piece && piece.when.length > 0) terms.push({when: piece.when, place: whenPlace(piece)});
		}
		return content;
	};
	const whenPlace = (piece: Content): Place =>
		(piece.kind === 'symptom' ? undefined : settling.places.get(piece as Block)?.get('when')) ?? piece.place;

	const runbook: Runbook = {
		declared: draft.declared,
		title: draft.title,
		titled: draft.titled,
		inputs: draft.inputs,
		require: draft.require,
		content: settleContent(draft.root.content, '', undefined),
		sections: draft.root.sections.map(section => settleSection(section, undefined)),
	};
	if (draft.require.length > 0) terms.push({require: draft.require, place: draft.requirePlace});
	const settled = {runbook, draft, anchors, terms, choices, settling, report: settling.report};
	checkReferences(settled);
	checkShell(settled);
	checkBlocks(settled);
	checkTerms(settled);
	checkLinks(settled);
	reportForeign(settling);
	return runbook;
}

function settleManual(from: DraftManual, settling: Settling): Content {
	const {values, places} = readAttributes(settling, manualAttributes, from.attributes);
	const manual: Block = {
		kind: 'manual',
		id: '',
		when: values.when ?? [],
		text: from.text,
		...(values.name !== undefined && {name: values.name}),
		once: values.once ?? false,
		place: from.place,
	};
	settling.places.set(manual, places);
	return manual;
}

/** `section/name`, or `section/N` for the N-th block of the section. */
function giveIds(blocks: Block[], section: string) {
	for (const [at, block] of blocks.entries()) {
		const name = block.kind === 'choice' ? undefined : block.name;
		block.id = `${section}/${name ?? at + 1}`;
	}
}
