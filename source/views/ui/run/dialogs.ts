// What Enter opens: a dialog for what changes or disrupts, nothing for what only reads.

import type {Edited} from '../../../core/run/events.ts';
import {neededConfirmation} from '../../../core/run/needs.ts';
import type {Confirmation, Intent} from '../../../core/run/told.ts';
import {undoOf} from '../../../core/run/walk.ts';
import type {Command} from '../../../core/runbook/model.ts';
import {visible, visibleLine} from '../../../core/text/filter.ts';
import type {Context} from './keys.ts';
import type {Model} from './model.ts';
import type {Dialog, Field, Next} from './ui-state.ts';

/** What the walk stands at is started, asked for, or confirmed. */
export function openRun(context: Context): Next {
	const {model, now} = context;
	const question = model.question!;
	switch (question.kind) {
		case 'next':
			return {do: 'tell', intent: {type: 'next'}};
		case 'trust':
			return {do: 'tell', intent: {type: 'trust'}};
		case 'identity':
			return {do: 'tell', intent: {type: 'confirm-identity'}};
		case 'manual':
			return {do: 'tell', intent: {type: 'confirm-manual', block: question.item.id}};
		case 'choice':
			return question.default === undefined
				? {do: 'none'}
				: {do: 'tell', intent: {type: 'choose', block: question.item.id, section: question.default}};
		case 'input':
		case 'fact':
			return {do: 'open', overlay: valueField(model)!};
		case 'confirm':
			if (question.placeholders.length > 0) return {do: 'edit', block: question.item.id};
			return start(model, question.block, question.item.id, 'run', now);
		case 'failure':
		case 'refused':
			return start(model, question.block, question.item.id, 'run', now);
		default:
			return {do: 'none'};
	}
}

/** The field for a value that is asked for; undefined where none is. */
export function valueField({question}: Model): Field | undefined {
	if (question?.kind === 'fact') {
		const title = `${question.key} of ${question.host}`;
		return {
			kind: 'field',
			title,
			value: '',
			isSecret: false,
			next: {for: 'fact', key: question.key},
			hint: 'Nobody knows it yet.',
		};
	}
	if (question?.kind !== 'input') return undefined;
	const {name, input} = question;
	return {
		kind: 'field',
		title: `${visibleLine(input.prompt)} (${name})`,
		value: input.secret ? '' : (input.default ?? ''),
		isSecret: input.secret,
		next: input.secret ? {for: 'secret', name} : {for: 'input', name},
		hint: input.secret
			? 'Not shown, kept in memory only.'
			: [input.values && `One of ${input.values.join(', ')}.`, input.pattern && `Must match ${input.pattern}`]
					.filter(Boolean)
					.join(' '),
	};
}

export function openUndo({model, now}: Context): Next {
	const question = model.question;
	if (question?.kind !== 'failure') return {do: 'none'};
	const undo = undoOf(model.state, model.host, question.item);
	return undo ? start(model, undo.block, question.item.id, 'undo', now) : {do: 'none'};
}

function start(
	model: Model,
	command: Command,
	block: string,
	type: 'run' | 'undo',
	now: number,
	script = command.script,
): Next {
	const needs = neededConfirmation(command, false);
	const intent = (confirmed: Confirmation): Intent => ({type, block, confirmed});
	if (needs === 'enter') return {do: 'tell', intent: intent('enter')};
	const verb = needs === 'name' ? 'DISRUPTS' : 'changes';
	const title = `${type === 'undo' ? 'Undo' : 'Run'} ${block}: it ${verb} ${model.host.name}`;
	return {
		do: 'open',
		overlay: dialog(model, title, visible(script).split('\n'), needs, {do: 'tell', intent: intent(needs)}, now),
	};
}

export const openDialog = {
	leave: (model: Model, now: number): Dialog =>
		dialog(
			model,
			'Leave?',
			['The run stays open, what is running goes on at the host.', 'handrail resume goes on with it.'],
			'y',
			{do: 'leave'},
			now,
		),
	cancel: (model: Model, now: number): Dialog => {
		const task = model.task!;
		const signal = task.cancel ? 'KILL' : 'TERM';
		const lines = [
			`${task.block} gets the signal ${signal}.`,
			...(task.risk === 'reads' ? [] : ['Cancelled does not mean not applied: what it changed stays.']),
		];
		const needs = task.risk === 'reads' ? 'y' : 'name';
		const intent: Intent = {type: 'cancel', task: task.task, confirmed: needs};
		return dialog(model, `Cancel ${task.block}?`, lines, needs, {do: 'tell', intent}, now);
	},
};

/** The new text in full, before it runs. */
export const confirmEdited = (
	model: Model,
	block: string,
	edited: Edited,
	needs: Dialog['needs'],
	now: number,
): Dialog =>
	dialog(
		model,
		`Run ${block}, edited`,
		visible(edited.script).split('\n'),
		needs,
		{do: 'tell', intent: {type: 'run', block, confirmed: needs, edited}},
		now,
	);

function dialog(
	model: Model,
	title: string,
	lines: string[],
	needs: Dialog['needs'],
	next: Next,
	since: number,
): Dialog {
	return {kind: 'dialog', title, lines, needs, name: nameToType(model), typed: '', top: 0, seen: 0, since, next};
}

/** The alias as in the header; of a practice host its own name, so that typing it teaches the right reflex. */
export const nameToType = ({host, mode}: Model): string =>
	mode === 'PRACTICE' ? (host.identity?.ownName ?? host.name) : host.name;
