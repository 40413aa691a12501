import type {Attribute} from '../attributes/attributes.ts';
import type {Counts, Input, Place, Prose, Requirement, Sample} from '../model.ts';

/** A document as its syntax says it, before names, risks and references are settled; Markdown and YAML both become one. */
export type Draft = {
	declared: boolean;
	title: string;
	titled: boolean;
	inputs: Record<string, Input>;
	require: Requirement[];
	/** Where `require` of the whole document stands. */
	requirePlace: Place;
	/** Level 0: what stands above the first section, and the sections. */
	root: DraftSection;
	counts: Counts;
	links: SectionLink[];
	/** Anchors that the document defines by HTML, lower case. */
	anchors: Set<string>;
	contents: ContentsItem[];
};

export type DraftSection = {
	title: string;
	level: number;
	/** How the document marks it; `none` for a document without headings. */
	heading: 'heading' | 'bold' | 'none';
	attributes: Attribute[];
	content: DraftContent[];
	sections: DraftSection[];
	place: Place;
};

export type DraftContent = Prose | Sample | DraftFence | DraftManual | DraftChoice;

export type DraftFence = {
	kind: 'fence';
	language: string;
	text: string;
	attributes: Attribute[];
	place: Place;
};
export type DraftManual = {kind: 'manual'; text: string; attributes: Attribute[]; place: Place};
export type DraftChoice = {kind: 'choice'; options: {text: string; anchor: string; place: Place}[]; place: Place};

/** A link `(#anchor)`; the anchor is decoded, in the author's case. */
export type SectionLink = {anchor: string; place: Place};

/** An item of a table of contents: what it calls a section. */
export type ContentsItem = {title: string; anchor: string | undefined; place: Place};

export const newSection = (title: string, level: number, place: Place): DraftSection => ({
	title,
	level,
	heading: 'heading',
	attributes: [],
	content: [],
	sections: [],
	place,
});
