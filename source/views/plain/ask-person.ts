import {question} from '../../core/run/question.ts';
import type {TaskState} from '../../core/run/state.ts';
import {visible, visibleLine} from '../../core/text/filter.ts';
import {plainText} from '../../core/text/plain-text.ts';
import {sudoHint} from '../../core/text/words.ts';
import type {Session} from '../../runtime/engine/session.ts';
import {askEdit} from './ask-edit.ts';
import {askSection} from './ask-section.ts';
import {lead} from './lead.ts';
import {alwaysOf, type MenuOption, menuOf} from './menu.ts';
import {type Prompt, pasted} from './prompt.ts';
import type {Reading} from './reading.ts';
import type {Answer, Answerer, Asked} from './walk-plain.ts';
import {wrap} from './wrap.ts';

/** Asks a person at a terminal, line by line: named options, nothing repainted. */
export function personAnswers(session: Session, prompt: Prompt, reading: Reading): Answerer<Asked> {
	return async (asked, refused, signal) => {
		if (refused) print(prompt, `  ! ${refused}`);
		const current = await withWays(session, asked, signal);
		const answer = await valueFor(current, prompt, signal);
		if (answer) return answer;
		if ('item' in current) {
			reading.prose.before(session.state, session.state.hosts[current.host]!, current.item.id);
			if (current.kind === 'confirm') reading.commands.add(current.item.id);
			if (current.kind === 'failure' || current.kind === 'unknown') printTail(session, current.task, prompt, reading);
		}
		await printLead(current, prompt, signal);
		return await choose(session, current, prompt, signal);
	};
}

async function choose(
	session: Session,
	asked: Asked,
	prompt: Prompt,
	signal: AbortSignal,
): Promise<Answer | undefined> {
	const [own, always] = [menuOf(asked, session.state), alwaysOf(asked, session.state)];
	const options = [...own, ...always];
	printOptions(prompt, own);
	const line = always.flatMap(({key, short}) => (short === undefined ? [] : [`${key.replace(/\d$/, '')} ${short}`]));
	print(prompt, `    ${[...line.map(each => each.trim()), '? explain'].join('   ')}`);
	for (;;) {
		const typed = await prompt.answer('> ', signal);
		if (typed === undefined) return ended;
		if (typed === pasted) {
			print(prompt, '  ! what is pasted is no answer: type it');
			continue;
		}
		const option = options.find(each => each.key === typed);
		if (option) {
			const given = await complete(session, option, asked, prompt, signal);
			if (given === 'no') continue;
			return given;
		}
		const begun = options.filter(each => typed !== '' && each.key.startsWith(typed) && each.key !== asked.host);
		if (typed === '?') {
			await printLead(asked, prompt, signal);
			printOptions(prompt, options);
		} else if (begun.length > 0) printOptions(prompt, begun);
		else
			print(
				prompt,
				`  ! ${typed === '' ? 'Enter alone' : `"${visibleLine(typed)}"`} is none of the options; ? explains`,
			);
	}
}

async function complete(
	session: Session,
	option: MenuOption,
	asked: Asked,
	prompt: Prompt,
	signal: AbortSignal,
): Promise<Answer | undefined | 'no'> {
	if (option.asks === 'edit') return (await askEdit(session, asked, prompt, signal)) ?? 'no';
	if (option.asks === 'section') return (await askSection(session, asked.host, prompt, signal)) ?? 'no';
	if (option.asks === 'line' && (asked.kind === 'running' || asked.kind === 'overdue'))
		return (await askLine(asked.task, prompt, signal)) ?? 'no';
	const text = option.asks ? await prompt.text(option.asks === 'note' ? 'Note: ' : 'Reason: ', signal) : '';
	if (option.asks && !text) return 'no';
	const intent = option.intent(text ?? '');
	return intent && {tell: intent};
}

/** A line for the input of a task, an empty one too; not shown where it waits for a password. */
async function askLine(task: TaskState, prompt: Prompt, signal: AbortSignal): Promise<Answer | undefined> {
	const isHidden = task.silent?.waits === 'password';
	const words = `A line for ${task.task}${isHidden ? ' (not shown)' : ''}: `;
	const line = isHidden ? await prompt.secret(words, signal) : await prompt.text(words, signal);
	return line === undefined ? undefined : {line: Buffer.from(line), isHidden, task: task.task};
}

