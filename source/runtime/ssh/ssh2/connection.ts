import type {Client} from 'ssh2';
import type {Wire} from './wire.ts';

/** A login on a host that commands are opened on. */
export type Connection = {
	client: Client;
	/** SHA-256 fingerprint of the key that the host has proven to hold. */
	hostKey: string;
	/** What was agreed on with the server: key exchange, cipher. */
	agreed: string[];
	/** Whether commands may use an agent of this machine; false once the server would not have it. */
	forwardsAgent: boolean;
	/** Resolves to why it is gone; never rejects. */
	lost: Promise<string>;
	/** Ends it at once, for this reason. */
	destroy(why: string): void;
	/** Says goodbye, and waits a moment for it to arrive. */
	close(): Promise<void>;
};

/** What a login that succeeded is to those who use it; `wire` is what it runs over. */
export function connectionOf(
	client: Client,
	wire: Wire,
	{hostKey, agreed, forwardsAgent}: Pick<Connection, 'hostKey' | 'agreed' | 'forwardsAgent'>,
): Connection {
	const {promise: lost, resolve} = Promise.withResolvers<string>();
	const destroy = (why: string) => {
		resolve(why);
		wire.destroy();
	};
	client.on('error', error => {
		if (error.level === 'agent') return;
		destroy(error.level === 'client-timeout' ? 'nothing was heard of the host any more' : error.message);
	});
	client.once('close', () => resolve('the connection was closed'));
	// With it goes what it ran over: jump hosts serve nothing else.
	wire.closed.then(destroy);
	return {
		client,
		hostKey,
		agreed,
		forwardsAgent,
		lost,
		destroy,
		async close() {
			resolve('it was closed here');
			client.end();
			await wire.close();
		},
	};
}
