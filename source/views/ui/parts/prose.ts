// Markdown prose as rows: what a reader of the page would see, in the width there is.
import MarkdownIt from 'markdown-it';
import {visible, visibleLine} from '../../../core/text/filter.ts';
import {breakLine, type Row} from '../../../core/text/row.ts';
import {spansOf, type Token} from './prose-spans.ts';
import {tableRows} from './prose-table.ts';
import {wrapSpans} from './wrap-spans.ts';

const markdown = new MarkdownIt('default', {html: true, linkify: false});

/** Rows of at most `width` cells. */
export function proseRows(source: string, width: number): Row[] {
	const rows: Row[] = [];
	const tokens = markdown.parse(source, {});
	/** Marks of the lists and quotes around, the innermost last; each stands before its first line only. */
	const lead: string[] = [];
	for (let at = 0; at < tokens.length; at++) {
		const token = tokens[at]!;
		const isLoose = lead.length === 0;
		switch (token.type) {
			case 'table_open': {
				const end = tokens.findIndex((each, index) => index > at && each.type === 'table_close');
				rows.push(...tableRows(tokens.slice(at, end), width), []);
				at = end;
				break;
			}
			case 'inline':
				rows.push(...wrapSpans(spansOf(token), width, lead.join('')));
				for (const [depth, mark] of lead.entries()) if (mark !== '> ') lead[depth] = ' '.repeat(mark.length);
				break;
			case 'list_item_open':
				lead.push(markOf(token));
				break;
			case 'blockquote_open':
				lead.push('> ');
				break;
			case 'list_item_close':
			case 'blockquote_close':
				lead.pop();
				break;
			case 'paragraph_close':
			case 'heading_close':
			case 'bullet_list_close':
			case 'ordered_list_close':
				if (isLoose && rows.at(-1)?.length !== 0) rows.push([]);
				break;
			case 'fence':
			case 'code_block':
				rows.push(...codeRows(token.content, width, lead.join('')), ...(isLoose ? [[]] : []));
				break;
			case 'hr':
				rows.push([{text: '-'.repeat(Math.min(width, 20))}]);
				break;
			case 'html_block':
				rows.push(...htmlRows(token.content, width));
				break;
			default:
		}
	}
	while (rows.at(-1)?.length === 0) rows.pop();
	return rows;
}

const markOf = ({info, markup}: Token): string => (info ? `${info}${markup} ` : '- ');

/** Longer lines go on in the next one: nothing of code is left out. */
function codeRows(content: string, width: number, lead: string): Row[] {
	const indent = ' '.repeat(Math.min(lead.length + 2, width >> 1));
	return visible(content.replace(/\n$/, ''))
		.split('\n')
		.flatMap(line =>
			breakLine(line, width - indent.length).map((text): Row => [{text: indent}, {text, colour: 'cyan'}]),
		);
}

/** Comments are not for readers; of the rest the text. */
function htmlRows(content: string, width: number): Row[] {
	const text = visibleLine(content.replaceAll(/<!--[\s\S]*?(?:-->|$)/g, '').replaceAll(/<[^<>]*>/g, ' ')).trim();
	return text ? wrapSpans([{text: text.replaceAll(/ +/g, ' ')}], width) : [];
}
