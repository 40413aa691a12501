import type {LoginQuestion} from '../../../source/core/run/login-question.ts';
import type {AskLogin} from '../../../source/runtime/hosts/ask-login.ts';

type Answer = boolean | string | undefined | Promise<string | boolean | undefined>;

/** Somebody who gives these answers, one after another and then none; keeps what was asked and masked. */
export function person(...answers: Answer[]) {
	const asked: LoginQuestion[] = [];
	const masked: string[] = [];
	/** What was handed over; wiped by whoever asked. */
	const given: Uint8Array[] = [];
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
	};
	return {asks, asked, masked, given, add: (...more: Answer[]) => answers.push(...more)};
}
