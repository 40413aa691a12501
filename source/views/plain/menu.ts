// What can be answered to a question, as data: a line is typed, its first word names the option.
import type {Question} from '../../core/run/question.ts';
import type {Intent} from '../../core/run/told.ts';

/** `key` is what is typed; '' is Enter alone, and a host's name is typed in full. */
export type MenuOption = {
	key: string;
	words: string;
	/** What is asked for after it was chosen. */
	asks?: 'reason' | 'text' | 'section' | 'script';
	intent(given: Given): Intent;
};
export type Given = {text: string; script?: string};

/** The options of a question, the harmless ones first; then those that are always there. */
export function menuOf(question: Question): MenuOption[] {
	return [...(menus[question.kind] as (question: Question) => MenuOption[])(question), ...always];
}

type Of<K extends Question['kind']> = Extract<Question, {kind: K}>;
type Menus = {[K in Question['kind']]: (question: Of<K>) => MenuOption[]};

const menus: Menus = {
	trust: () => [{key: 'y', words: 'agree, once for this runbook', intent: () => ({type: 'trust'})}],
	identity: () => [{key: 'y', words: 'it is the same machine', intent: () => ({type: 'confirm-identity'})}],
	fact: () => [],
	input: () => [],
	next: () => [{key: '', words: 'go on', intent: () => ({type: 'next'})}],
	confirm: question => [...run(question), edit(question), skip(question)],
	manual: question => [
		{key: 'y', words: 'it is done', intent: () => ({type: 'confirm-manual', block: question.item.id})},
		skip(question),
	],
	choice: question => [
		...question.options.map(
			({text, section, applies, answer, evidence}, at): MenuOption => ({
				key: String(at + 1),
				words: [
					text,
					!applies && 'not for this host',
					answer && `ready: ${answer}`,
					evidence,
					section === question.default && 'recommended',
				]
					.filter(Boolean)
					.join(' - '),
				intent: () => ({type: 'choose', block: question.item.id, section}),
			}),
		),
		skip(question),
	],
	failure: question => [
		...question.entries.map(entry => visit(entry, 'its output is known: see')),
		again(question),
		edit(question),
		skip(question),
		...undo(question),
		...question.ways.map(way => visit(way.section, wayWords(way))),
	],
	unknown: question => [
		{key: 'l', words: 'ask the host again', intent: () => ({type: 'look', task: question.task.task})},
		{
			key: 'done',
			words: 'state that it was done',
			asks: 'reason',
			intent: ({text}) => ({type: 'settle', block: question.item.id, end: 'done', reason: text}),
		},
		{
			key: 'failed',
			words: 'state that it was not done',
			asks: 'reason',
			intent: ({text}) => ({type: 'settle', block: question.item.id, end: 'failed', reason: text}),
		},
	],
	overdue: question => [
		{key: 'w', words: 'wait on', intent: () => ({type: 'wait', task: question.task.task})},
		{
			key: question.block.risk === 'reads' ? 'c' : question.host,
			words: question.block.risk === 'reads' ? 'cancel it' : "cancel it (type the host's name)",
			intent: () => ({type: 'cancel', task: question.task.task, confirmed: 'name'}),
		},
	],
	refused: question => [
		again(question),
		skip(question),
		...question.guards.map(
			({guard}): MenuOption =>
				guard === 'lock'
					? {
							key: 'break',
							words: 'break the lock',
							asks: 'reason',
							intent: ({text}) => ({type: 'break-lock', reason: text}),
						}
					: {
							key: `override ${guard}`,
							words: `override ${guard}`,
							asks: 'reason',
							intent: ({text}) => ({type: 'override', guard, reason: text}),
						},
		),
	],
};

const always: MenuOption[] = [
	{key: 'n', words: 'write a note', asks: 'text', intent: ({text}) => ({type: 'note', text})},
	{
		key: 'g',
		words: 'go to a section',
		asks: 'section',
		intent: ({text}) => ({type: 'go', section: text, reason: text}),
	},
	{key: 'back', words: 'leave a visited section', intent: () => ({type: 'back'})},
	{key: 'abort', words: 'end the run', asks: 'reason', intent: ({text}) => ({type: 'abort', reason: text})},
	{key: 'q', words: 'leave; the run stays open', intent: () => ({type: 'leave', why: 'left by the operator'})},
];

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

function again(question: Of<'failure'> | Of<'refused'>): MenuOption {
	const {item, block, host} = question;
	const key = block.risk === 'disrupts' ? host : 'r';
	const confirmed = block.risk === 'disrupts' ? 'name' : 'y';
	const words = block.risk === 'disrupts' ? "run it again (type the host's name)" : 'run it again';
	return {key, words, intent: () => ({type: 'run', block: item.id, confirmed})};
}

const edit = ({item, block}: Of<'confirm'> | Of<'failure'>): MenuOption => ({
	key: 'e',
	words: 'edit the command and run it',
	asks: 'script',
	intent: ({text, script}) => ({
		type: 'run',
		block: item.id,
		confirmed: block.risk === 'disrupts' ? 'name' : 'y',
		edited: {script: script ?? '', reason: text},
	}),
});

const skip = ({item}: {item: {id: string}}): MenuOption => ({
	key: 's',
	words: 'skip it',
	asks: 'reason',
	intent: ({text}) => ({type: 'skip', block: item.id, reason: text}),
});

const undo = ({item, host, block}: Of<'failure'>): MenuOption[] =>
	block.role === 'run'
		? [
				{
					key: `undo ${host}`,
					words: 'undo it, where it has an undo',
					intent: () => ({type: 'undo', block: item.id, confirmed: 'name'}),
				},
			]
		: [];

const visit = (section: string, words: string): MenuOption => ({
	key: `v ${section}`,
	words: `${words} ${section}`,
	intent: () => ({type: 'visit', section}),
});

const wayWords = ({title, answer, evidence}: {title: string; answer: string | undefined; evidence: string}): string =>
	`way back "${title}" (available: ${answer ?? 'not asked'}${evidence && `, ${evidence}`}):`;
