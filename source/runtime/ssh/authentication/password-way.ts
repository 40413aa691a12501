import type {Login, Way} from './login-way.ts';

/** Logs in by a password that a person types, or by the one that served before. */
export function passwordWay({configuration, interview, passwords, over, leave, left}: Login): Way {
	const {user, passwordPrompts} = configuration;
	let refused = 0;
	return {
		async next() {
			const password = passwords.take() ?? (await typed());
			if (!password) return undefined;
			passwords.send(password);
			return {words: 'a password', method: {type: 'password', username: user, password: password as never}};
		},
		settle(isAccepted) {
			if (!isAccepted) refused++;
			passwords.settle(isAccepted);
		},
	};

	async function typed(): Promise<Buffer | undefined> {
		if (interview.isNobody || refused >= passwordPrompts) return undefined;
		const password = await interview.tell({kind: 'password', user, refused});
		if (!password) leave(left());
		else if (over.aborted) passwords.save(password);
		return over.aborted ? undefined : password;
	}
}
