import type {EarlierState} from '../../core/run/earlier.ts';
import type {TaskState} from '../../core/run/state.ts';
import {waitingWords} from '../../core/run/waiting.ts';
import {earlierWords, resumeWords} from '../../core/text/earlier-words.ts';
import {visible, visibleLine} from '../../core/text/filter.ts';
import {lateHints, lateWords} from '../../core/text/late-words.ts';
import {commandNotes} from './command-notes.ts';
import type {Asked} from './walk-plain.ts';

/** What a question is about: words, which may be wrapped, and commands, which are shown exactly as they run. */
export function lead(asked: Asked): {words: string[]; code: string[]} {
	switch (asked.kind) {
		case 'trust': {
			const commands = asked.commands.flatMap(({id, script}) => [`  ${id}:`, ...codeLines(script)]);
			return {words: ['The document runs these by itself; they only read:'], code: commands};
		}
		case 'identity':
			return only(
				`${asked.host} called itself ${visibleLine(asked.was.ownName)}, and now ${visibleLine(asked.is.ownName)}.`,
			);
		case 'confirm': {
			const words = [`${asked.item.id} (${commandNotes(asked.block)})`];
			if (asked.placeholders.length > 0) {
				words.push(`It has to be edited first: ${asked.placeholders.join(', ')} stands for something else.`);
			}
			return {words, code: codeLines(asked.block.script)};
		}
		case 'manual':
			return only(`To do by hand: ${visible(asked.block.text)}`);
		case 'choice':
			return only('Which way?');
		case 'failure':
			return only(`${asked.item.id} failed. What now?`);
		case 'unknown':
			return only(
				`Nobody can say how ${asked.item.id} ended. Until that is settled, nothing else may change this host.`,
			);
		case 'overdue':
			return only(
				`${asked.item.id} ${asked.which === 'idle' ? 'is silent' : 'takes longer than expected'}; ${waits(asked.task) ?? 'it runs on'}.`,
			);
		case 'reboot':
			return only(`${asked.item.id}: ${lateWords(asked)}.`, ...lateHints(asked));
		case 'earlier':
			return only('Before the first change, tasks of earlier runs on this host:', ...asked.tasks.flatMap(earlierLines));
		case 'running':
			return only(`${asked.item.id} is running${asked.task.silent ? `; ${waits(asked.task)}` : ''}. What now?`);
		case 'refused':
			return {
				words: [
					`${asked.item.id} was not started:`,
					...asked.guards.map(({guard, evidence}) => `  ${guard}: ${evidence}`),
				],
				code: [],
			};
		case 'next':
			return only('Everything in this section is done.');
		default:
			return {words: [], code: []};
	}
}

const only = (...words: string[]) => ({words, code: []});

const codeLines = (script: string): string[] =>
	visible(script)
		.split('\n')
		.map(line => `  $ ${line}`);

const waits = ({silent}: TaskState): string | undefined => silent && waitingWords[silent.waits];

function earlierLines(each: EarlierState): string[] {
	const resume = resumeWords(each);
	return [`  ${earlierWords(each)}`, ...(resume ? [`    go on with that run: ${resume}`] : [])];
}
