import {LinkLost} from '../hosts/host.ts';
import type {Channel, LinkListener, Shell} from '../hosts/shell.ts';
import {quoteWords} from './quote-words.ts';
import {Rooms} from './rooms.ts';
import {NoRoom} from './ssh2/channel.ts';

/** A login on a host, by whatever transport. */
export type Link = {
	/** SHA-256 fingerprint of the key that the host has proven to hold. */
	hostKey: string;
	/** Facts about it, for whoever asks how the host is reached. */
	notes: string[];
	/** Resolves to why it is gone; never rejects. */
	lost: Promise<string>;
	/** Runs a command; `closed` resolves when there is room for another one. Throws `NoRoom` and `LinkLost`. */
	open(command: string, stdin: AsyncIterable<Uint8Array>): Promise<Channel & {closed: Promise<void>}>;
	/** Ends it at once, for this reason. */
	destroy(why: string): void;
	close(): Promise<void>;
};

export type LinkShell = Shell & {
	/** Of the login that stands, or stood last. */
	notes(): string[];
};

/** Commands at a time on a connection; sshd allows 10 by default (MaxSessions). */
export const most = 8;

/** Milliseconds for which a server may refuse every single command before its connection is given up. */
const patience = 15_000;

/** Commands over logins on a host, one at a time: `logIn` makes the next. `name` is what was asked for. */
export function linkShell(name: string, logIn: (signal: AbortSignal) => Promise<Link>): LinkShell {
	const rooms = new Rooms(most);
	const listeners = new Set<LinkListener>();
	let link: Link | undefined;
	let notes: string[] = [];
	let open = 0;
	/** Of commands that may end where another one needs their place. */
	const yielding = new Set<() => void>();
	const makeRoom = () => {
		for (const yields of yielding) yields();
	};

	function stand(next: Link): void {
		link = next;
		notes = next.notes;
		for (const listener of listeners) listener(true);
		next.lost.then(why => {
			if (link !== next) return;
			link = undefined;
			for (const listener of listeners) listener(false, why);
		});
	}

	async function attempt(command: string, stdin: AsyncIterable<Uint8Array>, yields?: () => void): Promise<Channel> {
		if (rooms.isFull) makeRoom();
		await rooms.enter();
		try {
			if (!link) throw new LinkLost(`There is no connection to ${name}`);
			const channel = await link.open(command, stdin);
			open++;
			if (yields) yielding.add(yields);
			channel.closed.then(() => {
				open--;
				if (yields) yielding.delete(yields);
				rooms.leave();
			});
			return channel;
		} catch (error) {
			rooms.leave();
			throw error;
		}
	}

	return {
		kind: 'ssh',
		async connect(signal) {
			if (!link) stand(await logIn(signal));
			return {hostKey: link!.hostKey};
		},
		async open(words, stdin, yields) {
			const command = quoteWords(words);
			let alone = performance.now();
			for (let pause = 20; ; pause = Math.min(pause * 2, 1000)) {
				try {
					return await attempt(command, stdin, yields);
				} catch (error) {
					if (!(error instanceof NoRoom)) throw error;
					makeRoom();
					if (open > 0) alone = performance.now();
					if (performance.now() - alone > patience) {
						link?.destroy('the server begins no command');
						throw new LinkLost(`${name} begins no command: ${error.message}`, {cause: error});
					}
				}
				await new Promise(resolve => setTimeout(resolve, pause));
			}
		},
		notes: () => notes,
		onLink(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		async close() {
			await link?.close();
		},
	};
}
