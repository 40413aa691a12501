import type {BaseAgent, ParsedKey} from 'ssh2';

/** Milliseconds that an agent may take to say which keys it holds. */
const limit = 3000;

/** Of the agent at a path, asked for the first time only: it is the same one for all machines on the way. */
export type KeysOf = (path: string, agent: BaseAgent) => ReturnType<typeof agentKeys>;

export function askedOnce(): KeysOf {
	const answers = new Map<string, ReturnType<typeof agentKeys>>();
	return (path, agent) => {
		const known = answers.get(path) ?? agentKeys(agent);
		answers.set(path, known);
		return known;
	};
}

/** The keys that an agent holds and ssh2 can use, or why nobody knows. */
async function agentKeys(agent: BaseAgent): Promise<ParsedKey[] | string> {
	const {promise, resolve} = Promise.withResolvers<ParsedKey[] | string>();
	const timer = setTimeout(resolve, limit, 'does not answer');
	try {
		agent.getIdentities((error, keys) => resolve(error ? 'cannot be reached' : ((keys ?? []) as ParsedKey[])));
		return await promise;
	} finally {
		clearTimeout(timer);
	}
}
