import type {Client} from 'ssh2';

const end = 'The server ended the connection';

/** Whether nothing else was heard of the server. */
export const isEnd = ({message}: Error): boolean => message === end || /EPIPE|ECONNRESET/.test(message);

/** Resolves when the server lets in who asks; `begin` connects the client. Rejects with what ssh2 or the signal says. */
export async function readiness(client: Client, signal: AbortSignal, begin: () => void): Promise<void> {
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	// Where nobody waits for it any more, its end is no news.
	promise.catch(() => {});
	const abort = () => reject(signal.reason);
	client.once('ready', resolve);
	client.on('error', error => {
		// An agent that does not sign is no end: the next key is tried.
		if (error.level !== 'agent') reject(error);
	});
	client.once('close', () => reject(new Error(end)));
	signal.addEventListener('abort', abort, {once: true});
	if (signal.aborted) abort();
	try {
		begin();
		await promise;
	} finally {
		signal.removeEventListener('abort', abort);
	}
}
