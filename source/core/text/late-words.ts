import type {Question} from '../run/question.ts';
import {formatDuration} from './duration.ts';
import {visibleLine} from './filter.ts';
import {phaseWords} from './reboot-words.ts';

type Late = Extract<Question, {kind: 'reboot'}>;

/** `it is not back from its reboot after 10m (unreachable)`. */
export function lateWords({reboot: {late, phase}}: Late): string {
	const last = phase ? phaseWords[phase] : 'it has not gone down';
	return `it is not back from its reboot after ${formatDuration(late?.after ?? 0)} (${last})`;
}

/** Where to look, and what the document offers. */
export function lateHints({reboot: {late, phase}, ways}: Late): string[] {
	const back = ways.map(({title}) => visibleLine(title)).join(', ');
	return [
		late?.console === undefined ? 'Look at its console' : `Look at its console: ${visibleLine(late.console)}`,
		phase === 'going-down' || phase === undefined ? 'It still answers, with the boot from before' : '',
		back && `Once you give up waiting, the document offers: ${back}`,
	].filter(Boolean);
}
