// The step that the walk is at, as its page reads: prose, commands exactly as they run, items, choices.

import {judgeBlock} from '../../../core/run/applies.ts';
import {type BlockState, blockState} from '../../../core/run/state.ts';
import {here} from '../../../core/run/walk.ts';
import type {Block, Command, Content, Section} from '../../../core/runbook/model.ts';
import {indexOf, isBlock, isWalked} from '../../../core/runbook/outline.ts';
import {formatClock} from '../../../core/text/duration.ts';
import {visible, visibleLine} from '../../../core/text/filter.ts';
import {glyphOf, glyphs} from '../../../core/text/glyphs.ts';
import {breakLine, type Row, wrap} from '../../../core/text/row.ts';
import {proseRows} from '../parts/prose.ts';
import type {Model} from './model.ts';

export type StepRows = {rows: Row[] /** The line where what is to be done now begins. */; here: number};

export function stepRows(model: Model, width: number, isAscii: boolean, cursor?: string): StepRows {
	const {state, host} = model;
	const id = cursor ?? host.at;
	const section = indexOf(state.runbook).sections.get(id)?.section;
	if (!section) return {rows: [], here: 0};
	const place = here(state, host);
	const now = cursor === undefined && place.kind !== 'end-of-step' ? place.item.id : undefined;
	const rows: Row[] = [];
	let at = 0;
	for (const content of section.content) {
		const block = isBlock(content) ? content : undefined;
		if (block && block.id === now) at = rows.length;
		const lines = contentRows(model, section, content, width, isAscii, block !== undefined && block.id === now);
		if (lines.length > 0) rows.push(...lines, []);
	}
	return {rows, here: at};
}

function contentRows(
	model: Model,
	section: Section,
	content: Content,
	width: number,
	isAscii: boolean,
	isNow: boolean,
): Row[] {
	switch (content.kind) {
		case 'prose':
			return proseRows(content.markdown, width);
		case 'sample':
			return visible(content.text)
				.split('\n')
				.map(line => [{text: `| ${line}`}]);
		case 'symptom':
			return content.patterns.flatMap(pattern =>
				wrap(`when the output has: ${visibleLine(pattern)}`, width, '  ').map(text => [{text}]),
			);
		default:
			return blockRows(model, section, content, width, isAscii, isNow);
	}
}

function blockRows(
	model: Model,
	section: Section,
	block: Block,
	width: number,
	isAscii: boolean,
	isNow: boolean,
): Row[] {
	const {state, host} = model;
	const isOurs = judgeBlock(state, host, section, block).is !== 'no';
	const known: BlockState = isOurs
		? blockState(host, block.id)
		: {status: 'not-applicable', attempts: [], failed: false};
	const mark = {
		text: `${isNow ? '>' : ' '}${glyphOf(known.status, isAscii)} `,
		bold: isNow,
		colour: glyphs[known.status].colour,
	};
	if (block.kind === 'manual') return wrapMarked(mark, visible(block.text), width, isNow);
	if (block.kind === 'choice') {
		return block.options.map(
			(option, at): Row => [
				at === 0 ? mark : {text: '   '},
				{text: `${at + 1}  ${visibleLine(option.text)}`, bold: isNow},
			],
		);
	}
	if (!isOurs) return [[mark, {text: `${block.id}: not for this host`}]];
	return commandRows(model, block, known, mark, width, isNow);
}

function commandRows(
	model: Model,
	command: Command,
	known: BlockState,
	mark: Row[number],
	width: number,
	isNow: boolean,
): Row[] {
	const script = model.host.tasks[known.attempts.at(-1) ?? '']?.edited?.script ?? command.script;
	const rows = visible(script)
		.split('\n')
		.flatMap((line, at) =>
			breakLine(line, Math.max(8, width - 5)).map(
				(text, part): Row => [
					at === 0 && part === 0 ? mark : {text: '   '},
					{text: `${part === 0 ? '$' : ' '} ${text}`, colour: 'cyan', bold: isNow && isWalked(command)},
				],
			),
		);
	const words = [wordsOf(command), statusWords(model, known)].filter(Boolean).join(', ');
	return [...rows, [{text: `     ${words}`, colour: glyphs[known.status].colour}]];
}

const wordsOf = (command: Command): string =>
	[command.role === 'run' ? '' : command.role, command.risk === 'disrupts' ? 'DISRUPTS' : command.risk]
		.filter(Boolean)
		.join(', ');

function statusWords(model: Model, known: BlockState): string {
	const task = model.host.tasks[known.attempts.at(-1) ?? ''];
	if (known.status === 'todo') return '';
	if (known.status === 'running' && task) return `running ${formatClock(model.now - Date.parse(task.at))}`;
	const exit = known.exit === undefined ? '' : ` (exit ${known.exit})`;
	const times = known.attempts.length > 1 ? `, ${known.attempts.length} attempts` : '';
	return `${glyphs[known.status].word}${exit}${known.reason ? `: ${visibleLine(known.reason)}` : ''}${times}`;
}

function wrapMarked(mark: Row[number], text: string, width: number, isNow: boolean): Row[] {
	return wrap(text, Math.max(8, width - 3)).map(
		(line, at): Row => [at === 0 ? mark : {text: '   '}, {text: line, bold: isNow}],
	);
}
