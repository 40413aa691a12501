// The step that the walk is at, as its page reads: prose, commands exactly as they run, items, choices.

import {judgeBlock} from '../../../core/run/applies.ts';
import {type BlockState, blockState} from '../../../core/run/state.ts';
import {here} from '../../../core/run/walk.ts';
import type {Block, Command, Content, Prose, Section} from '../../../core/runbook/model.ts';
import {indexOf, isBlock, isWalked} from '../../../core/runbook/outline.ts';
import {formatClock, formatDuration} from '../../../core/text/duration.ts';
import {visible, visibleLine} from '../../../core/text/filter.ts';
import {glyphOf, glyphs} from '../../../core/text/glyphs.ts';
import {phaseWords} from '../../../core/text/reboot-words.ts';
import {breakLine, fit, type Row, wrap} from '../../../core/text/row.ts';
import {proseRows} from '../parts/prose.ts';
import type {Model} from './model.ts';
import {silenceWords} from './silence-words.ts';
import {valuesUsed} from './values-used.ts';

export type StepRows = {
	rows: Row[];
	/** The lines from which and up to which what is to be done now is written. */
	here: number;
	end: number;
};

export function stepRows(model: Model, width: number, isAscii: boolean, cursor?: string): StepRows {
	const {state, host} = model;
	const section = indexOf(state.runbook).sections.get(cursor ?? host.at)?.section;
	if (!section) return {rows: [], here: 0, end: 0};
	const place = here(state, host);
	const now = place.kind === 'end-of-step' ? undefined : place.item.id;
	const page: Page = {model, section, width, isAscii};
	const rows: Row[] = [];
	let at = 0;
	let end = 0;
	let wasAside = false;
	for (const content of [...aboveAll(model, section), ...section.content]) {
		const isNow = isBlock(content) && content.id === now && applies(page, content);
		if (isNow) at = rows.length;
		const lines = contentRows(page, content, isNow);
		const isAside = isBlock(content) && lines.length > 0 && !applies(page, content);
		// Of what is for other hosts nobody wants to read more than a line.
		if (isAside && wasAside) rows.pop();
		if (lines.length > 0) rows.push(...lines, []);
		if (lines.length > 0) wasAside = isAside;
		if (isNow) end = rows.length - 1;
	}
	if (section.content.length === 0) rows.push(...contentsRows(section));
	while (rows.at(-1)?.length === 0) rows.pop();
	return {rows, here: at, end};
}

/** What stands above the first section is read with it; commands there have a step of their own. */
function aboveAll({state: {runbook}}: Model, section: Section): Content[] {
	return section === runbook.sections[0] && !runbook.content.some(isBlock) ? runbook.content : [];
}

type Page = {model: Model; section: Section; width: number; isAscii: boolean};

function contentRows(page: Page, content: Content, isNow: boolean): Row[] {
	const {width} = page;
	switch (content.kind) {
		case 'prose':
			return knownProse(content, Math.min(width, longestLine));
		case 'sample':
			return visible(content.text)
				.split('\n')
				.flatMap(line => breakLine(line, width - 2).map((text): Row => [{text: `| ${text}`}]));
		case 'symptom':
			return content.patterns.flatMap(pattern =>
				wrap(`when the output has: ${visibleLine(pattern)}`, width, '  ').map((text): Row => [{text}]),
			);
		default:
			return blockRows(page, content, isNow);
	}
}

/** Longer lines of text are hard to read. */
const longestLine = 100;

const proses = new WeakMap<Prose, {width: number; rows: Row[]}>();

/** Markdown is read again only for another width. */
function knownProse(prose: Prose, width: number): Row[] {
	const known = proses.get(prose);
	if (known?.width === width) return known.rows;
	const rows = proseRows(prose.markdown, width);
	proses.set(prose, {width, rows});
	return rows;
}

/** A section that only holds others. */
const contentsRows = (section: Section): Row[] =>
	section.sections.map((inner): Row => [{text: `- ${visibleLine(inner.title)}`}]);

const applies = ({model: {state, host}, section}: Page, block: Block): boolean =>
	judgeBlock(state, host, section, block).is !== 'no';

