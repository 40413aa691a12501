import {exitCodes} from '../../core/run/exit-code.ts';
import type {LoginQuestion} from '../../core/run/login-question.ts';
import {type Question, question} from '../../core/run/question.ts';
import {currentHost, runningTask, type TaskState} from '../../core/run/state.ts';
import type {Intent} from '../../core/run/told.ts';
import {blockFor} from '../../core/run/walk.ts';
import type {Command} from '../../core/runbook/model.ts';
import type {Item} from '../../core/runbook/outline.ts';
import {refusalWords} from '../../core/text/words.ts';
import type {LoginAnswer, Session} from '../../runtime/engine/session.ts';

/** Asked because somebody wants to interfere with a task that is under way. */
export type Running = {kind: 'running'; host: string; item: Item; block: Command; task: TaskState};
/** A login asks, before a host lets anybody in: at the beginning, or when a connection is made again. */
export type Login = {kind: 'login'; question: LoginQuestion};
export type Asked = Question | Running;

/** How a question is answered: with what a person wants, with a secret, or not at all: then the walk stops there. */
export type Answer =
	| {tell: Intent}
	| {secret: Uint8Array; name: string}
	| {line: Uint8Array; isHidden: boolean; task: string}
	| {stop: number; why: string};
/** Resolves to undefined where the run has gone on meanwhile, and whatever is asked then is asked anew. */
export type Answerer<A extends Asked = Question> = (
	asked: A,
	refused: string | undefined,
	signal: AbortSignal,
) => Promise<Answer | undefined>;

/** Where a walk came to: the exit code and why, both undefined where the run has ended. */
export type Outcome = {code: number | undefined; why: string | undefined; hint?: string};

/**
 * Of a person: `isWanted` once they want to be asked about the task that is running; the session has to be told
 * (`publish`). `login` answers what a login asks.
 */
export type Attention = {
	isWanted: boolean;
	answer: Answerer<Running>;
	login(question: LoginQuestion, signal: AbortSignal): Promise<LoginAnswer>;
};

/** Walks a run by questions and answers until it has ended, or stops. `signal` leaves it. */
export async function walkPlain(
	session: Session,
	answer: Answerer,
	signal: AbortSignal,
	attention?: Attention,
): Promise<Outcome> {
	let refused: string | undefined;
	for (;;) {
		await session.until(() => isWaiting(session, attention), signal).catch(() => undefined);
		if (signal.aborted) return await leave(session, String(signal.reason));
		if (session.stopped) return stoppedBy(session.stopped);
		if (session.fault) return {code: exitCodes.open, why: session.fault.message, hint: session.fault.hint};
		if (session.state.ended) return {code: undefined, why: undefined};
		if (session.state.left !== undefined) return {code: exitCodes.open, why: session.state.left};
		const asked = askedNow(session, attention)!;
		const stands = () => isAsked(session, attention, asked);
		if (asked.kind === 'login') {
			const answer = await whileItStands(session, stands, signal, async both => {
				return {given: await attention!.login(asked.question, both)};
			});
			if (answer) await session.answerLogin(asked.question, answer.given);
			continue;
		}
		if (attention) attention.isWanted = false;
		const given = await whileItStands(session, stands, signal, both =>
			asked.kind === 'running' ? attention!.answer(asked, refused, both) : answer(asked, refused, both),
		);
		refused = undefined;
		if (!given) continue;
		if ('stop' in given) return {code: given.stop, why: given.why};
		if ('line' in given) {
			refused = await session.sendLine(asked.host, given.task, given);
			continue;
		}
		const refusal =
			'secret' in given
				? await session.giveSecret(asked.host, given.name, given.secret)
				: await session.tell(given.tell, asked.host);
		refused = refusal && refusalWords(refusal);
	}
}

const isWaiting = (session: Session, attention: Attention | undefined): boolean =>
	session.stopped !== undefined ||
	session.fault !== undefined ||
	session.state.ended !== undefined ||
	session.state.left !== undefined ||
	askedNow(session, attention) !== undefined;

function askedNow(session: Session, attention: Attention | undefined): Asked | Login | undefined {
	if (attention && session.login) return {kind: 'login', question: session.login};
	return question(session.state) ?? (attention?.isWanted ? running(session) : undefined);
}

function running({state}: Session): Running | undefined {
	const host = currentHost(state);
	const task = host && runningTask(host);
	const found = task && blockFor(state, host, task.block);
	if (found?.block.kind !== 'command') return undefined;
	return {kind: 'running', host: host!.name, item: found.item, block: found.block, task: task!};
}

/** Undefined where the question was over before it was answered: the task ended, the connection was lost. */
async function whileItStands<T>(
	session: Session,
	stands: () => boolean,
	signal: AbortSignal,
	ask: (signal: AbortSignal) => Promise<T | undefined>,
): Promise<T | undefined> {
	const over = new AbortController();
	const both = AbortSignal.any([signal, over.signal]);
	session
		.until(() => !stands(), both)
		.then(
			() => over.abort(),
			() => undefined,
		);
	try {
		return await ask(both);
	} catch (error) {
		if (!both.aborted) throw error;
		return undefined;
	} finally {
		over.abort();
	}
}

function isAsked(session: Session, attention: Attention | undefined, asked: Asked | Login): boolean {
	if (session.stopped || session.fault) return false;
	if (attention && session.login) return asked.kind === 'login' && asked.question === session.login;
	const now = asked.kind === 'running' ? running(session) : question(session.state);
	const item = (each: Asked | undefined) => each && 'item' in each && each.item.id;
	return asked.kind !== 'login' && now?.kind === asked.kind && item(now) === item(asked);
}

const stoppedBy = ({exitCode, message, hint}: NonNullable<Session['stopped']>): Outcome => ({
	code: exitCode,
	why: message,
	hint,
});

async function leave(session: Session, why: string): Promise<Outcome> {
	await session.tell({type: 'leave', why}, null).catch(() => undefined);
	return {code: exitCodes.open, why};
}
