// The one table of keys: footer, help and docs are made from it, and a key that does nothing now says why.
import type {Question} from '../../../core/run/question.ts';
import {awaitsBoot} from '../../../core/run/reboot.ts';
import {unsettledTask} from '../../../core/run/state.ts';
import {undoOf} from '../../../core/run/walk.ts';
import {answerOverlay} from './answer-overlay.ts';
import {choose, openDialog, openRun, openUndo} from './dialogs.ts';
import {knownPage} from './known-page.ts';
import {isSinglePane} from './layout.ts';
import {entriesMenu, failedFields, guardsMenu, openWays, waysMenu} from './menus.ts';
import type {Model, Size} from './model.ts';
import {emptyField, type Next, type UiState} from './ui-state.ts';

export type Context = {model: Model; ui: UiState; size: Size; now: number; isAscii: boolean};

export type Binding = {
	/** As `keyOf` names it, or a character; `1-9` stands for nine of them. */
	key: string;
	/** For the footer; what it is called now where that depends. */
	label: string;
	labelNow?(context: Context): string;
	help: string;
	/** True, or why not now. */
	can(context: Context): true | string;
	/** A text says why not, where only the digit tells. */
	next(context: Context, key: string): Next | string;
	/** It does nothing while the connection is lost, and says so. */
	needsHost?: true;
	/** It counts only half a second after what it answers was drawn: that has to be read first. */
	isConfirmation?: boolean;
	/** Its place in the footer, the lowest first; undefined is only in the help. */
	footer?: number;
};