function blockRows(page: Page, block: Block, isNow: boolean): Row[] {
	const {model, width, isAscii} = page;
	const isOurs = applies(page, block);
	const known: BlockState = isOurs
		? blockState(model.host, block.id)
		: {status: 'not-applicable', attempts: [], failed: false};
	const mark = {
		text: `${isNow ? '>' : ' '}${glyphOf(known.status, isAscii)} `,
		bold: isNow,
		colour: glyphs[known.status].colour,
	};
	if (!isOurs) return asideRows(page, block, mark);
	if (block.kind === 'manual') return wrapMarked(mark, visible(block.text), width, isNow);
	if (block.kind === 'choice') {
		return block.options.flatMap((option, at) =>
			wrapMarked(at === 0 ? mark : blank, `${at + 1}  ${visibleLine(option.text)}`, width, isNow),
		);
	}
	return commandRows(page, block, known, mark, isNow);
}

/** What is not for this host: a line, and none where a variant of it is, or has had its line. */
function asideRows(page: Page, block: Block, mark: Row[number]): Row[] {
	const {variants} = indexOf(page.model.state.runbook).items.get(block.id) ?? {variants: [block]};
	if (variants[0] !== block || variants.some(each => applies(page, each))) return [];
	const name = block.kind === 'manual' ? visible(block.text) : block.id;
	const words = fit(`not for this host: ${name.split('\n')[0]}`, Math.max(8, page.width - 3)).trimEnd();
	return [[mark, {text: words}]];
}

function commandRows(
	{model, width}: Page,
	command: Command,
	known: BlockState,
	mark: Row[number],
	isNow: boolean,
): Row[] {
	const script = model.host.tasks[known.attempts.at(-1) ?? '']?.edited?.script ?? command.script;
	const rows = visible(script)
		.split('\n')
		.flatMap((line, at) =>
			breakLine(line, Math.max(8, width - 5)).map(
				(text, part): Row => [
					at === 0 && part === 0 ? mark : blank,
					{
						text: `${part === 0 ? (at === 0 ? '$' : ' ') : '.'} ${text}`,
						colour: 'cyan',
						bold: isNow && isWalked(command),
					},
				],
			),
		);
	const words = [wordsOf(command), statusWords(model, known)].filter(Boolean).join(', ');
	const values = isNow ? valuesUsed(model.state, model.host, script) : [];
	return [
		...rows,
		...values.flatMap(value => wrap(`     ${value}`, width, '  ').map((text): Row => [{text}])),
		...wrap(`     ${words}`, width).map((text): Row => [{text, colour: glyphs[known.status].colour}]),
		...phaseRows(model, command),
	];
}

/** Each phase of its reboot, with the time since the command was started. */
function phaseRows({host: {reboot}}: Model, command: Command): Row[] {
	if (reboot?.block !== command.id) return [];
	return reboot.phases.slice(-5).map(({phase, at}): Row => {
		const after = formatClock(Date.parse(at) - Date.parse(reboot.at));
		return [{text: `     ${after}  ${phaseWords[phase]}`, bold: phase === 'another-machine'}];
	});
}

const wordsOf = (command: Command): string =>
	[
		command.role === 'run' ? '' : command.role,
		command.risk === 'disrupts' ? 'DISRUPTS' : command.risk,
		command.takes === undefined ? '' : `takes ${formatDuration(command.takes)}`,
	]
		.filter(Boolean)
		.join(', ');

function statusWords(model: Model, known: BlockState): string {
	const task = model.host.tasks[known.attempts.at(-1) ?? ''];
	if (known.status === 'todo') return '';
	if (known.status === 'running' && task) {
		const silence = task.task === model.task?.task ? silenceWords(model) : '';
		return [`running ${formatClock(model.now - Date.parse(task.at))}`, silence].filter(Boolean).join(', ');
	}
	const exit = known.exit === undefined ? '' : ` (exit ${known.exit})`;
	const times = known.attempts.length > 1 ? `, ${known.attempts.length} attempts` : '';
	return `${glyphs[known.status].word}${exit}${known.reason ? `: ${visibleLine(known.reason)}` : ''}${times}`;
}

const blank = {text: '   '};

const wrapMarked = (mark: Row[number], text: string, width: number, isNow: boolean): Row[] =>
	wrap(text, Math.max(8, width - 3)).map((line, at): Row => [at === 0 ? mark : blank, {text: line, bold: isNow}]);
