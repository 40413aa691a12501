import type {AnyAuthMethod, AuthHandlerMiddleware, BaseAgent, ParsedKey} from 'ssh2';
import {agentKeys} from './agent-keys.ts';
import type {Configuration} from './configuration.ts';
import {fingerprint} from './fingerprint.ts';
import {readKeyFile} from './key-files.ts';

type Library = typeof import('ssh2');

/** The ways to show who logs in, one after another, and what came of them. */
export type Authentication = {
	handler: AuthHandlerMiddleware;
	/** What was tried and what could not be, for the line that says why nobody was let in. */
	account(): {tried: string[]; unused: string[]; accepted: string[]; isPartial: boolean};
};

type Attempt = {words: string; method: AnyAuthMethod};

/** Keys of the agent and of key files in the order of OpenSSH: configured ones that the agent holds, its others, files. */
export async function authentication(library: Library, configuration: Configuration): Promise<Authentication> {
	const {attempts, unused} = await attemptsFor(library, configuration);
	const tried: string[] = [];
	let [accepted, isPartial]: [string[], boolean] = [[], false];
	return {
		handler(left, partly, next) {
			accepted = left ?? accepted;
			isPartial ||= partly === true;
			const attempt = left && !left.includes('publickey') ? undefined : attempts.shift();
			// Nothing at all to show: the server says at least what it would take.
			if (!attempt && !left) next({type: 'none', username: configuration.user});
			else if (attempt) {
				tried.push(attempt.words);
				next(attempt.method);
			} else next(false as never);
		},
		account: () => ({tried, unused, accepted, isPartial}),
	};
}

async function attemptsFor(library: Library, {user, identityAgent, identityFiles, identitiesOnly}: Configuration) {
	const unused: string[] = [];
	const files = await Promise.all(identityFiles.map(path => readKeyFile(path, library.utils.parseKey as never)));
	const agent = identityAgent ? library.createAgent(identityAgent) : undefined;
	const answer = agent ? await agentKeys(agent) : [];
	if (typeof answer === 'string') unused.push(`the agent at ${identityAgent} ${answer}`);
	const held = typeof answer === 'string' ? [] : answer;
	const configured = files.flatMap(file => ('key' in file ? [file.key] : []));
	const isSame = (one: ParsedKey) => (other: ParsedKey) => one.getPublicSSH().equals(other.getPublicSSH());
	const first = configured.flatMap(key => held.filter(isSame(key)).slice(0, 1));
	const others = identitiesOnly ? [] : held.filter(key => !first.some(isSame(key)));
	const attempts = [...first, ...others].map(key => byAgent(library, agent!, key, user));
	for (const file of files) {
		if ('key' in file && held.some(isSame(file.key))) continue;
		if (file.is === 'private') {
			const method = {type: 'publickey', username: user, key: file.text} as const;
			attempts.push({words: file.path, method});
		} else if (file.is !== 'missing' && file.why) unused.push(`${file.path} ${file.why}`);
	}
	return {attempts, unused};
}

/** An agent of one key: ssh2 would try all of them, in an order of its own. */
function byAgent({BaseAgent}: Library, agent: BaseAgent, key: ParsedKey, username: string): Attempt {
	const one: BaseAgent = Object.assign(Object.create(BaseAgent.prototype), {
		getIdentities: (callback: (error: undefined, keys: ParsedKey[]) => void) => callback(undefined, [key]),
		sign: (...words: Parameters<BaseAgent['sign']>) => agent.sign(...words),
	});
	const words = `${key.comment || fingerprint(key.getPublicSSH())} of the agent`;
	return {words, method: {type: 'agent', username, agent: one}};
}
