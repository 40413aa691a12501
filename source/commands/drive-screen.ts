import {exitCodes} from '../core/run/exit-code.ts';
import {type Question, question} from '../core/run/question.ts';
import type {Session} from '../runtime/engine/session.ts';
import {type Answerer, type Outcome, walkPlain} from '../views/plain/walk-plain.ts';
import {summaryLines} from '../views/ui/run/summary-lines.ts';
import type {Io} from './command.ts';
import {screenOf} from './screen.ts';

/** Shows a session on the screen until the operator leaves it; flags answer what they answer in the meantime. */
export async function driveScreen(
	session: Session,
	io: Io,
	byFlags: (person: Answerer) => Answerer,
	signal: AbortSignal,
): Promise<Outcome> {
	const {openRunScreen} = await import('../views/ui/run/open-run-screen.tsx');
	const began = performance.now();
	const walking = walkPlain(session, byFlags(waits(session)), signal);
	const hopeless = new AbortController();
	let ended: number | undefined;
	const noteEnd = () => {
		ended = performance.now();
	};
	session.until(() => session.state.ended !== undefined, hopeless.signal).then(noteEnd, () => undefined);
	session
		.until(() => isHopeless(session), hopeless.signal)
		.then(
			() => hopeless.abort(),
			() => undefined,
		);
	await openRunScreen(session, screenOf(io), AbortSignal.any([signal, hopeless.signal]));
	hopeless.abort();
	if (isHopeless(session)) return outcomeOf(session);
	if (!session.state.ended && session.state.left === undefined && !signal.aborted) {
		await session.tell({type: 'leave', why: 'left by the operator'}, null).catch(() => undefined);
	}
	if (session.state.left === undefined && !session.state.ended && !session.stopped && !session.fault) await walking;
	const isPractice = session.state.order.every(name => session.hosts.get(name).kind === 'practice');
	const lines = summaryLines(session.state, (ended ?? performance.now()) - began, isPractice);
	io.stdout.write(`${lines.join('\n')}\n`);
	return outcomeOf(session);
}

/** No host was reached: there is nothing to look at, and the reason stands in full on the normal screen. */
const isHopeless = ({stopped, met}: Session): boolean => stopped !== undefined && met.size === 0;

/** On the screen a person answers by keys: here is only waited until something else is asked. */
const waits =
	(session: Session): Answerer =>
	async (asked, _refused, signal) => {
		await session.until(() => keyOf(question(session.state)) !== keyOf(asked), signal);
		return undefined;
	};

const keyOf = (asked: Question | undefined): string =>
	JSON.stringify(asked && [asked.kind, 'item' in asked && asked.item.id, 'name' in asked && asked.name]);

function outcomeOf({state, stopped, fault}: Session): Outcome {
	if (state.ended) return {code: undefined, why: undefined};
	const why = stopped ?? fault;
	if (why) return {code: stopped?.exitCode ?? exitCodes.open, why: why.message, hint: why.hint};
	return {code: exitCodes.open, why: state.left};
}
