// Menus and fields that keys open, made from the state of the run.
import {judgeSection} from '../../../core/run/applies.ts';
import {waysBack} from '../../../core/run/question.ts';
import {indexOf, troubleshootingEntriesOf} from '../../../core/runbook/outline.ts';
import {formatDuration} from '../../../core/text/duration.ts';
import {visibleLine} from '../../../core/text/filter.ts';
import type {Model} from './model.ts';
import {emptyField, type Field, type Menu, type MenuItem, type Next} from './ui-state.ts';

/** Entries that match the output of what failed stand first. */
export function entriesMenu({state, host, question}: Model, now: number): Menu | undefined {
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
			words: `${visibleLine(title)}${matching.includes(id) ? '  <- its symptom is in the output' : ''}`,
			next: {do: 'tell', intent: {type: 'visit', section: id}},
		}),
	);
	return options.length > 0 ? {kind: 'menu', title: 'Troubleshooting', options, index: 0, since: now} : undefined;
}

/** In the order of the document, which is the order of recommendation. */
export function waysMenu({state, host}: Model, now: number): Menu | undefined {
	const options = waysBack(state, host).map(({section, title, answer, evidence}): MenuItem => {
		const said = evidence && `: ${visibleLine(evidence)}`;
		const known = answer === undefined ? 'not known yet' : `${availability[answer]}${said}`;
		return {
			words: `${visibleLine(title)} - ${known}${costs(state.runbook, section)}`,
			next: {do: 'tell', intent: {type: 'visit', section}},
			...(answer === 'no' && {isDisabled: `it is not available${said}`}),
		};
	});
	const first = options.findIndex(({isDisabled}) => isDisabled === undefined);
	const title = 'Ways back (going there runs nothing yet)';
	if (options.length === 0) return undefined;
	return {kind: 'menu', title, options, index: Math.max(0, first), since: now, isWays: true};
}

/** Opens it, and asks what nobody has asked yet: after a failure the program has done so by itself. */
export function openWays(model: Model, now: number): Next {
	const overlay = waysMenu(model, now);
	if (!overlay) return {do: 'none'};
	const isKnown = waysBack(model.state, model.host).every(({answer}) => answer !== undefined);
	return {do: 'open', overlay, ...(!isKnown && {asks: {type: 'ask-ways'}})};
}

/** A menu of ways back with the answers that have come since it was opened; any other as it is. */
export function withAnswers(menu: Menu, model: Model): Menu {
	const now = menu.isWays ? waysMenu(model, menu.since) : undefined;
	return now ? {...now, index: Math.min(menu.index, now.options.length - 1)} : menu;
}

const availability = {yes: 'available', no: 'NOT available', unknown: 'not known whether available'} as const;

function costs(runbook: Model['state']['runbook'], id: string): string {
	const section = indexOf(runbook).sections.get(id)?.section;
	const takes = section?.takes === undefined ? '' : `; takes ${formatDuration(section.takes)}`;
	return `${takes}${section?.loses === undefined ? '' : `; loses ${visibleLine(section.loses)}`}`;
}

export function guardsMenu({question}: Model, now: number): Menu | undefined {
	if (question?.kind !== 'refused') return undefined;
	const options = question.guards.map(
		({guard, evidence}): MenuItem => ({
			...(guard === 'durable' && {isDisabled: `nothing overrides ${guard}`}),
			words: `${guard}: ${visibleLine(evidence)}`,
			next: {
				do: 'open',
				overlay: emptyField(
					guard === 'lock' ? 'Break the lock of the other run: why?' : `Go on although ${guard} does not hold: why?`,
					guard === 'lock' ? {for: 'break-lock'} : {for: 'override', guard},
					'It is recorded as a deviation. Then r runs it again.',
				),
			},
		}),
	);
	return {kind: 'menu', title: 'Refused by', options, index: 0, since: now};
}

export const failedFields = {
	skip: (block: string): Field =>
		emptyField(`Skip ${block}: why?`, {for: 'skip', block}, 'It is recorded as a deviation.'),
	settle: (block: string, end: 'done' | 'failed'): Field =>
		emptyField(
			`State that ${block} ${end === 'done' ? 'was done' : 'was not done'}: how do you know?`,
			{for: 'settle', block, end},
			'It is recorded as a deviation.',
		),
};
