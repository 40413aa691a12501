// Who answers the questions of a walk: the flags first; where they do not, a person at the terminal.
import type {Question} from '../core/run/question.ts';
import {currentHost, unsettledTask} from '../core/run/state.ts';
import {type Allowed, reply} from '../core/run/unattended.ts';
import type {Session} from '../runtime/engine/session.ts';
import type {GivenSecrets} from '../runtime/settings/read-secret.ts';
import {stopWords} from '../views/plain/stop-words.ts';
import type {Answer, Answerer} from '../views/plain/walk-plain.ts';

export function answers(
	session: Session,
	allowed: Allowed,
	secrets: GivenSecrets,
	person: Answerer | undefined,
): Answerer {
	const sent = new Set<string>();
	return async (asked, refused, signal) => {
		if (!person) await untilSeen(session, asked, signal);
		// What others have left is for whoever is there to say.
		const isForFlags = refused === undefined && !(person && asked.kind === 'earlier');
		const given = isForFlags ? byFlags(session, asked, allowed, secrets, sent) : undefined;
		if (given && !('stop' in given && person)) return given;
		if (person) return await person(asked, refused, signal);
		return {stop: 3, why: refused ?? 'nobody answered'};
	};
}

/** Who stops where nobody knows how something ended says before what can be seen of it. */
async function untilSeen(session: Session, {kind, host}: Question, signal: AbortSignal): Promise<void> {
	if (kind !== 'unknown') return;
	const isSeen = () => {
		const unknown = unsettledTask(session.state.hosts[host]!);
		return unknown?.phase !== 'unknown' || unknown.findings !== undefined;
	};
	await session.until(isSeen, AbortSignal.any([signal, AbortSignal.timeout(15_000)])).catch(() => undefined);
}

/** Blocks that had failed when the session began: to go on means to try them once more. */
export function failedBefore(session: Session): Set<string> {
	const host = currentHost(session.state);
	const blocks = Object.entries(host?.blocks ?? {});
	return new Set(blocks.filter(([, {status}]) => status === 'failed').map(([id]) => id));
}

/** `sent`: hosts whose sudo was given its password. What it did not take is never sent again by itself. */
function byFlags(
	session: Session,
	asked: Question,
	allowed: Allowed,
	secrets: GivenSecrets,
	sent: Set<string>,
): Answer {
	if (asked.kind === 'input' && asked.input.secret) {
		const secret = secrets.get(asked.name);
		// The third one may lock the account: that is left to a person, who is warned.
		const isSent = asked.sudo !== undefined && (sent.has(asked.host) || asked.sudo.tries >= 2);
		if (asked.sudo) sent.add(asked.host);
		if (secret && !isSent) return {secret: Buffer.from(secret), name: asked.name};
	}
	const answer = reply(asked, {...allowed, confirm: namesTyped(session, asked, allowed.confirm)});
	if ('tell' in answer) return answer;
	return {stop: answer.stop, why: stopWords(asked, answer.why, session.state.runbook)};
}

/** The name of a practice server is its own (`web1`): typing it stands for the alias `practice`. */
function namesTyped(session: Session, asked: Question, confirm: string[]): string[] {
	const own = session.state.hosts[asked.host]?.identity?.ownName;
	const isPractice = session.hosts.get(asked.host).kind === 'practice';
	return isPractice && own !== undefined && confirm.includes(own) ? [...confirm, asked.host] : confirm;
}
