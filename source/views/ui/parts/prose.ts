// Markdown prose as rows: what a reader of the page would see, in the width there is.
import MarkdownIt from 'markdown-it';
import {visible, visibleLine} from '../../../core/text/filter.ts';
import {cut, fit, type Look, type Row, type Span, widthOf} from '../../../core/text/row.ts';

const markdown = new MarkdownIt('default', {html: true, linkify: false});

type Token = ReturnType<typeof markdown.parse>[number];

/** Rows of at most `width` cells. */
export function proseRows(source: string, width: number): Row[] {
	const rows: Row[] = [];
	const tokens = markdown.parse(source, {});
	const lead: string[] = [];
	for (let at = 0; at < tokens.length; at++) {
		const token = tokens[at]!;
		const indent = lead.map((mark, depth) => (depth === lead.length - 1 ? mark : ' '.repeat(mark.length))).join('');
		if (token.type === 'table_open') {
			const end = tokens.findIndex((each, index) => index > at && each.type === 'table_close');
			rows.push(...tableRows(tokens.slice(at, end), width), []);
			at = end;
		} else if (token.type === 'inline') {
			rows.push(...wrapSpans(spansOf(token), width, indent));
			const last = lead.length - 1;
			if (last >= 0) lead[last] = ' '.repeat(lead[last]!.length);
		} else if (token.type === 'list_item_open') lead.push(token.info ? `${token.info}${token.markup} ` : '- ');
		else if (token.type === 'blockquote_open') lead.push('> ');
		else if (token.type === 'list_item_close' || token.type === 'blockquote_close') lead.pop();
		else if (token.type === 'paragraph_close' && lead.length === 0) rows.push([]);
		else if (/^(?:bullet|ordered)_list_close$/.test(token.type) && lead.length === 0) rows.push([]);
		else if (token.type === 'fence' || token.type === 'code_block')
			rows.push(...codeRows(token.content, width, indent));
		else if (token.type === 'hr') rows.push([{text: '-'.repeat(Math.min(width, 20))}]);
		else if (token.type === 'html_block') rows.push(...htmlRows(token.content, width));
	}
	while (rows.length > 0 && rows.at(-1)!.length === 0) rows.pop();
	return rows;
}

const codeRows = (content: string, width: number, indent: string): Row[] =>
	visible(content.replace(/\n$/, ''))
		.split('\n')
		.map(line => [{text: cut(`${indent}  ${line}`, width).trimEnd(), colour: 'cyan'}]);

/** Comments are not for readers; of the rest the text. */
function htmlRows(content: string, width: number): Row[] {
	const text = visibleLine(content.replaceAll(/<!--[\s\S]*?(?:-->|$)/g, '').replaceAll(/<[^<>]*>/g, ' ')).trim();
	return text ? wrapSpans([{text: text.replaceAll(/ +/g, ' ')}], width, '') : [];
}

function spansOf(token: Token): Span[] {
	const spans: Span[] = [];
	const look: Look = {};
	for (const child of token.children ?? []) {
		if (child.type === 'text') spans.push({text: visibleLine(child.content), ...look});
		else if (child.type === 'code_inline') spans.push({text: visibleLine(child.content), colour: 'cyan'});
		else if (child.type === 'softbreak') spans.push({text: ' ', ...look});
		else if (child.type === 'hardbreak') spans.push({text: '\n'});
		else if (child.type === 'strong_open') look.bold = true;
		else if (child.type === 'strong_close') look.bold = false;
		else if (child.type === 'image') spans.push({text: `[${visibleLine(child.content) || 'picture'}]`});
	}
	return spans;
}

/** Breaks at blanks, keeping the look of each word. */
export function wrapSpans(spans: Span[], width: number, indent: string): Row[] {
	const rows: Row[] = [];
	const hanging = ' '.repeat(widthOf(indent));
	let current: Row = [{text: indent}];
	let used = widthOf(indent);
	let isFresh = true;
	const end = () => {
		rows.push(current);
		current = [{text: hanging}];
		used = hanging.length;
		isFresh = true;
	};
	for (const {text, ...look} of spans) {
		for (const piece of text.split(/(\n| +)/)) {
			if (piece === '') continue;
			if (piece === '\n') {
				end();
				continue;
			}
			if (piece.trim() === '') {
				if (isFresh || used >= width) continue;
				current.push({text: ' ', ...look});
				used += 1;
				continue;
			}
			let word = piece;
			if (used + widthOf(word) > width && !isFresh) end();
			while (widthOf(word) > width - used && width - used > 0) {
				const head = cut(word, width - used).trimEnd();
				if (head === '') break;
				current.push({text: head, ...look});
				word = word.slice(head.length);
				end();
			}
			if (word !== '') {
				current.push({text: word, ...look});
				used += widthOf(word);
				isFresh = false;
			}
		}
	}
	if (!isFresh || rows.length === 0) rows.push(current);
	return rows;
}

/** Columns as wide as their cells where they fit, else shared out; a cell that is too long is wrapped in its column. */
function tableRows(tokens: Token[], width: number): Row[] {
	const lines: string[][] = [];
	for (const token of tokens) {
		if (token.type === 'tr_open') lines.push([]);
		if (token.type === 'inline')
			lines.at(-1)?.push(
				spansOf(token)
					.map(span => span.text)
					.join(''),
			);
	}
	const columns = Math.max(0, ...lines.map(line => line.length));
	if (columns === 0) return [];
	const wanted = Array.from({length: columns}, (_, at) => Math.max(3, ...lines.map(line => widthOf(line[at] ?? ''))));
	const widths = shareOut(wanted, width - 3 * (columns - 1));
	return lines.flatMap((line, index) => {
		const cells = widths.map((cell, at) =>
			wrapSpans([{text: line[at] ?? ''}], cell, '').map(each => each.map(span => span.text).join('')),
		);
		const height = Math.max(...cells.map(cell => cell.length));
		const rows = Array.from(
			{length: height},
			(_, at): Row => [
				{
					text: cells.map((cell, column) => fit(cell[at] ?? '', widths[column]!)).join(' | '),
					...(index === 0 && {bold: true}),
				},
			],
		);
		return index === 0 ? [...rows, [{text: widths.map(cell => '-'.repeat(cell)).join('-+-')}]] : rows;
	});
}

function shareOut(wanted: number[], width: number): number[] {
	const total = wanted.reduce((sum, each) => sum + each, 0);
	if (total <= width) return wanted;
	const fair = Math.max(3, Math.floor(width / wanted.length));
	const narrow = wanted.filter(each => each <= fair).reduce((sum, each) => sum + each, 0);
	const wide = wanted.filter(each => each > fair).length;
	const share = Math.max(3, Math.floor((width - narrow) / Math.max(1, wide)));
	return wanted.map(each => (each <= fair ? each : share));
}
