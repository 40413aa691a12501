import type {TaskState} from '../../../core/run/state.ts';
import {blockFor} from '../../../core/run/walk.ts';
import type {Model} from './model.ts';
import {emptyField, type Field, type InteractionView} from './ui-state.ts';

/** Where a running command is answered: its terminal, or a line for its input where it has none. */
export function answerOverlay(model: Model, task: TaskState): InteractionView | Field {
	return hasTerminal(model, task) ? {kind: 'interaction', task: task.task} : answerField(model, task);
}

/** What is typed is not shown where it seems to wait for a password. */
export function answerField({silence}: Pick<Model, 'silence'>, task: TaskState): Field {
	const isSecret = silence?.waits === 'password';
	const title = `${isSecret ? 'A line, not shown,' : 'A line'} for the input of ${task.block}`;
	const field = emptyField(title, {for: 'answer', task: task.task}, 'Enter sends it. It is not recorded.');
	return {...field, isSecret};
}

/** As far as its document says: where a host has no `script`, it is told when it is answered. */
export function hasTerminal({state, host}: Pick<Model, 'state' | 'host'>, task: TaskState): boolean {
	const block = blockFor(state, host, task.block)?.block;
	return block?.kind === 'command' && block.tty;
}
