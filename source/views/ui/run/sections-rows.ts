import {judgeSection} from '../../../core/run/applies.ts';
import {visibleLine} from '../../../core/text/filter.ts';
import {glyphOf, glyphs} from '../../../core/text/glyphs.ts';
import {fit, type Row} from '../../../core/text/row.ts';
import type {Context} from './keys.ts';
import {numberOf} from './section-numbers.ts';
import {progressOf} from './section-progress.ts';
import {type SectionShown, sectionsShown} from './sections-shown.ts';

/** The contents, windowed around where the walk (or the cursor) is. */
export function sectionsRows(context: Context, width: number, height: number): Row[] {
	const {model, ui} = context;
	const shown = sectionsShown(model, ui.cursor);
	const marked = shown.findIndex(({section}) => section.id === (ui.cursor ?? model.host.at));
	const first = Math.max(0, Math.min(marked - Math.floor(height / 2), shown.length - height));
	return shown.slice(first, first + height).map(each => sectionRow(context, each, width));
}

function sectionRow({model, ui, isAscii}: Context, {section, depth}: SectionShown, width: number): Row {
	const {status: counted, done, all} = progressOf(model.host, section);
	const isForOthers = counted === 'todo' && judgeSection(model.state, model.host, section).is === 'no';
	const status = isForOthers ? 'not-applicable' : counted;
	const {colour} = glyphs[status];
	const isHere = section.id === model.host.at;
	const count = all > 1 && done > 0 ? ` ${done}/${all}` : '';
	const lead = `${isHere ? '>' : ' '}${'  '.repeat(Math.min(depth, 4))}`;
	const number = numberOf(model.state.runbook, section);
	const words = visibleLine(number === '' ? section.title : `${number} ${section.title}`);
	const title = fit(words, Math.max(1, width - lead.length - 2 - count.length));
	const look = {bold: isHere, inverse: ui.cursor === section.id};
	return [
		{text: lead, bold: isHere},
		{text: glyphOf(status, isAscii), colour, ...look},
		{text: ` ${title}`, ...look},
		{text: count},
	];
}
