import type {LoginQuestion} from '../../../core/run/login-question.ts';
import {visibleLine} from '../../../core/text/filter.ts';
import type {Row} from '../../../core/text/row.ts';
import {loginLines} from '../../plain/login-lines.ts';
import {lineOf} from '../parts/text-line.ts';
import type {Dialog, LoginField, Overlay} from './ui-state.ts';

/** What opens when a login asks: a dialog for a host key, a field for what has to be typed. */
export function loginOverlay(question: LoginQuestion, now: number): Dialog | LoginField {
	if (question.kind === 'host-key') return keyDialog(question, now);
	const isSecret = question.kind !== 'prompt' || !question.isShown;
	return {kind: 'login', question, isSecret, line: lineOf(''), isEmpty: false, since: now};
}

/** Whether this is what was opened for it. */
export function isOfLogin(overlay: Overlay | undefined, question: LoginQuestion): boolean {
	if (overlay?.kind === 'login') return overlay.question === question;
	return overlay?.kind === 'dialog' && overlay.next.do === 'answer-login' && overlay.next.question === question;
}

const keyDialog = (question: LoginQuestion, now: number): Dialog => ({
	kind: 'dialog',
	title: `Is this the host key of ${visibleLine(question.machine ?? question.host)}?`,
	lines: loginLines(question).map((text): Row => [{text, bold: text.startsWith('fingerprint')}]),
	needs: 'y',
	name: '',
	typed: '',
	top: 0,
	seen: 0,
	since: now,
	next: {do: 'answer-login', question, isTaken: true},
	otherwise: {do: 'answer-login', question, isTaken: false},
});
