import {findingWords} from '../../../core/text/finding-words.ts';
import {type Row, wrap} from '../../../core/text/row.ts';
import type {Model} from './model.ts';
import type {Dialog} from './ui-state.ts';

/** All that is known of a command whose end nobody knows; a page that can be scrolled. */
export function knownPage({question}: Model, now: number): Dialog | undefined {
	if (question?.kind !== 'unknown') return undefined;
	const {block, task} = question;
	const lines = (task.findings ?? [])
		.map(findingWords)
		.flatMap(({text, isAlarm, lines}): Row[] => [
			...wrap(`${isAlarm ? '!' : '-'} ${text}`, 74, '  ').map(
				(line): Row => [{text: line, ...(isAlarm && {bold: true, colour: 'red'})}],
			),
			...lines.map((line): Row => [{text: `  | ${line}`}]),
		]);
	return {
		kind: 'dialog',
		title: `What is known of ${block.id}`,
		lines: lines.length > 0 ? lines : [[{text: 'The host is being looked at; nothing is known yet.'}]],
		needs: 'nothing',
		name: '',
		typed: '',
		top: 0,
		seen: 0,
		since: now,
		next: {do: 'none'},
	};
}
