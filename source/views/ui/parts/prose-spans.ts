import type MarkdownIt from 'markdown-it';
import {visibleLine} from '../../../core/text/filter.ts';
import type {Look, Span} from '../../../core/text/row.ts';

export type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number];

/** The text of a paragraph or a cell as spans; a hard break is a line feed. */
export function spansOf(token: Token): Span[] {
	const spans: Span[] = [];
	const look: Look = {};
	for (const child of token.children ?? []) {
		if (child.type === 'text') spans.push({text: visibleLine(child.content), ...look});
		else if (child.type === 'code_inline') spans.push({text: visibleLine(child.content), colour: 'cyan'});
		else if (child.type === 'softbreak') spans.push({text: ' ', ...look});
		else if (child.type === 'hardbreak' || isBreak(child)) spans.push({text: '\n'});
		else if (child.type === 'strong_open') look.bold = true;
		else if (child.type === 'strong_close') delete look.bold;
		else if (child.type === 'image') spans.push({text: `[${visibleLine(child.content) || 'picture'}]`});
	}
	return spans;
}

const isBreak = ({type, content}: Token): boolean => type === 'html_inline' && /^<br\b/i.test(content);
