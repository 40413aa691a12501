import type {Prompt} from 'ssh2';
import type {Login, Way} from './login-way.ts';

/** Logs in by answering what the server asks, in as many rounds as it likes (keyboard-interactive, RFC 4256). */
export function promptWay({configuration, interview, passwords, over, leave, left}: Login): Way {
	const {user, passwordPrompts} = configuration;
	let [refused, wasAsked] = [0, true];
	return {
		async next() {
			// A server that has asked nothing would go on so for ever.
			if (interview.isNobody || refused >= passwordPrompts || !wasAsked) return undefined;
			wasAsked = false;
			return {words: 'answers to its questions', method: {type: 'keyboard-interactive', username: user, prompt}};
		},
		settle(isAccepted) {
			if (!isAccepted) refused++;
			passwords.settle(isAccepted);
		},
	};

	function prompt(
		title: string,
		instruction: string,
		_language: string,
		prompts: Prompt[],
		finish: (answers: string[]) => void,
	): void {
		wasAsked = true;
		answersTo(title, instruction, prompts).then(
			answers => {
				if (over.aborted) return;
				finish(answers);
				interview.confirmation.begin();
			},
			error => over.aborted || leave(error),
		);
	}

	async function answersTo(title: string, instruction: string, prompts: Prompt[]): Promise<string[]> {
		const answers: string[] = [];
		for (const {prompt: text, echo} of prompts) {
			const isShown = echo === true;
			const isPassword = !isShown && asksPassword.test(text);
			const question = {kind: 'prompt', user, title, instruction, prompt: text, isShown, refused} as const;
			const answer = (isPassword && passwords.take()) || (await interview.tell(question, over));
			if (!answer) throw left();
			answers.push(answer.toString());
			if (isPassword) passwords.send(answer);
			else answer.fill(0);
			// From here on the old one serves no more.
			if (asksNew.test(text)) passwords.settle(false);
		}
		return answers;
	}
}

/** The question of login programs for the password itself; no one-time code and no new password may pass for it. */
const asksPassword = /^(?:\S+@\S+'s )?password(?: for \S+)?\s*:?\s*$/i;
const asksNew = /\bnew\b.*\bpassword\b/i;
