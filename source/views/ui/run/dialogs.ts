// What Enter opens: a dialog for what changes or disrupts, nothing for what only reads.

import type {Edited} from '../../../core/run/events.ts';
import {neededConfirmation} from '../../../core/run/needs.ts';
import type {Confirmation, Intent} from '../../../core/run/told.ts';
import {undoOf} from '../../../core/run/walk.ts';
import type {Command} from '../../../core/runbook/model.ts';
import {visible, visibleLine} from '../../../core/text/filter.ts';
import type {Row} from '../../../core/text/row.ts';
import {sudoHint} from '../../../core/text/words.ts';
import {commandNotes} from '../../plain/command-notes.ts';
import {lineOf} from '../parts/text-line.ts';
import {earlierMenu} from './earlier-menu.ts';
import type {Context} from './keys.ts';
import type {Model} from './model.ts';
import type {Dialog, Field, Menu, Next, Overlay} from './ui-state.ts';
import {valuesUsed} from './values-used.ts';

/** What the walk stands at is started, asked for, or confirmed. */
export function openRun(context: Context): Next {
	const {model, now} = context;
	const question = model.question!;
	switch (question.kind) {
		case 'next':
			return {do: 'tell', intent: {type: 'next'}};
		case 'choice':
			return question.default === undefined
				? {do: 'none'}
				: {do: 'tell', intent: {type: 'choose', block: question.item.id, section: question.default}};
		case 'confirm':
			if (question.placeholders.length > 0) return {do: 'edit', block: question.item.id};
			return start(model, question.block, question.item.id, 'run', now);
		case 'earlier':
			return {do: 'open', overlay: earlierMenu(question.tasks, now)};
		case 'failure':
		case 'refused':
			return start(model, question.block, question.item.id, 'run', now);
		default: {
			const overlay = overlayOf(model, now);
			return overlay ? {do: 'open', overlay} : {do: 'none'};
		}
	}
}

/** What opens by itself when something is asked: a page to agree to, a field for a value. */
export function overlayOf(model: Model, now: number): Overlay | undefined {
	switch (model.question?.kind) {
		case 'trust':
			return planPage(model, model.question.commands, now);
		case 'identity':
			return identityPage(model, now);
		case 'input':
		case 'fact':
			return valueField(model, now);
		default:
			return undefined;
	}
}

/** Takes an option of a choice; one of which it is known that it cannot be done is asked for once more. */
export function choose({model, now}: Context, at: number): Next | string {
	const {question} = model;
	if (question?.kind !== 'choice') return 'nothing to choose here';
	const option = question.options[at];
	if (!option) return `there are ${question.options.length} options`;
	if (!option.applies) return `${visibleLine(option.text)} is not for this host`;
	const next: Next = {do: 'tell', intent: {type: 'choose', block: question.item.id, section: option.section}};
	if (option.answer !== 'no') return next;
	const lines = [`The document asked whether it can be done here, and the answer is no.`, option.evidence ?? ''];
	return {do: 'open', overlay: dialog(model, `Take ${visibleLine(option.text)}?`, plain(lines), 'y', next, now)};
}

export function openUndo({model, now}: Context): Next {
	const question = model.question;
	if (question?.kind !== 'failure') return {do: 'none'};
	const undo = undoOf(model.state, model.host, question.item);
	return undo ? start(model, undo.block, question.item.id, 'undo', now) : {do: 'none'};
}

function start(model: Model, command: Command, block: string, type: 'run' | 'undo', now: number): Next {
	const needs = neededConfirmation(command, false);
	const intent = (confirmed: Confirmation): Intent => ({type, block, confirmed});
	if (needs === 'enter') return {do: 'tell', intent: intent('enter')};
	const verb = needs === 'name' ? 'DISRUPTS' : 'changes';
	const title = `${type === 'undo' ? 'Undo' : 'Run'} ${block}: it ${verb} ${nameToType(model)}`;
	const lines = scriptRows(model, command, command.script);
	return {do: 'open', overlay: dialog(model, title, lines, needs, {do: 'tell', intent: intent(needs)}, now)};
}

export const openDialog = {
	leave: (model: Model, now: number): Dialog =>
		dialog(
			model,
			'Leave?',
			plain(
				model.state.ended
					? ['The run has ended; nothing is lost.']
					: ['The run stays open, and what is running goes on at the host.', 'handrail resume goes on with it.'],
			),
			'y',
			{do: 'leave'},
			now,
		),
	cancel: (model: Model, now: number): Dialog => {
		const task = model.task!;
		const signal = task.cancel ? 'KILL' : 'TERM';
		const lines = [
			`${task.block} gets the signal ${signal}, with all processes that it has started.`,
			...(task.risk === 'reads' ? [] : ['Cancelled does not mean not applied: what it has changed stays changed.']),
		];
		const needs = task.risk === 'reads' ? 'y' : 'name';
		const intent: Intent = {type: 'cancel', task: task.task, confirmed: needs};
		return dialog(model, `Cancel ${task.block}?`, plain(lines), needs, {do: 'tell', intent}, now);
	},
};

