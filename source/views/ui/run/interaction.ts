import type {OutputScreen} from '../../../core/text/output-screen.ts';
import type {Keyboard, Session} from '../../../runtime/engine/session.ts';
import {keyBytes, leaveKey, pasteBytes} from '../parts/key-bytes.ts';

/** Why somebody no longer types into a task: `pipe` where it has no terminal, and takes a line instead. */
export type Left = {why: string; isByKey: boolean} | 'pipe';

/** Milliseconds that a host may take to let somebody type. */
const patience = 10_000;

/** Milliseconds until the reason is heard for which no more keys are taken. */
const hearing = 1000;

/** Keys on their way into a task, until a key, its end or that of the connection leaves it. What is typed is not kept. */
export class Interaction {
	readonly task: string;
	readonly #screen: OutputScreen;
	readonly #left: (how: Left) => void;
	#keyboard: Keyboard | undefined;
	#early: string[] = [];
	#isOver = false;
	readonly #noRoom: NodeJS.Timeout;

	constructor(session: Session, host: string, task: string, screen: OutputScreen, left: (how: Left) => void) {
		this.task = task;
		this.#screen = screen;
		this.#left = left;
		const why = 'nothing can be typed: the host gives no room for one more command (MaxSessions of its sshd)';
		this.#noRoom = setTimeout(() => this.leave(why), patience);
		void this.#open(session, host);
	}

	/** A key as the terminal sent it, or several of them. */
	key(sequence: string): void {
		const [keys, isLast] = sequence.split(leaveKey, 2);
		if (keys) this.#send(keyBytes(keys, this.#screen.modes));
		if (isLast !== undefined) this.#end({why: 'keys act on this screen again', isByKey: true});
	}

	paste(text: string): void {
		this.#send(pasteBytes(text, this.#screen.modes));
	}

	leave(why: string): void {
		this.#end({why, isByKey: false});
	}

	async #open(session: Session, host: string): Promise<void> {
		const keyboard = await session.typeInto(host, this.task);
		clearTimeout(this.#noRoom);
		if (typeof keyboard === 'string') return this.leave(`nothing can be typed: ${keyboard}`);
		if (!keyboard.hasTerminal || this.#isOver) {
			keyboard.close();
			return this.#end('pipe');
		}
		this.#keyboard = keyboard;
		this.#screen.onReply = reply => this.#send(reply);
		for (const keys of this.#early.splice(0)) this.#send(keys);
		await keyboard.closed;
		const isLost = () => !session.state.hosts[host]?.link;
		// That the command has ended, or the connection is lost, may be heard only now.
		await session.until(() => isLost() || this.#isOver, AbortSignal.timeout(hearing)).catch(() => undefined);
		this.leave(isLost() ? 'the connection is lost' : 'it takes no more keys');
	}

	#send(keys: string): void {
		if (keys === '' || this.#isOver) return;
		if (this.#keyboard) this.#keyboard.write(Buffer.from(keys));
		else this.#early.push(keys);
	}

	#end(how: Left): void {
		if (this.#isOver) return;
		this.#isOver = true;
		clearTimeout(this.#noRoom);
		this.#early = [];
		this.#screen.onReply = undefined;
		this.#keyboard?.close();
		this.#left(how);
	}
}
