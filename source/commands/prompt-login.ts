import type {AskLogin} from '../runtime/hosts/ask-login.ts';
import {askLogin} from '../views/plain/ask-login.ts';
import {noticeLines} from '../views/plain/login-lines.ts';
import type {Prompt} from '../views/plain/prompt.ts';
import {wrap} from '../views/plain/wrap.ts';

/** Asks what a login asks line by line, at a terminal. Nobody has answered where the signal says so. */
export function promptLogin(prompt: Prompt): AskLogin {
	return {
		trusts: async (question, signal) => (await askLogin(question, prompt, signal).catch(quiet(signal))) === true,
		async tell(question, signal) {
			const given = await askLogin(question, prompt, signal).catch(quiet(signal));
			return given instanceof Uint8Array ? given : undefined;
		},
		notice(notice) {
			const lines = noticeLines(notice, notice.leave && 'ctrl-c leaves');
			prompt.write(`${lines.flatMap(line => wrap(`  ${line}`, prompt.columns, '    ')).join('\n')}\n`);
		},
	};
}

const quiet = (signal: AbortSignal) => (error: unknown) => {
	if (!signal.aborted) throw error;
	return undefined;
};
