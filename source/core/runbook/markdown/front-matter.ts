import type {Place} from '../model.ts';

export type FrontMatter = {
	kind: 'yaml' | 'toml';
	text: string;
	/** The first line of the text, from 1. */
	line: number;
	/** How many lines of the document it takes, marks included. */
	lines: number;
};

const marks: Record<string, {kind: FrontMatter['kind']; ends: string[]}> = {
	'---': {kind: 'yaml', ends: ['---', '...']},
	'+++': {kind: 'toml', ends: ['+++']},
};

/** The front matter on top of a document: YAML between `---`, TOML (which is never ours) between `+++`. */
export function frontMatterOf(lines: string[]): FrontMatter | undefined {
	const mark = Object.hasOwn(marks, lines[0]!.trimEnd()) ? marks[lines[0]!.trimEnd()]! : undefined;
	if (!mark) return undefined;
	const end = lines.findIndex((line, at) => at > 0 && mark.ends.includes(line.trimEnd()));
	if (end < 0) return undefined;
	const inner = lines.slice(1, end);
	const first = inner.find(line => line.trim() !== '' && !line.startsWith('#'));
	if (mark.kind === 'yaml' && first !== undefined && !/^["']?[\w.-]+["']?\s*:(\s|$)/.test(first)) return undefined;
	return {kind: mark.kind, text: inner.join('\n'), line: 2, lines: end + 1};
}

export const frontMatterPlace: Place = {line: 1, column: 1};
