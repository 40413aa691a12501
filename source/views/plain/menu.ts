// What can be answered to a question, as data: a line is typed, and it is the key of an option.
import {rollbackOptions} from '../../core/run/options.ts';
import type {RunState} from '../../core/run/state.ts';
import type {Intent} from '../../core/run/told.ts';
import {undoOf} from '../../core/run/walk.ts';
import {indexOf} from '../../core/runbook/outline.ts';
import {formatDuration} from '../../core/text/duration.ts';
import {earlierOptions} from './earlier-options.ts';
import type {Asked} from './walk-plain.ts';

/** `key` is what is typed; '' is Enter alone, and a host's name is typed in full. */
export type MenuOption = {
	key: string;
	words: string;
	/** What it is called on the one line of what is always possible. */
	short?: string;
	/** What is asked for after it was chosen. */
	asks?: 'reason' | 'note' | 'section' | 'edit' | 'line';
	/** Undefined: the question is answered by going on as it is. */
	intent(text: string): Intent | undefined;
};

/** The options of a question, the harmless ones first. */
export function menuOf(asked: Asked, state: RunState): MenuOption[] {
	return (menus[asked.kind] as (asked: Asked, state: RunState) => MenuOption[])(asked, state);
}

/** What is always possible. */
export function alwaysOf(asked: Asked, state: RunState): MenuOption[] {
	if (asked.kind === 'trust') return [leave];
	const host = state.hosts[asked.host]!;
	const isVisiting = host.visits.some(visit => visit.from !== '');
	const shown = menuOf(asked, state).some(option => option.key.startsWith('b'));
	const visited = host.visits.map(visit => visit.section);
	const ways = shown || host.ending ? [] : rollbackOptions(state, host).filter(({id}) => !visited.includes(id));
	return [
		{key: 'n', short: 'note', words: 'write a note into the record', asks: 'note', intent: noted},
		...numbered('b', ways).map(
			({key, each}, at): MenuOption => ({
				...visit(key, each.id, `go back by "${each.title}"${costs(state, each.id)}`),
				...(at === 0 && {short: 'way back'}),
			}),
		),
		{key: 'g', short: 'go to', words: 'go to a section', asks: 'section', intent: section => ({type: 'go', section})},
		...(isVisiting
			? [{key: 'back', short: '', words: 'leave the visited section', intent: (): Intent => ({type: 'back'})}]
			: []),
		{
			key: 'abort',
			short: '',
			words: 'end the run as aborted',
			asks: 'reason',
			intent: reason => ({type: 'abort', reason}),
		},
		leave,
	];
}

const leave: MenuOption = {
	key: 'q',
	short: 'leave',
	words: 'leave; the run stays open',
	intent: () => ({type: 'leave', why: 'left by the operator'}),
};

type Of<K extends Asked['kind']> = Extract<Asked, {kind: K}>;
type Menus = {[K in Asked['kind']]: (asked: Of<K>, state: RunState) => MenuOption[]};

const menus: Menus = {
	trust: () => [{key: 'y', words: 'agree, once for this runbook', intent: () => ({type: 'trust'})}],
	identity: () => [{key: 'y', words: 'it is the same machine', intent: () => ({type: 'confirm-identity'})}],
	fact: () => [],
	input: () => [],
	next: () => [{key: '', words: 'go on', intent: () => ({type: 'next'})}],
	confirm: asked => [...run(asked), edit(), skip(asked)],
	manual: asked => [
		{key: 'y', words: 'it is done', intent: () => ({type: 'confirm-manual', block: asked.item.id})},
		skip(asked),
	],
	choice: asked => [
		...asked.options.map(
			({text, section, applies, answer, evidence}, at): MenuOption => ({
				key: String(at + 1),
				words: [
					text,
					!applies && 'not for this host',
					answer && answer !== 'unknown' && `ready: ${answer}`,
					evidence,
					section === asked.default && 'recommended',
				]
					.filter(Boolean)
					.join(' - '),
				intent: () => ({type: 'choose', block: asked.item.id, section}),
			}),
		),
		skip(asked),
	],
	failure: (asked, state) => [
		...numbered('v', asked.entries).map(({key, each}) =>
			visit(key, each, `look at "${titleOf(state, each)}": its symptom is in the output`),
		),
		again(asked),
		edit(),
		skip(asked),
		...undo(asked, state),
		...ways(asked, state),
	],
	unknown: (asked, state) => [
		{key: 'l', words: 'look: ask the host again', intent: () => ({type: 'look', task: asked.task.task})},
		...(['done', 'failed'] as const).map(
			(end): MenuOption => ({
				key: end,
				words: end === 'done' ? 'state that it was done' : 'state that it was not done',
				asks: 'reason',
				intent: reason => ({type: 'settle', block: asked.item.id, end, reason}),
			}),
		),
		...ways(asked, state),
	],
	overdue: asked => [
		{key: 'w', words: 'wait on', intent: () => ({type: 'wait', task: asked.task.task})},
		answer(asked),
		cancel(asked),
	],
	reboot: asked => [
		{key: 'w', words: 'wait on', intent: () => ({type: 'wait', task: asked.task.task})},
		{
			key: 'failed',
			words: 'give up waiting: state that it failed',
			asks: 'reason',
			intent: reason => ({type: 'settle', block: asked.item.id, end: 'failed', reason}),
		},
	],
	earlier: asked =>
		earlierOptions(asked.tasks).map(({key, words, intent}): MenuOption => ({key, words, intent: () => intent})),
	running: asked => [{key: 'w', words: 'wait on', intent: () => undefined}, answer(asked), cancel(asked)],
	refused: asked => [
		again(asked),
		skip(asked),
		...asked.guards
			.filter(({guard}) => guard !== 'durable')
			.map(
				({guard}): MenuOption =>
					guard === 'lock'
						? {
								key: 'break',
								words: 'break the lock of the other run',
								asks: 'reason',
								intent: reason => ({type: 'break-lock', reason}),
							}
						: {
								key: `override ${guard}`,
								words: `go on although ${guard} does not hold`,
								asks: 'reason',
								intent: reason => ({type: 'override', guard, reason}),
							},
			),
	],
};

