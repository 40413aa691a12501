import {readRootAttributes} from './attributes/root-attributes.ts';
import type {Draft} from './draft/draft.ts';
import {newSection} from './draft/draft.ts';
import {settle} from './draft/settle.ts';
import {newSettling, type Settling} from './draft/settle-fence.ts';
import {createReporter} from './findings.ts';
import {type FrontMatter, frontMatterOf} from './markdown/front-matter.ts';
import {type Outline, outlineOf} from './markdown/markdown-outline.ts';
import {blockTokens} from './markdown/markdown-tokens.ts';
import {emptyFrontMatter, readFrontMatter} from './markdown/read-front-matter.ts';
import {sourceLines, stemOf, withoutMark} from './markdown/source-lines.ts';
import type {Document} from './model.ts';

/** Reads any Markdown text as a runbook. `file` is its path: for findings, and for a title where the text has none. Never throws. */
export function readMarkdown(source: string, file: string): Document {
	const {findings, report} = createReporter(file);
	const lines = sourceLines(withoutMark(source));
	const settling = newSettling(report, false);
	const matter = frontMatterOf(lines);
	const front = matter ? readFrontMatter(matter, settling) : emptyFrontMatter;
	const body = matter ? withoutFrontMatter(lines, matter) : lines;
	const outline = outlineOf(body, blockTokens(body.join('\n')), settling);
	const draft: Draft = {
		...outline,
		declared: front.declared,
		// A heading without words carries no title.
		title: front.title || outline.titleHeading || outline.firstHeading || stemOf(file),
		titled: Boolean(outline.titleHeading),
		inputs: front.inputs,
		require: front.require,
		requirePlace: front.requirePlace,
	};
	settleRoot(draft, outline, settling);
	const runbook = settle(draft, settling);
	findings.sort((a, b) => a.line - b.line || a.column - b.column);
	return {runbook, findings, counts: draft.counts};
}

/** Front matter is no text of the document, but its lines count. */
function withoutFrontMatter(lines: string[], matter: FrontMatter): string[] {
	return lines.map((line, at) => (at < matter.lines ? '' : line));
}

/** A document without headings is one section; comments above the first section can only require something. */
function settleRoot(draft: Draft, outline: Outline, settling: Settling) {
	if (outline.counts.headings === 0) {
		const {content, sections, attributes} = draft.root;
		const only = newSection(draft.title, 1, {line: 1, column: 1});
		draft.root = newSection('', 0, {line: 1, column: 1});
		draft.root.sections.push({...only, heading: 'none', content, sections, attributes});
		return;
	}
	const required = readRootAttributes(draft.root.attributes, settling);
	if (!required) return;
	draft.require = [...draft.require, ...required.require];
	draft.requirePlace = required.place;
}
