import type {BaseAgent, ParsedKey} from 'ssh2';

/** Milliseconds that an agent may take to say which keys it holds. */
const limit = 3000;

/** The keys that an agent holds and ssh2 can use, or why nobody knows. */
export async function agentKeys(agent: BaseAgent): Promise<ParsedKey[] | string> {
	const {promise, resolve} = Promise.withResolvers<ParsedKey[] | string>();
	const timer = setTimeout(resolve, limit, 'does not answer');
	try {
		agent.getIdentities((error, keys) => resolve(error ? 'cannot be reached' : ((keys ?? []) as ParsedKey[])));
		return await promise;
	} finally {
		clearTimeout(timer);
	}
}
