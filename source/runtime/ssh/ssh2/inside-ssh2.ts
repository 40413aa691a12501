import type {Client, ClientChannel} from 'ssh2';

// What ssh2 1.17 keeps to itself and the safety of a connection needs. Each is there once `connect` was called.

type Inside = {
	_chanMgr: {update(id: number, channel: ClientChannel): void; get(id: number): unknown};
	_protocol: {_handlers: Record<string, (...words: never[]) => void>};
};

const inside = (client: Client): Inside => client as unknown as Inside;

/** Every refusal of an attempt to log in; ssh2 passes on none that a key of an agent met, not even a partial success. */
export function onRefusal(client: Client, listener: (left: string[], isPartial: boolean) => void): void {
	before(client, 'USERAUTH_FAILURE', (_: unknown, left: string[], isPartial: boolean) => {
		listener(left, isPartial);
		return true;
	});
}

/** Every round of questions; ssh2 answers one without any by itself, and tells nobody of its words. */
export function onRound(
	client: Client,
	listener: (title: string, instruction: string, hasQuestions: boolean) => void,
): void {
	before(client, 'USERAUTH_INFO_REQUEST', (_: unknown, title: string, instruction: string, prompts: unknown[]) => {
		listener(title, instruction, prompts.length > 0);
		return true;
	});
}

/** Every channel as soon as it exists: the server may send before a command was begun. */
export function onChannel(client: Client, listener: (channel: ClientChannel) => void): void {
	const manager = inside(client)._chanMgr;
	const {update} = manager;
	manager.update = (id, channel) => {
		listener(channel);
		update.call(manager, id, channel);
	};
}

/** Data of a channel before it is taken in, with what its window has left; false drops it. */
export function beforeData(client: Client, isFine: (window: number, length: number) => boolean): void {
	for (const name of ['CHANNEL_DATA', 'CHANNEL_EXTENDED_DATA']) {
		before(client, name, (_: unknown, recipient: number, data: Buffer) => {
			const channel = inside(client)._chanMgr.get(recipient) as {incoming?: {window: number}} | undefined;
			return !channel?.incoming || isFine(channel.incoming.window, data.length);
		});
	}
}

/** Whether its cryptography in C is in use. */
export async function hasNativeAddon(): Promise<boolean> {
	// @ts-expect-error: it has no types
	const {default: crypto} = await import('ssh2/lib/protocol/crypto.js');
	return crypto.bindingAvailable === true;
}

/** Requests that are about the connection as a whole; false drops one. */
export function beforeRequest(client: Client, isFine: (name: string) => boolean): void {
	before(client, 'GLOBAL_REQUEST', (_: unknown, name: string) => isFine(name));
}

function before(client: Client, name: string, goesOn: (...words: never[]) => boolean): void {
	const handlers = inside(client)._protocol._handlers;
	const handler = handlers[name]!;
	handlers[name] = (...words) => {
		if (goesOn(...words)) handler(...words);
	};
}
