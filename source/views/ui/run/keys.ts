// The one table of keys: footer, help and docs are made from it, and a key that does nothing now says why.
import type {Question} from '../../../core/run/question.ts';
import {unsettledTask} from '../../../core/run/state.ts';
import {undoOf} from '../../../core/run/walk.ts';
import {openDialog, openRun, openUndo} from './dialogs.ts';
import {entriesMenu, failedFields, guardsMenu, waysMenu} from './menus.ts';
import type {Model, Size} from './model.ts';
import type {Next, UiState} from './ui-state.ts';

export type Context = {model: Model; ui: UiState; size: Size; now: number};

export type Binding = {
	/** As Ink names it, or a character. */
	key: string;
	/** For the footer. */
	label: string;
	help: string;
	/** True, or why not now. */
	can(context: Context): true | string;
	next(context: Context): Next;
	/** Its place in the footer, the lowest first; undefined is only in the help. */
	footer?: number;
};

const asks = ({model}: Context, ...kinds: Question['kind'][]): boolean =>
	model.question !== undefined && kinds.includes(model.question.kind);

const open = (overlay: UiState['overlay']): Next => (overlay ? {do: 'open', overlay} : {do: 'none'});

const blockOf = ({model}: Context): string =>
	model.question && 'item' in model.question ? model.question.item.id : '';

