import type {Command, Section} from '../../source/core/runbook/model.ts';
import {sectionsOf} from '../../source/core/runbook/outline.ts';
import {documentOf, textOf} from '../runbooks/bundled.ts';

const page = 'linux-patching.md';

/**
 * The bundled page cut down to these sections, named by their slugs, with all that lies in them: one document that is
 * walked as the whole page is. Of the headings around them the words stay, and of a choice the options that do.
 * `values` are what blocks that were cut away would have handed on.
 */
export function partOfPage(slugs: string[], values: Record<string, string> = {}): string {
	const {runbook} = documentOf(page);
	const lines = textOf(page).split('\n');
	const sections = sectionsOf(runbook);
	const kept = keptSections(runbook.sections, slugs);
	const parts = sections.flatMap((section, at) => {
		const how = kept.get(section.id);
		if (!how) return [];
		const own = lines.slice(section.place.line - 1, (sections[at + 1]?.place.line ?? lines.length + 1) - 1);
		return [how === 'whole' ? own.join('\n') : [own[0]!, '', ...optionsIn(own, kept), ''].join('\n')];
	});
	return frontMatter(lines, values) + withoutReferences(parts.join('\n'), kept);
}

/** A command of the page by its id, `section/name`; of its variants the one whose `when` says so. */
export function commandOfPage(id: string, when = ''): Command {
	const all = sectionsOf(documentOf(page).runbook).flatMap(({content}) => content);
	const variants = all.filter((each): each is Command => each.kind === 'command' && each.id === id);
	const wanted = variants.filter(each => each.when.map(termText).join(' ').includes(when));
	if (wanted.length !== 1) throw new Error(`${wanted.length} commands of the page are ${id} with "${when}"`);
	return wanted[0]!;
}

type Kept = Map<string, 'whole' | 'heading'>;

function keptSections(all: Section[], slugs: string[]): Kept {
	const kept: Kept = new Map();
	const visit = (section: Section, isInside: boolean): boolean => {
		const isWhole = isInside || slugs.includes(section.id);
		const holds = section.sections.map(each => visit(each, isWhole));
		if (isWhole || holds.includes(true)) kept.set(section.id, isWhole ? 'whole' : 'heading');
		return kept.has(section.id);
	};
	for (const section of all) visit(section, false);
	for (const slug of slugs) if (!kept.has(slug)) throw new Error(`The page has no section ${slug}`);
	return kept;
}

/** Of a choice, the options that are kept. */
function optionsIn(lines: string[], kept: Kept): string[] {
	if (!lines[0]!.endsWith('?')) return [];
	return lines.filter(line => kept.has(/^- \[[^\]]*\]\(#([^)]+)\)/.exec(line)?.[1] ?? ''));
}

function frontMatter(lines: string[], values: Record<string, string>): string {
	const end = lines.indexOf('---', 1);
	const given = Object.entries(values).map(
		([name, value]) => `  ${name}: ${JSON.stringify({prompt: name, default: value})}`,
	);
	const own = lines.slice(0, end);
	own.splice(own.indexOf('inputs:') + 1, 0, ...given);
	return `${own.join('\n')}\n---\n\n`;
}

/** Without the names of rollback options that were cut away, which would be an error. */
function withoutReferences(text: string, kept: Kept): string {
	return text.replaceAll(/ (rollback|closes)=([a-z0-9,-]+)/g, (_, key: string, names: string) => {
		const left = names.split(',').filter(name => kept.has(name));
		return left.length > 0 ? ` ${key}=${left.join(',')}` : '';
	});
}

const termText = ({key, not, values}: {key: string; not: boolean; values: string[]}) =>
	`${key}${not ? '!=' : '='}${values.join(',')}`;
