import {exitCodes} from '../../core/run/exit-code.ts';
import {type Question, question} from '../../core/run/question.ts';
import type {Intent} from '../../core/run/told.ts';
import {refusalWords} from '../../core/text/words.ts';
import type {Session} from '../../runtime/engine/session.ts';

/** How a question is answered: with what a person wants, with a secret, or not at all: then the walk stops there. */
export type Answer = {tell: Intent} | {secret: Uint8Array; name: string} | {stop: number; why: string};
export type Answerer = (question: Question, refused: string | undefined, signal: AbortSignal) => Promise<Answer | undefined>;

/** Where a walk came to: the exit code and why, both undefined where the run has ended. */
export type Outcome = {code: number | undefined; why: string | undefined; hint?: string};

/** Walks a run by questions and answers until it has ended, or stops. `signal` leaves it. */
export async function walkPlain(session: Session, answer: Answerer, signal: AbortSignal): Promise<Outcome> {
	let refused: string | undefined;
	for (;;) {
		await session.until(() => isWaiting(session), signal).catch(() => undefined);
		if (signal.aborted) return await leave(session, String(signal.reason));
		if (session.stopped) return stoppedBy(session.stopped);
		if (session.fault) return {code: exitCodes.open, why: session.fault.message, hint: session.fault.hint};
		if (session.state.ended) return {code: undefined, why: undefined};
		if (session.state.left !== undefined) return {code: exitCodes.open, why: session.state.left};
		const asked = question(session.state)!;
		const given = await answer(asked, refused, signal).catch((error: unknown) => {
			if (!signal.aborted) throw error;
		});
		if (!given) continue;
		if ('stop' in given) return {code: given.stop, why: given.why};
		const refusal =
			'secret' in given
				? await session.giveSecret(asked.host, given.name, given.secret)
				: await session.tell(given.tell, asked.host);
		refused = refusal && refusalWords(refusal);
	}
}

const isWaiting = (session: Session): boolean =>
	session.stopped !== undefined ||
	session.fault !== undefined ||
	session.state.ended !== undefined ||
	session.state.left !== undefined ||
	question(session.state) !== undefined;

const stoppedBy = ({exitCode, message, hint}: NonNullable<Session['stopped']>): Outcome => ({
	code: exitCode,
	why: message,
	hint,
});

async function leave(session: Session, why: string): Promise<Outcome> {
	await session.tell({type: 'leave', why}, null).catch(() => undefined);
	return {code: exitCodes.open, why};
}