/** The new text in full, before it runs. */
export const confirmEdited = (
	model: Model,
	command: Command,
	block: string,
	edited: Edited,
	needs: Exclude<Confirmation, 'enter'>,
	now: number,
): Dialog =>
	dialog(
		model,
		`Run ${block}, edited: it ${needs === 'name' ? 'DISRUPTS' : 'changes'} ${nameToType(model)}`,
		scriptRows(model, command, edited.script),
		needs,
		{do: 'tell', intent: {type: 'run', block, confirmed: needs, edited}},
		now,
	);

/** What will be walked where, and all that the document runs by itself. */
function planPage(model: Model, commands: Command[], now: number): Dialog {
	const {state} = model;
	const lines: Row[] = [
		[{text: `${visibleLine(state.runbook.title)}`, bold: true}],
		[{text: `on ${state.order.map(visibleLine).join(', then ')}`}],
		[],
		[{text: `While it is walked, these ${commands.length} run by themselves. They only read, as their author says.`}],
		...commands.flatMap(command => [
			[],
			[{text: `${command.id}  (${commandNotes(command)})`}],
			...visible(command.script)
				.split('\n')
				.map((text): Row => [{text: `  ${text}`, colour: 'cyan'}]),
		]),
		[],
		[{text: 'Nothing else runs without a key. It is asked once for this very document.'}],
	];
	return dialog(model, 'Before it begins: agree to this?', lines, 'y', {do: 'tell', intent: {type: 'trust'}}, now);
}

function identityPage(model: Model, now: number): Dialog | undefined {
	const {question} = model;
	if (question?.kind !== 'identity') return undefined;
	const lines = [
		`${question.host} called itself ${question.was.ownName || '(nothing)'} so far; now ${question.is.ownName || '(nothing)'} answers.`,
		'Its machine-id and its host key are the same as before.',
		'Say yes only if you know why its name has changed.',
	];
	const next: Next = {do: 'tell', intent: {type: 'confirm-identity'}};
	return dialog(model, 'Is this the same machine?', plain(lines), 'y', next, now);
}

/** The field for a value that is asked for, or a menu of the values there are. */
function valueField({question}: Model, now: number): Field | Menu | undefined {
	if (question?.kind === 'fact') {
		const title = `What is ${question.key} of ${question.host}?`;
		const next = {for: 'fact', key: question.key} as const;
		return {kind: 'field', title, line: lineOf(''), isSecret: false, next, hint: 'What applies here hangs on it.'};
	}
	if (question?.kind !== 'input') return undefined;
	const {name, input, sudo} = question;
	const title = sudo ? visibleLine(input.prompt) : `${visibleLine(input.prompt)} (${name})`;
	if (input.values && !input.secret) {
		const options = input.values.map(value => ({
			words: visibleLine(value),
			next: {do: 'tell', intent: {type: 'give-input', name, value}} as const,
		}));
		return {kind: 'menu', title, options, index: Math.max(0, input.values.indexOf(input.default ?? '')), since: now};
	}
	return {
		kind: 'field',
		title,
		line: lineOf(input.secret ? '' : (input.default ?? '')),
		isSecret: input.secret,
		next: input.secret ? {for: 'secret', name} : {for: 'input', name},
		hint: sudo
			? sudoHint(sudo.tries)
			: input.secret
				? 'It is not shown, and kept in memory only.'
				: input.pattern === undefined
					? ''
					: `It must match ${input.pattern}`,
	};
}

/** A script exactly as it runs, what stands for what in it, and what its author says of it. */
function scriptRows(model: Model, command: Command, script: string): Row[] {
	const values = valuesUsed(model.state, model.host, script);
	return [
		...visible(script)
			.split('\n')
			.map((text): Row => [{text, colour: 'cyan'}]),
		[],
		...values.map((text): Row => [{text: `where ${text}`}]),
		[{text: commandNotes(command)}],
	];
}

const plain = (lines: string[]): Row[] => lines.map(text => [{text: visibleLine(text)}]);

function dialog(model: Model, title: string, lines: Row[], needs: Dialog['needs'], next: Next, since: number): Dialog {
	return {kind: 'dialog', title, lines, needs, name: nameToType(model), typed: '', top: 0, seen: 0, since, next};
}

/** The alias as in the header; of a practice host its own name, so that typing it teaches the right reflex. */
const nameToType = ({host, mode}: Model): string =>
	mode === 'PRACTICE' ? (host.identity?.ownName ?? host.name) : host.name;