const noted = (text: string): Intent => ({type: 'note', text});

function run({item, block, needs, placeholders, host}: Of<'confirm'>): MenuOption[] {
	if (placeholders.length > 0) return [];
	const intent = (): Intent => ({type: 'run', block: item.id, confirmed: needs});
	if (needs === 'name') return [{key: host, words: `run it: it ${block.risk} (type the host's name)`, intent}];
	return [
		{
			key: needs === 'y' ? 'y' : '',
			words: needs === 'y' ? `run it: it ${block.risk}` : 'run it: it only reads',
			intent,
		},
	];
}

function again({item, block, host}: Of<'failure'> | Of<'refused'>): MenuOption {
	const key = block.risk === 'disrupts' ? host : 'r';
	const confirmed = block.risk === 'disrupts' ? 'name' : 'y';
	const words = block.risk === 'disrupts' ? "run it again (type the host's name)" : 'run it again';
	return {key, words, intent: () => ({type: 'run', block: item.id, confirmed})};
}

const edit = (): MenuOption => ({
	key: 'e',
	words: 'edit the command, then run it',
	asks: 'edit',
	intent: () => undefined,
});

const skip = ({item}: {item: {id: string}}): MenuOption => ({
	key: 's',
	words: 'skip it',
	asks: 'reason',
	intent: reason => ({type: 'skip', block: item.id, reason}),
});

/** Where it has a terminal, what needs more than lines is answered on the screen. */
const answer = ({task}: Of<'overdue'> | Of<'running'>): MenuOption => ({
	key: 'i',
	words: `answer it: type a line${task.silent?.waits === 'password' ? ', which is not shown' : ''}`,
	asks: 'line',
	intent: () => undefined,
});

function cancel({task, block, host}: Of<'overdue'> | Of<'running'>): MenuOption {
	const isRead = block.risk === 'reads';
	const what = task.cancel ? 'kill it (signal KILL)' : 'cancel it (signal TERM)';
	return {
		key: isRead ? 'c' : host,
		words: isRead ? what : `${what}: type the host's name`,
		intent: () => ({type: 'cancel', task: task.task, confirmed: 'name'}),
	};
}

function undo({item, host}: Of<'failure'>, state: RunState): MenuOption[] {
	if (!undoOf(state, state.hosts[host]!, item)) return [];
	const words = "undo it (type undo and the host's name)";
	return [{key: `undo ${host}`, words, intent: () => ({type: 'undo', block: item.id, confirmed: 'name'})}];
}

const ways = (asked: Of<'failure'> | Of<'unknown'>, state: RunState): MenuOption[] =>
	numbered('b', asked.ways).map(({key, each: {section, title, answer, evidence}}) => {
		const available = `available: ${answer ?? 'not asked'}${evidence && `, ${evidence}`}`;
		return visit(key, section, `go back by "${title}" - ${available}${costs(state, section)}`);
	});

const visit = (key: string, section: string, words: string): MenuOption => ({
	key,
	words,
	intent: () => ({type: 'visit', section}),
});

function costs(state: RunState, id: string): string {
	const section = indexOf(state.runbook).sections.get(id)?.section;
	const takes = section?.takes === undefined ? '' : `; takes ${formatDuration(section.takes)}`;
	return `${takes}${section?.loses === undefined ? '' : `; loses ${section.loses}`}`;
}

const titleOf = (state: RunState, id: string): string => indexOf(state.runbook).sections.get(id)?.section.title ?? id;

/** A letter for one, the letter with numbers for several. */
const numbered = <T>(letter: string, all: T[]): {key: string; each: T}[] =>
	all.map((each, at) => ({key: all.length === 1 ? letter : `${letter}${at + 1}`, each}));