/** Questions that are answered with a value; undefined where a menu answers. */
async function valueFor(asked: Asked, prompt: Prompt, signal: AbortSignal): Promise<Answer | undefined> {
	if (asked.kind === 'fact') {
		const value = await prompt.text(`${asked.key} of ${asked.host}: `, signal);
		return value === undefined ? ended : {tell: {type: 'give-fact', key: asked.key, value}};
	}
	if (asked.kind !== 'input') return undefined;
	const {name, input} = asked;
	if (input.secret) {
		if (asked.sudo) print(prompt, `  ${sudoHint(asked.sudo.tries)}`);
		const words = asked.sudo ? 'not shown' : `${name}, not shown`;
		const secret = await prompt.secret(`${visibleLine(input.prompt)} (${words}): `, signal);
		if (asked.sudo && secret?.length === 0) {
			// A stray Enter is no answer.
			const word = await prompt.answer(
				'  Nothing was typed. Go on without a password? y, or Enter to type it: ',
				signal,
			);
			return word === undefined ? ended : word === 'y' ? {secret, name} : valueFor(asked, prompt, signal);
		}
		return secret === undefined ? ended : {secret, name};
	}
	const usual = input.default === undefined ? '' : ` [${visibleLine(input.default)}]`;
	const values = input.values ? ` (${input.values.map(visibleLine).join(', ')})` : '';
	const line = await prompt.text(`${visibleLine(input.prompt)} (${name})${values}${usual}: `, signal);
	return line === undefined ? ended : {tell: {type: 'give-input', name, value: line || (input.default ?? '')}};
}

const ended: Answer = {stop: 3, why: 'the input has ended'};

/** What is found out by itself belongs to the question: whether the ways back can be walked, what can be seen of the unknown. */
async function withWays(session: Session, asked: Asked, signal: AbortSignal): Promise<Asked> {
	if (asked.kind !== 'failure' && asked.kind !== 'unknown') return asked;
	const now = () => question(session.state);
	const isAnswered = () => {
		const current = now();
		if (current?.kind !== asked.kind) return true;
		const isSeen = current.kind !== 'unknown' || current.task.findings !== undefined;
		return isSeen && current.ways.every(way => way.answer !== undefined);
	};
	const limit = AbortSignal.any([signal, AbortSignal.timeout(15_000)]);
	await session.until(isAnswered, limit).catch(() => undefined);
	signal.throwIfAborted();
	const current = now();
	return current?.kind === asked.kind ? current : asked;
}

/** What does not fit on the terminal is gone through page by page. */
async function printLead(asked: Asked, prompt: Prompt, signal: AbortSignal): Promise<void> {
	const {words, code} = lead(asked);
	for (const line of words) print(prompt, `  ${visible(line)}`);
	const page = Math.max(5, (prompt.rows ?? 24) - 10);
	for (let at = 0; at < code.length; at += page) {
		if (at > 0) await prompt.text(`  -- ${code.length - at} more lines of it: Enter `, signal);
		prompt.write(
			`${code
				.slice(at, at + page)
				.map(line => `  ${line}`)
				.join('\n')}\n`,
		);
	}
}

/** What was printed in an earlier session has scrolled away: its end is shown again. */
function printTail(session: Session, task: TaskState | undefined, prompt: Prompt, reading: Reading): void {
	if (!task || reading.outputs.has(task.task)) return;
	reading.outputs.add(task.task);
	const recorded = session.recordedTail(task.task, 16_384);
	if (!recorded) return;
	const text = session.secrets.masked(plainText(recorded));
	const lines = text.trimEnd().split('\n').slice(-10);
	if (text.trim() !== '') prompt.write(`${lines.map(line => `          | ${visible(line)}`).join('\n')}\n`);
}

function printOptions(prompt: Prompt, options: MenuOption[]): void {
	const width = Math.max(...options.map(({key}) => key.length), 5);
	for (const {key, words} of options) {
		const line = `    ${(key || 'Enter').padEnd(width)}  ${visibleLine(words)}`;
		for (const each of wrap(line, prompt.columns, ' '.repeat(width + 6))) prompt.write(`${each}\n`);
	}
}

function print(prompt: Prompt, text: string): void {
	for (const line of text.split('\n')) {
		for (const each of wrap(line, prompt.columns, '    ')) prompt.write(`${each}\n`);
	}
}