export const bindings: Binding[] = [
	{
		key: 'return',
		needsHost: true,
		label: 'run',
		labelNow: enterNow,
		help: 'run the command (what changes asks first), take the default of a choice, answer, go on',
		footer: 1,
		can: context => {
			if (context.model.question?.kind === 'manual') return 'y confirms what is done by hand';
			if (context.model.question?.kind === 'choice' && context.model.question.default === undefined)
				return 'nothing is recommended here: choose by its number';
			return acts(context, 'confirm', 'choice', 'next', 'input', 'fact', 'trust', 'identity', 'earlier');
		},
		next: openRun,
	},
	{
		key: 'y',
		needsHost: true,
		label: 'done',
		help: 'confirm that a manual item is done',
		footer: 1,
		can: context => (asks(context, 'manual') ? acts(context, 'manual') : 'nothing here is confirmed with y'),
		isConfirmation: true,
		next: ({model}) => {
			const {question} = model;
			if (question?.kind !== 'manual') return {do: 'none'};
			return {do: 'tell', intent: {type: 'confirm-manual', block: question.item.id}};
		},
	},
	{
		key: '1-9',
		needsHost: true,
		label: 'choose',
		help: 'choose an option by its number',
		footer: 2,
		can: context => (asks(context, 'choice') ? acts(context, 'choice') : 'nothing to choose here'),
		isConfirmation: true,
		next: (context, key) => choose(context, Number(key) - 1),
	},
	{
		key: 'r',
		needsHost: true,
		label: 'retry',
		help: 'run what failed or was refused again; what changes asks first',
		footer: 2,
		can: context => (asks(context, 'failure', 'refused') ? acts(context, 'failure', 'refused') : 'nothing failed'),
		next: openRun,
	},
	{
		key: 'w',
		needsHost: true,
		label: 'wait',
		help: 'wait on for a command, or a reboot, that takes longer than expected',
		footer: 1,
		can: context => (asks(context, 'overdue', 'reboot') ? true : 'nothing is overdue'),
		next: ({model}) => ({do: 'tell', intent: {type: 'wait', task: model.task!.task}}),
	},
	{
		key: 'l',
		needsHost: true,
		label: 'look again',
		help: 'ask the host again about a command of which nobody knows how it ended',
		footer: 1,
		can: context => (asks(context, 'unknown') ? true : 'nothing is unknown'),
		next: ({model}) => ({do: 'tell', intent: {type: 'look', task: unsettledTask(model.host)!.task}}),
	},
	{
		key: 'k',
		label: 'known',
		help: 'all that is known of a command of which nobody knows how it ended',
		footer: 2,
		can: context => (asks(context, 'unknown') ? true : 'nothing is unknown'),
		next: ({model, now}) => open(knownPage(model, now)),
	},
	{
		key: 'd',
		label: 'state done',
		help: 'state, with a reason, that an unknown command was done',
		footer: 2,
		can: context => (asks(context, 'unknown') ? true : 'nothing is unknown'),
		next: context => open(failedFields.settle(blockOf(context), 'done')),
	},
	{
		key: 'f',
		label: 'state failed',
		labelNow: context => (asks(context, 'reboot') ? 'give up' : 'state failed'),
		help: 'state, with a reason, that an unknown command was not done, or that a host does not come back',
		footer: 3,
		can: context => (asks(context, 'unknown', 'reboot') ? true : 'nothing is unknown'),
		next: context => open(failedFields.settle(blockOf(context), 'failed')),
	},
	{
		key: 's',
		label: 'skip',
		help: 'skip it, with a reason: a deviation',
		footer: 3,
		can: context => acts(context, 'confirm', 'manual', 'choice', 'failure', 'refused'),
		next: context => open(failedFields.skip(blockOf(context))),
	},
	{
		key: 'e',
		needsHost: true,
		label: 'edit',
		help: 'edit the command in your editor, then run it; the difference is recorded',
		footer: 6,
		can: context =>
			asks(context, 'confirm', 'failure') ? acts(context, 'confirm', 'failure') : 'no command to edit here',
		next: context => ({do: 'edit', block: blockOf(context)}),
	},
	{
		key: 'u',
		needsHost: true,
		label: 'undo',
		help: 'undo the command that failed, where the document says how',
		footer: 5,
		can: ({model}) => {
			const question = model.question;
			if (question?.kind !== 'failure') return 'no failed command to undo here';
			return undoOf(model.state, model.host, question.item) ? true : 'the document has no undo for it';
		},
		next: openUndo,
	},
	{
		key: 'v',
		label: 'override',
		help: 'answer the guard that refused, with a reason: a deviation',
		footer: 4,
		can: context => (asks(context, 'refused') ? true : 'no guard has refused'),
		next: ({model, now}) => open(guardsMenu(model, now)),
	},
	{
		key: 't',
		label: 'trouble',
		help: 'troubleshooting entries, those that match the output first',
		footer: 4,
		can: ({model}) => ended(model) ?? (entriesMenu(model, 0) ? true : 'the runbook has no troubleshooting entries'),
		next: ({model, now}) => open(entriesMenu(model, now)),
	},
	{
		key: 'b',
		label: 'rollback',
		help: 'the ways back, with what is known of each',
		footer: 5,
		can: ({model}) => {
			if (model.state.ended) return `the run has ended: handrail rollback ${model.run.id} --list`;
			if (!waysMenu(model, 0)) return 'the runbook has no rollback option for this host';
			const task = unsettledTask(model.host);
			return task ? `${task.block} is not settled: how it ended comes first` : true;
		},
		next: ({model, now}) => openWays(model, now),
	},
	{
		key: 'x',
		needsHost: true,
		label: 'cancel',
		help: 'cancel the running command; pressed again it is killed',
		footer: 2,
		can: ({model}) => (isAtWork(model) ? true : 'nothing is running'),
		next: ({model, now}) => open(openDialog.cancel(model, now)),
	},
	{
		key: 'i',
		needsHost: true,
		label: 'answer',
		help: 'answer the running command by hand: all keys go to its terminal, or a line to its input where it has none',
		footer: 1,
		can: ({model}) => (isAtWork(model) ? true : 'nothing is running that could be answered'),
		next: ({model}) => open(answerOverlay(model, model.task!)),
	},
	{
		key: 'o',
		label: 'output',
		help: 'the output in full, of this command and of those before it',
		footer: 7,
		can: ({model}) => (model.task ? true : 'nothing has run yet'),
		next: ({model}) => open({kind: 'output', task: model.task!.task, top: undefined, search: '', filter: ''}),
	},
	{
		key: 'm',
		label: 'note',
		help: 'write a note into the record',
		footer: 8,
		can: ({model}) => ended(model) ?? true,
		next: () => open(emptyField('Note', {for: 'note'}, 'It stands in the record and in the report.')),
	},
	{
		key: 'g',
		label: 'go there',
		labelNow: () => 'go there',
		help: 'go to the section under the cursor; over undone steps it needs a reason',
		footer: 0,
		can: ({ui}) => (ui.cursor === undefined ? 'move the cursor with up and down first' : true),
		next: ({ui}) =>
			open(
				emptyField(
					`Go to ${ui.cursor}: why?`,
					{for: 'jump', section: ui.cursor!},
					'Empty is enough where nothing undone is jumped over.',
				),
			),
	},
	{
		key: 'backspace',
		label: 'back',
		help: 'leave a visited section, back to where it was reached from',
		footer: 2,
		can: ({model}) => (model.host.visits.some(visit => visit.from !== '') ? true : 'no section is being visited'),
		next: () => ({do: 'tell', intent: {type: 'back'}}),
	},
	{
		key: 'A',
		label: 'abort',
		help: 'end the run, with a reason; what is owed is undone first',
		can: ({model}) => ended(model) ?? true,
		next: () =>
			open(
				emptyField('End the run as aborted: why?', {for: 'abort'}, 'What is owed (undo at the end) is walked first.'),
			),
	},
	{
		key: 'tab',
		label: 'pane',
		help: 'on a small screen: the next pane (step, sections, output, health)',
		footer: 7,
		can: ({size}) => (isSinglePane(size) ? true : 'all panes are shown'),
		next: () => ({do: 'none'}),
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
		help: 'leave; the run stays open, running commands go on, handrail resume goes on with it',
		footer: 10,
		can: () => true,
		next: context => open(openDialog.leave(context.model, context.now)),
	},
];