export const bindings: Binding[] = [
	{
		key: 'return',
		label: 'run',
		help: 'run the command (what changes asks first), take the default of a choice, go on',
		footer: 1,
		can: context =>
			asks(context, 'confirm', 'choice', 'next', 'input', 'fact', 'manual', 'trust', 'identity')
				? true
				: waiting(context),
		next: openRun,
	},
	{
		key: 'y',
		label: 'yes',
		help: 'confirm a manual item, what the document runs by itself, a new name of the host',
		can: context => (asks(context, 'manual', 'trust', 'identity') ? true : 'nothing here is confirmed with y'),
		next: openRun,
	},
	{
		key: 'r',
		label: 'retry',
		help: 'run what failed or was refused again',
		footer: 2,
		can: context => (asks(context, 'failure', 'refused') ? true : 'nothing failed'),
		next: openRun,
	},
	{
		key: 'e',
		label: 'edit',
		help: 'edit the command in your editor, then run it; the difference is recorded',
		footer: 6,
		can: context => (asks(context, 'confirm', 'failure') ? true : 'no command to edit here'),
		next: context => ({do: 'edit', block: blockOf(context)}),
	},
	{
		key: 's',
		label: 'skip',
		help: 'skip it, with a reason: a deviation',
		footer: 3,
		can: context => (asks(context, 'confirm', 'manual', 'choice', 'failure', 'refused') ? true : waiting(context)),
		next: context => open(failedFields.skip(blockOf(context))),
	},
	{
		key: 'u',
		label: 'undo',
		help: 'undo the command that the walk stands at, where the document says how',
		can: context => {
			const {model} = context;
			const question = model.question;
			if (question?.kind !== 'failure') return 'no failed command to undo here';
			return undoOf(model.state, model.host, question.item) ? true : 'the document has no undo for it';
		},
		next: openUndo,
	},
	{
		key: 't',
		label: 'trouble',
		help: 'troubleshooting entries, those that match the output first',
		footer: 4,
		can: ({model}) => (entriesMenu(model) ? true : 'the runbook has no troubleshooting entries'),
		next: ({model}) => open(entriesMenu(model)),
	},
	{
		key: 'b',
		label: 'rollback',
		help: 'the ways back, with what is known of each',
		footer: 5,
		can: ({model}) => {
			if (!waysMenu(model)) return 'the runbook has no rollback option for this host';
			const task = unsettledTask(model.host);
			return task ? `${task.block} is not settled: what is unknown comes first` : true;
		},
		next: ({model}) => open(waysMenu(model)),
	},
	{
		key: 'o',
		label: 'output',
		help: 'the output in full; / searches, n and N repeat, G follows the end',
		footer: 7,
		can: ({model}) => (model.task ? true : 'nothing has run yet'),
		next: ({model}) => open({kind: 'output', task: model.task!.task, top: undefined, search: ''}),
	},
	{
		key: 'm',
		label: 'note',
		help: 'write a note into the record',
		footer: 8,
		can: () => true,
		next: () => open({kind: 'field', title: 'Note', value: '', isSecret: false, next: {for: 'note'}, hint: ''}),
	},
	{
		key: 'x',
		label: 'cancel',
		help: 'cancel the running command; asked again it is killed',
		can: ({model}) => (model.task?.phase === 'running' ? true : 'nothing is running'),
		next: ({model, now}) => open(openDialog.cancel(model, now)),
	},
	{
		key: 'w',
		label: 'wait',
		help: 'wait on for a command that takes longer than expected',
		can: context => (asks(context, 'overdue') ? true : 'nothing is overdue'),
		next: ({model}) => ({do: 'tell', intent: {type: 'wait', task: model.task!.task}}),
	},
	{
		key: 'l',
		label: 'look again',
		help: 'ask the host again about a command of which nobody knows how it ended',
		can: context => (asks(context, 'unknown') ? true : 'nothing is unknown'),
		next: ({model}) => ({do: 'tell', intent: {type: 'look', task: unsettledTask(model.host)!.task}}),
	},
	{
		key: 'd',
		label: 'state done',
		help: 'state, with a reason, that an unknown command was done',
		can: context => (asks(context, 'unknown') ? true : 'nothing is unknown'),
		next: context => open(failedFields.settle(blockOf(context), 'done')),
	},
	{
		key: 'f',
		label: 'state failed',
		help: 'state, with a reason, that an unknown command was not done',
		can: context => (asks(context, 'unknown') ? true : 'nothing is unknown'),
		next: context => open(failedFields.settle(blockOf(context), 'failed')),
	},
	{
		key: 'v',
		label: 'override',
		help: 'answer the guard that refused, with a reason: a deviation',
		can: context => (asks(context, 'refused') ? true : 'no guard has refused'),
		next: ({model}) => open(guardsMenu(model)),
	},
	{
		key: 'g',
		label: 'go there',
		help: 'go to the section under the cursor (up, down); over undone steps it needs a reason',
		can: ({ui}) => (ui.cursor === undefined ? 'move the cursor with up and down first' : true),
		next: ({ui}) =>
			open({
				kind: 'field',
				title: `Go to ${ui.cursor}: reason (empty where nothing is jumped over)`,
				value: '',
				isSecret: false,
				next: {for: 'jump', section: ui.cursor!},
				hint: '',
			}),
	},
	{
		key: 'backspace',
		label: 'back',
		help: 'leave a visited section, back to where it was reached from',
		can: ({model}) => (model.host.visits.length > 0 ? true : 'no section is being visited'),
		next: () => ({do: 'tell', intent: {type: 'back'}}),
	},
	{
		key: 'A',
		label: 'abort',
		help: 'end the run; what is owed is undone first',
		can: ({model}) => (model.state.ended ? 'the run has ended' : true),
		next: () =>
			open({
				kind: 'field',
				title: 'End the run: reason',
				value: '',
				isSecret: false,
				next: {for: 'abort'},
				hint: 'What is owed (undo at the end) is walked first.',
			}),
	},
	{
		key: '?',
		label: 'help',
		help: 'all keys, and why some do nothing now',
		footer: 9,
		can: () => true,
		next: () => open({kind: 'help', top: 0}),
	},
	{
		key: 'q',
		label: 'leave',
		help: 'leave; the run stays open, running commands go on, handrail resume goes on',
		footer: 10,
		can: () => true,
		next: context => open(openDialog.leave(context.model, context.now)),
	},
];

function waiting({model}: Context): string {
	if (model.state.ended) return 'the run has ended';
	if (model.task && ['planned', 'running'].includes(model.task.phase)) return `${model.task.block} is running`;
	return model.question ? 'not possible here' : 'wait for the host';
}
