import type {Question} from '../../core/run/question.ts';
import {visible, visibleLine} from '../../core/text/filter.ts';
import type {Session} from '../../runtime/engine/session.ts';
import {commandNotes} from './command-notes.ts';
import {editText} from './edit-text.ts';
import {type MenuOption, menuOf} from './menu.ts';
import type {Prompt} from './prompt.ts';
import type {Answer, Answerer} from './walk-plain.ts';

/** Asks a person at a terminal, line by line: numbered or named options, nothing repainted. */
export function personAnswers(session: Session, prompt: Prompt, print: (text: string) => void): Answerer {
	return async (question, refused, signal) => {
		if (refused) print(`  ! ${refused}\n`);
		for (const line of lead(question)) print(`  ${line}\n`);
		const answer = await valueFor(question, prompt, signal);
		if (answer) return answer;
		const options = menuOf(question);
		for (const {key, words} of options) print(`    ${(key || 'Enter').padEnd(12)} ${visibleLine(words)}\n`);
		for (;;) {
			const line = await prompt.line('> ', signal);
			if (line === undefined) return {stop: 3, why: 'the input has ended'};
			const option = options.find(each => each.key === line.trim());
			if (!option) {
				print(`  ! "${visibleLine(line)}" is none of the options\n`);
				continue;
			}
			const given = await complete(option, question, prompt, signal);
			if (given) return given;
		}
	};
	async function complete(
		option: MenuOption,
		question: Question,
		from: Prompt,
		signal: AbortSignal,
	): Promise<Answer | undefined> {
		if (!option.asks) return {tell: option.intent({text: ''})};
		const script =
			option.asks === 'script' && 'block' in question && question.block.kind === 'command'
				? await editText(question.block.script, session.world.folder.path)
				: undefined;
		const text = await from.line(`${asks[option.asks]}: `, signal);
		return text?.trim() ? {tell: option.intent({text: text.trim(), ...(script !== undefined && {script})})} : undefined;
	}
}

const asks = {reason: 'Reason', text: 'Text', section: 'Section', script: 'Reason for the edit'} as const;

/** Questions that are answered with a value; undefined where a menu answers. */
async function valueFor(question: Question, prompt: Prompt, signal: AbortSignal): Promise<Answer | undefined> {
	if (question.kind === 'fact') {
		const value = await prompt.line(`${question.key} of ${question.host}: `, signal);
		return value === undefined ? ended : {tell: {type: 'give-fact', key: question.key, value: value.trim()}};
	}
	if (question.kind !== 'input') return undefined;
	const {name, input} = question;
	if (input.secret) {
		const secret = await prompt.secret(`${visibleLine(input.prompt)} (${name}, not shown): `, signal);
		return secret === undefined ? ended : {secret, name};
	}
	const usual = input.default === undefined ? '' : ` [${visibleLine(input.default)}]`;
	const values = input.values ? ` (${input.values.map(visibleLine).join(', ')})` : '';
	const line = await prompt.line(`${visibleLine(input.prompt)} (${name})${values}${usual}: `, signal);
	return line === undefined ? ended : {tell: {type: 'give-input', name, value: line.trim() || (input.default ?? '')}};
}

const ended: Answer = {stop: 3, why: 'the input has ended'};

/** What a question is about, in lines. */
function lead(question: Question): string[] {
	switch (question.kind) {
		case 'trust':
			return [
				'The document runs these by itself, reading only:',
				...question.commands.flatMap(({id, script}) => [`${id}:`, ...code(script)]),
			];
		case 'identity':
			return [
				`${question.host} called itself ${visibleLine(question.was.ownName)}, and now ${visibleLine(question.is.ownName)}.`,
			];
		case 'confirm':
			return [`${question.item.id} (${commandNotes(question.block)})`, ...code(question.block.script)];
		case 'manual':
			return [`To do by hand: ${visible(question.block.text)}`];
		case 'choice':
			return ['Choose:'];
		case 'failure':
			return [`${question.item.id} failed.`];
		case 'unknown':
			return [
				`Nobody can say how ${question.item.id} ended. Until that is settled, nothing else may change this host.`,
			];
		case 'overdue':
			return [
				`${question.item.id} ${question.which === 'idle' ? 'is silent' : 'takes longer than expected'}; it runs on.`,
			];
		case 'refused':
			return [
				`${question.item.id} was not started:`,
				...question.guards.map(({guard, evidence}) => `${guard}: ${evidence}`),
			];
		default:
			return [];
	}
}

const code = (script: string): string[] =>
	visible(script)
		.split('\n')
		.map(line => `  $ ${line}`);