/** True, or why the key does nothing now. */
export function canNow(binding: Binding, context: Context): true | string {
	const {host, lost, state} = context.model;
	const isLost = lost !== undefined && !host.link && !state.ended && context.model.question === undefined;
	return isLost && binding.needsHost ? 'the connection is lost: it is tried again by itself' : binding.can(context);
}

export const bindingOf = (key: string): Binding | undefined =>
	bindings.find(binding => binding.key === key || (binding.key === '1-9' && /^[1-9]$/.test(key)));

/** Of one that reboots the command may be over, though the reboot is not. */
const isAtWork = ({host, task}: Model): boolean => task?.phase === 'running' && !awaitsBoot(host, task);

const ended = ({state}: Model): string | undefined => (state.ended ? 'the run has ended' : undefined);

const asks = ({model}: Context, ...kinds: Question['kind'][]): boolean =>
	model.question !== undefined && kinds.includes(model.question.kind);

/** Nothing is started while another section is looked at: what would run is not on the screen. */
function acts(context: Context, ...kinds: Question['kind'][]): true | string {
	if (!asks(context, ...kinds)) return waiting(context);
	return context.ui.cursor === undefined ? true : 'another section is shown: esc comes back, g goes there';
}

const open = (overlay: UiState['overlay']): Next => (overlay ? {do: 'open', overlay} : {do: 'none'});

const blockOf = ({model}: Context): string =>
	model.question && 'item' in model.question ? model.question.item.id : '';

function waiting({model}: Context): string {
	if (model.state.ended) return 'the run has ended';
	if (model.task && ['planned', 'running'].includes(model.task.phase)) return `${model.task.block} is running`;
	return model.question ? 'not possible here' : 'wait for the host';
}

/** What Enter does depends on the question. */
function enterNow({model}: Context): string {
	switch (model.question?.kind) {
		case 'confirm':
			return model.question.placeholders.length > 0 ? 'edit' : model.question.needs === 'enter' ? 'run' : 'run ...';
		case 'choice':
			return 'default';
		case 'next':
			return 'go on';
		case 'input':
		case 'fact':
		case 'earlier':
			return 'answer';
		default:
			return 'look';
	}
}
