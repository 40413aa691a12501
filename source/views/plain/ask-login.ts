import type {LoginQuestion, LoginSecret} from '../../core/run/login-question.ts';
import {loginLines, secretPrompt} from './login-lines.ts';
import {type Prompt, pasted} from './prompt.ts';
import {wrap} from './wrap.ts';

/** True takes a host key, bytes are a secret; undefined where the person would not. Rejects when the signal says so. */
export async function askLogin(
	question: LoginQuestion,
	prompt: Prompt,
	signal: AbortSignal,
): Promise<true | Uint8Array | undefined> {
	const lines = loginLines(question).flatMap(line => wrap(`  ${line}`, prompt.columns, '  '));
	prompt.write(`${lines.join('\n')}\n`);
	return question.kind === 'host-key' ? await askTrust(prompt, signal) : await askSecret(question, prompt, signal);
}

/** A word that is typed in full, as ssh has taught hands. */
async function askTrust(prompt: Prompt, signal: AbortSignal): Promise<true | undefined> {
	for (;;) {
		const typed = await prompt.answer('Is this the key of that machine, and to be trusted? (yes/no) ', signal);
		if (typed === 'yes') return true;
		if (typed === undefined || typed === 'no') return undefined;
		prompt.write(typed === pasted ? '  ! what is pasted is no answer: type it\n' : '  ! type yes, or no\n');
	}
}

/** Nothing typed is no answer to a password: it would count as a wrong one. A server's own question may want just that. */
async function askSecret(
	question: LoginQuestion & LoginSecret,
	prompt: Prompt,
	signal: AbortSignal,
): Promise<Uint8Array | undefined> {
	const isShown = question.kind === 'prompt' && question.isShown;
	const hint = question.kind === 'prompt' ? (isShown ? '' : ' (not shown)') : ' (not shown; Enter alone: none)';
	const words = `${secretPrompt(question)}${hint}: `;
	for (let isEmpty = false; ; isEmpty = true) {
		// What was typed for something else is no secret.
		await prompt.hush(signal);
		const typed = isShown ? bytesOf(await prompt.text(words, signal)) : await prompt.secret(words, signal);
		if (!typed) return undefined;
		if (typed.length > 0) return typed;
		if (question.kind !== 'prompt') return undefined;
		if (isEmpty) return typed;
		prompt.write(`  ! nothing was typed: Enter once more answers with nothing\n`);
	}
}

const bytesOf = (text: string | undefined): Buffer | undefined => (text === undefined ? undefined : Buffer.from(text));
