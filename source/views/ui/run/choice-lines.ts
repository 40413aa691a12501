import type {Question} from '../../../core/run/question.ts';
import type {Runbook} from '../../../core/runbook/model.ts';
import {indexOf} from '../../../core/runbook/outline.ts';
import {visibleLine} from '../../../core/text/filter.ts';
import type {Line} from './question-rows.ts';

type Choice = Extract<Question, {kind: 'choice'}>;

/** The options of a choice, so that all of many fit: what cannot be taken in a line, the others in two. */
export const choiceLines = ({options, default: usual}: Choice, runbook: Runbook): Line[] =>
	options.map(({text, applies, answer, evidence, section}, at): Line => {
		const why = evidence ? visibleLine(evidence) : '';
		if (!applies || answer === 'no') {
			const title = indexOf(runbook).sections.get(section)?.section.title ?? text;
			const no = applies ? ['no', why].filter(Boolean).join(', ') : 'not for this host';
			return [`${at + 1} ${visibleLine(title)}: ${no}`, {bold: section === usual}, 1];
		}
		const words = [
			`${at + 1} ${visibleLine(text)}`,
			section === usual && 'recommended',
			// Of an option that says nothing of itself, nothing is known.
			answer && (answer !== 'unknown' || why) && `ready: ${answer}`,
			why,
		];
		return [words.filter(Boolean).join(' - '), {bold: section === usual}, 2];
	});
