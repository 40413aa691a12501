import GithubSlugger, {slug} from 'github-slugger';
import type {Draft, DraftSection} from './draft.ts';

export type Anchors = {
	/** The id of every section. */
	ids: Map<DraftSection, string>;
	/** The id of the section that a link `#anchor` leads to. */
	find(anchor: string): string | undefined;
	/** True where a link `#anchor` leads somewhere, if only to the title or to an anchor in HTML. */
	has(anchor: string): boolean;
	all: string[];
};

/** Gives sections the anchors of code-hosting sites; `titleHeading` counts where there is one. */
export function giveSlugs(draft: Draft): Anchors {
	const ids = new Map<DraftSection, string>();
	const slugger = new GithubSlugger();
	if (draft.titled) slugger.slug(draft.title);
	const sections = inOrder(draft.root);
	for (const section of sections) ids.set(section, slugger.slug(isEmpty(section.title) ? 'section' : section.title));
	const targets = sections.some(section => section.heading === 'bold')
		? anchorsOfHeadings(draft, sections, ids)
		: new Map([...ids.values()].map(id => [id, id]));
	if (draft.titled) targets.set(slug(draft.title), '');
	for (const id of ids.values()) if (!targets.has(id)) targets.set(id, id);
	return {
		ids,
		find: anchor => targets.get(anchor.toLowerCase()) || undefined,
		has: anchor => targets.has(anchor.toLowerCase()) || draft.anchors.has(anchor.toLowerCase()),
		all: [...targets.keys()],
	};
}

/** Links lead to real headings: a bold line before one of the same words does not take its anchor. */
function anchorsOfHeadings(
	draft: Draft,
	sections: DraftSection[],
	ids: Map<DraftSection, string>,
): Map<string, string> {
	const slugger = new GithubSlugger();
	const targets = new Map<string, string>();
	if (draft.titled) slugger.slug(draft.title);
	for (const section of sections) {
		if (section.heading === 'heading') targets.set(slugger.slug(section.title), ids.get(section)!);
	}
	return targets;
}

function inOrder(root: DraftSection): DraftSection[] {
	const all: DraftSection[] = [];
	const add = (section: DraftSection) => {
		all.push(section);
		section.sections.forEach(add);
	};
	root.sections.forEach(add);
	return all;
}

const isEmpty = (title: string): boolean => !/[A-Za-z0-9]/.test(title) && slug(title) === '';
