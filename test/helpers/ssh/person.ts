import type {LoginQuestion} from '../../../source/core/run/login-question.ts';
import type {AskLogin, LoginNotice} from '../../../source/runtime/hosts/ask-login.ts';

type Answer = boolean | string | undefined | Promise<string | boolean | undefined>;

/** Somebody who gives these answers, one after another and then none; keeps what was asked and masked. */
export function person(...answers: Answer[]) {
	const asked: LoginQuestion[] = [];
	const masked: string[] = [];
	/** What was handed over; wiped by whoever asked. */
	const given: Uint8Array[] = [];
	/** What there was to know meanwhile; `isOver` once it says nothing any more. */
	const notices: (LoginNotice & {isOver: boolean})[] = [];
	const asks: AskLogin = {
		async trusts(question) {
			asked.push(question);
			return (await answers.shift()) === true;
		},
		async tell(question, signal) {
			asked.push(question);
			const left = new Promise<undefined>(resolve => signal.addEventListener('abort', () => resolve(undefined)));
			const text = await Promise.race([answers.shift(), left]);
			if (typeof text !== 'string') return undefined;
			const bytes = Buffer.from(text);
			given.push(bytes);
			return bytes;
		},
		mask: secret => masked.push(Buffer.from(secret).toString()),
		notice(notice, over) {
			const entry = {...notice, isOver: false};
			notices.push(entry);
			over.addEventListener('abort', () => {
				entry.isOver = true;
			});
		},
	};
	return {asks, asked, masked, given, notices, add: (...more: Answer[]) => answers.push(...more)};
}
