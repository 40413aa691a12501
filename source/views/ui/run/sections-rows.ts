import {visibleLine} from '../../../core/text/filter.ts';
import {glyphOf, glyphs} from '../../../core/text/glyphs.ts';
import {fit, type Row} from '../../../core/text/row.ts';
import type {SectionShown} from './sections-shown.ts';

/** The contents, windowed around where the walk (or the cursor) is. */
export function sectionsRows(
	shown: SectionShown[],
	cursor: string | undefined,
	width: number,
	height: number,
	isAscii: boolean,
): Row[] {
	const marked = shown.findIndex(({section, isHere}) => (cursor === undefined ? isHere : section.id === cursor));
	const first = Math.max(0, Math.min(marked - Math.floor(height / 2), shown.length - height));
	return shown.slice(first, first + height).map(each => sectionRow(each, cursor, width, isAscii));
}

function sectionRow(
	{section, depth, status, done, all, isHere}: SectionShown,
	cursor: string | undefined,
	width: number,
	isAscii: boolean,
): Row {
	const {colour} = glyphs[status];
	const count = all > 1 ? ` ${done}/${all}` : '';
	const lead = `${isHere ? '>' : ' '}${'  '.repeat(Math.min(depth, 4))}`;
	const glyph = glyphOf(status, isAscii);
	const title = fit(visibleLine(section.title), Math.max(1, width - lead.length - 2 - count.length));
	const look = {bold: isHere, inverse: cursor === section.id};
	return [{text: lead, bold: isHere}, {text: glyph, colour, ...look}, {text: ` ${title}`, ...look}, {text: count}];
}
