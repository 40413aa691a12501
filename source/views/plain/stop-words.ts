import {noLock} from '../../core/run/guards.ts';
import type {Question} from '../../core/run/question.ts';
import type {StopReason} from '../../core/run/unattended.ts';
import {waitingWords} from '../../core/run/waiting.ts';
import type {Runbook} from '../../core/runbook/model.ts';
import {earlierWords} from '../../core/text/earlier-words.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {lateHints, lateWords} from '../../core/text/late-words.ts';
import {titleOf} from './event-line.ts';

/** Why an unattended run stopped at a question, and what would have answered it. */
export function stopWords(question: Question, why: StopReason, runbook: Runbook): string {
	const at = 'item' in question ? ` at ${question.item.id || titleOf(runbook, question.item.section.id)}` : '';
	const said = `${words[why](question)}${at}`;
	if (question.kind === 'failure' && question.entries[0])
		return `${said}; see "${titleOf(runbook, question.entries[0])}"`;
	return question.kind === 'reboot' ? [said, ...lateHints(question)].join('. ') : said;
}

const words: Record<StopReason, (question: Question) => string> = {
	trust: () => 'the document runs checks by itself: agree to it (--trust) after a look (handrail show)',
	identity: () => 'the host calls itself by another name now: a person has to say that it is the same one',
	fact: question => `nobody knows ${question.kind === 'fact' ? question.key : 'a fact'} of this host yet`,
	input: question =>
		sudoWords(question) ??
		`a value is needed for ${question.kind === 'input' ? question.name : 'an input'} (--var or --secret)`,
	placeholder: question =>
		`the command has to be edited first (${question.kind === 'confirm' ? question.placeholders.join(', ') : ''})`,
	bare: () => 'a fence without attributes is only run by a person',
	unconfirmed: () => 'nobody confirmed (--yes confirms what reads or changes)',
	name: question => `it disrupts: the host's name has to be typed (--confirm ${question.host})`,
	manual: () => 'a person has to do and confirm it (--skip-manual REASON records it as skipped)',
	choice: () => 'a person has to choose',
	failure: question => {
		const report = question.kind === 'failure' && question.task?.report;
		return report && report.is === 'not-started' ? `it was not started (${visibleLine(report.why)})` : 'it failed';
	},
	unknown: () => 'nobody can say how it ended',
	overdue: question => {
		const waits = question.kind === 'overdue' && question.task.silent?.waits;
		return `it takes longer than expected, and runs on${waits ? `: ${waitingWords[waits]}` : ''}`;
	},
	reboot: question => (question.kind === 'reboot' ? lateWords(question) : 'it is not back'),
	earlier: question =>
		question.kind === 'earlier'
			? `a task of an earlier run is still at work on this host: ${question.tasks
					.filter(({report}) => report.is === 'running')
					.map(earlierWords)
					.join('; ')} (wait for its end, or go on with that run)`
			: 'a task of an earlier run is still at work',
	refused: question =>
		question.kind === 'refused'
			? question.guards.map(({guard, evidence}) => `${guard}: ${evidence}${remedy(guard, evidence)}`).join('; ')
			: 'a guard refused',
};

function sudoWords(question: Question): string | undefined {
	if (question.kind !== 'input' || !question.sudo) return undefined;
	const {user, tries} = question.sudo;
	if (tries >= 2)
		return `sudo has not taken ${tries} passwords in a row, one more may lock the account: give it at a terminal`;
	if (tries > 0)
		return `sudo did not take the password of ${visibleLine(user)}: it is not sent again by itself (--secret sudo=fd:N gives another)`;
	return `sudo asks for the password of ${visibleLine(user)} (--secret sudo=fd:N; an empty one goes on without)`;
}

const remedy = (guard: string, evidence: string): string =>
	guard === 'lock' && !evidence.startsWith(noLock)
		? ' (--break-lock REASON takes it, where nobody works with it any more)'
		: '';
