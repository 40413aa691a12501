// What is asked now, in one to a few rows under the step.
import type {Question} from '../../../core/run/question.ts';
import {visible, visibleLine} from '../../../core/text/filter.ts';
import {type Look, type Row, wrap} from '../../../core/text/row.ts';
import {endWords} from '../../../core/text/words.ts';
import type {Model} from './model.ts';

export function questionRows(model: Model, width: number): Row[] {
	const {question} = model;
	if (question)
		return (asked[question.kind] as (question: Question, model: Model) => Line[])(question, model).flatMap(line =>
			lines(line, width),
		);
	if (model.state.ended)
		return lines(
			[`The run ${endWords[model.state.ended]}. q leaves; handrail report shows the record.`, {bold: true}],
			width,
		);
	if (!model.host.link) return lines(['Connecting ...', {}], width);
	if (model.host.request) return lines(['Asking the guards ...', {}], width);
	if (model.host.ending) return lines(['Ending: the last sample, the lock given back ...', {}], width);
	return [];
}

type Line = [text: string, look: Look];
type Of<K extends Question['kind']> = Extract<Question, {kind: K}>;

const ask: Look = {bold: true, colour: 'yellow'};
const alarm: Look = {bold: true, colour: 'red'};

const asked: {[K in Question['kind']]: (question: Of<K>, model: Model) => Line[]} = {
	trust: ({commands}) => [
		[`May the document run these ${commands.length} by itself? They only read. y agrees, once for this runbook.`, ask],
		...commands.slice(0, 12).map(({id, script}): Line => [`${id}: ${visibleLine(script)}`, {}]),
		...(commands.length > 12 ? [[`and ${commands.length - 12} more: handrail show lists them all`, {}] as Line] : []),
	],
	identity: ({host, was, is}) => [
		[`${host} called itself ${visibleLine(was.ownName)}, now ${visibleLine(is.ownName)}: the same machine? y`, alarm],
	],
	fact: ({key, host}) => [[`What is ${key} of ${host}? Enter to answer.`, ask]],
	input: ({name, input}) => [[`${visibleLine(input.prompt)} (${name})? Enter to answer.`, ask]],
	confirm: ({needs, placeholders, block}) => {
		if (placeholders.length > 0) return [[`Needs an edit first: ${placeholders.join(', ')}. Enter edits it.`, ask]];
		const how = {
			enter: 'Enter runs it: it only reads.',
			y: 'Enter asks, y runs it: it changes the host.',
			name: 'Enter asks for the name: it DISRUPTS.',
		};
		return [[`${how[needs]}${block.loses === undefined ? '' : ` Loses ${visibleLine(block.loses)}.`}`, ask]];
	},
	manual: () => [['By hand: y when it is done, s skips it.', ask]],
	choice: ({options, default: usual}) => [
		...options.map(
			({text, applies, answer, evidence, section}, at): Line => [
				`${at + 1}  ${visibleLine(text)}${applies ? '' : ' - not for this host'}${answer ? ` - ready: ${answer}${evidence ? `, ${visibleLine(evidence)}` : ''}` : ''}${section === usual ? '  <- Enter' : ''}`,
				{bold: section === usual},
			],
		),
		[usual === undefined ? 'Choose: a number.' : 'Choose: a number, Enter takes the marked one.', ask],
	],
	failure: ({entries, ways, block}, {host}) => {
		const {cause, exit, reason} = host.blocks[block.id]!;
		const why = [exit !== undefined && `exit ${exit}`, cause && cause !== 'exit' && cause, reason && visible(reason)]
			.filter(Boolean)
			.join(', ');
		const open = ways.filter(({answer}) => answer === 'yes');
		return [
			[`FAILED ${block.id}${why && ` (${why})`}`, alarm],
			...(entries.length > 0 ? [[`t  its output matches: ${entries.join(', ')}`, ask] as Line] : []),
			['r retry   e edit   s skip   o output   b ways back', {}],
			...open
				.slice(0, 2)
				.map((way): Line => [`b  ${visibleLine(way.title)}: ${visibleLine(way.evidence || 'available')}`, {}]),
		];
	},
	unknown: ({block, task}) => [
		[
			`UNKNOWN: nobody can say how ${block.id} ended${task.report?.is === 'lost' && task.report.alive ? '; processes of it are still at work' : ''}`,
			alarm,
		],
		['Nothing else may change this host until it is settled.', {}],
		['l look again   d it was done   f it was not', ask],
	],
	overdue: ({which, block}) => [
		[
			which === 'idle'
				? `${block.id} has been silent for long; it runs on.`
				: `${block.id} takes longer than expected; it runs on.`,
			alarm,
		],
		['w wait   o look   x cancel', ask],
	],
	refused: ({guards, block}) => [
		[`REFUSED: ${block.id} was not started`, alarm],
		...guards.map(({guard, evidence}): Line => [`${guard}: ${visibleLine(evidence)}`, {}]),
		['r again   v override with a reason   s skip', ask],
	],
	next: () => [['All done here. Enter goes on.', ask]],
};

const lines = ([text, look]: Line, width: number): Row[] =>
	wrap(text, width, '  ').map(line => [{text: line, ...look}]);
