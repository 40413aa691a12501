import type {BaseAgent, ParsedKey} from 'ssh2';

export type Signer = {
	/** The public half. */
	key(): Promise<ParsedKey>;
	/** `hash` as OpenSSL names it, where the type of the key alone does not say it. */
	sign(data: Buffer, hash: string | undefined): Promise<Buffer>;
};

/**
 * An agent that holds a single key: ssh2 asks it for a signature only when the server would take the key, and of a real
 * agent it would try all, in an order of its own. Says nothing any more when the login is `over`.
 */
export function oneKeyAgent(library: typeof import('ssh2'), {key, sign}: Signer, over: AbortSignal): BaseAgent {
	const answer = <T>(promise: Promise<T>, callback: (error: Error | null, found?: T) => void): void => {
		promise.then(
			found => over.aborted || callback(null, found),
			error => over.aborted || callback(error),
		);
	};
	return Object.assign(Object.create(library.BaseAgent.prototype) as BaseAgent, {
		getIdentities(callback: (error: Error | null, keys?: ParsedKey[]) => void) {
			answer(
				key().then(found => [found]),
				callback,
			);
		},
		sign(_: unknown, data: Buffer, {hash}: {hash?: string}, callback: (error: Error | null, made?: Buffer) => void) {
			answer(sign(data, hash), callback);
		},
	});
}
