// Menus and fields that keys open, made from the state of the run.
import {judgeSection} from '../../../core/run/applies.ts';
import {waysBack} from '../../../core/run/question.ts';
import {troubleshootingEntriesOf} from '../../../core/runbook/outline.ts';
import {visibleLine} from '../../../core/text/filter.ts';
import type {Model} from './model.ts';
import type {Field, Menu, MenuItem} from './ui-state.ts';

/** Entries that match the output of what failed stand first. */
export function entriesMenu({state, host, question}: Model): Menu | undefined {
	const matching = question?.kind === 'failure' ? question.entries : [];
	const entries = troubleshootingEntriesOf(state.runbook).filter(
		section => judgeSection(state, host, section).is !== 'no',
	);
	const sorted = [
		...entries.filter(({id}) => matching.includes(id)),
		...entries.filter(({id}) => !matching.includes(id)),
	];
	const options = sorted.map(
		({id, title}): MenuItem => ({
			words: `${matching.includes(id) ? 'matches the output: ' : ''}${visibleLine(title)}`,
			next: {do: 'tell', intent: {type: 'visit', section: id}},
		}),
	);
	return options.length > 0 ? {kind: 'menu', title: 'Troubleshooting', options, index: 0} : undefined;
}

/** In the order of the document, which is the order of recommendation. */
export function waysMenu({state, host}: Model): Menu | undefined {
	const options = waysBack(state, host).map(({section, title, answer, evidence}): MenuItem => {
		const known = answer === undefined ? '' : ` [available: ${answer}${evidence && `, ${visibleLine(evidence)}`}]`;
		return {
			words: `${visibleLine(title)}${known}`,
			next: {do: 'tell', intent: {type: 'visit', section}},
			...(answer === 'no' && {isDisabled: `it is not available: ${visibleLine(evidence)}`}),
		};
	});
	return options.length > 0 ? {kind: 'menu', title: 'Ways back', options, index: 0} : undefined;
}

export function guardsMenu({question}: Model): Menu | undefined {
	if (question?.kind !== 'refused') return undefined;
	const options = question.guards.map(
		({guard, evidence}): MenuItem => ({
			words: `${guard}: ${visibleLine(evidence)}`,
			next: {
				do: 'open',
				overlay: {
					kind: 'field',
					title: guard === 'lock' ? 'Break the lock: reason' : `Override ${guard}: reason`,
					value: '',
					isSecret: false,
					next: guard === 'lock' ? {for: 'break-lock'} : {for: 'override', guard},
					hint: 'It is recorded as a deviation. Then r runs it again.',
				},
			},
		}),
	);
	return {kind: 'menu', title: 'Refused by', options, index: 0};
}

export const failedFields = {
	skip: (block: string): Field => ({
		kind: 'field',
		title: `Skip ${block}: reason`,
		value: '',
		isSecret: false,
		next: {for: 'skip', block},
		hint: 'It is recorded as a deviation.',
	}),
	settle: (block: string, end: 'done' | 'failed'): Field => ({
		kind: 'field',
		title: `State that ${block} ${end === 'done' ? 'was done' : 'was not done'}: how do you know?`,
		value: '',
		isSecret: false,
		next: {for: 'settle', block, end},
		hint: 'It is recorded as a deviation.',
	}),
};
