import {type DraftContent, type DraftSection, newSection} from '../draft/draft.ts';
import type {Place} from '../model.ts';

/** Nests sections as their headings do. */
export class SectionStack {
	readonly root = newSection('', 0, {line: 1, column: 1});
	readonly #open: DraftSection[] = [this.root];

	get current(): DraftSection {
		return this.#open.at(-1)!;
	}

	/** Opens a section under the nearest one of a lesser level, and returns that. */
	open(title: string, level: number, place: Place): DraftSection {
		while (this.current.level >= level) this.#open.pop();
		const parent = this.current;
		const section = newSection(title, level, place);
		parent.sections.push(section);
		this.#open.push(section);
		return parent;
	}

	/** A bold line opens a section inside the one that a real heading opened. */
	openBold(title: string, place: Place) {
		if (this.current.heading === 'bold') this.#open.pop();
		const parent = this.current;
		const section = {...newSection(title, Math.max(parent.level, 1) + 1, place), heading: 'bold' as const};
		parent.sections.push(section);
		this.#open.push(section);
	}

	add(content: DraftContent) {
		addContent(this.current.content, content);
	}
}

/** Adds to the content of a section; adjacent prose is one piece. */
export function addContent(all: DraftContent[], content: DraftContent) {
	const last = all.at(-1);
	if (content.kind !== 'prose' || !last) all.push(content);
	else if (last.kind === 'prose') last.markdown += `\n\n${apart(content.markdown, /^(?: {2}|\t)/)}`;
	else if (last.kind === 'fence' || last.kind === 'sample') all.push(content);
	else all.push({...content, markdown: apart(content.markdown, /^(?: {5}| {0,4}\t)/)});
}

/** What stood between is gone: without a mark, indented text would now belong to a list above it. */
const apart = (markdown: string, indented: RegExp) => (indented.test(markdown) ? `<!-- -->\n\n${markdown}` : markdown);
