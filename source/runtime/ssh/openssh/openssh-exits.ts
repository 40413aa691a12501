import type {LinePipe} from './line-pipe.ts';

/**
 * Exit statuses of commands as a master logs them, channel by channel. A command of its own ends only when nobody holds its
 * streams any more; this is when it has ended. Numbers of channels are used again.
 */
export class ExitStatuses {
	readonly #log: LinePipe;
	readonly #early = new Map<string, number>();
	readonly #waiting = new Map<string, (exit: number) => void>();

	constructor(log: LinePipe) {
		this.#log = log;
	}

	read(line: string): void {
		const [, begun] = /^debug1: channel (\d+): new .*\[client-session\]/.exec(line) ?? [];
		if (begun !== undefined) this.drop(begun);
		const [, channel, status] = ended.exec(line) ?? [];
		if (status === undefined) return;
		const listener = this.#waiting.get(channel!);
		if (listener) listener(Number(status));
		else this.#early.set(channel!, Number(status));
	}

	/** For the command that has just begun on a channel; it may have ended. */
	async claim(channel: string, listener: (exit: number) => void): Promise<void> {
		// What the master said of its beginning has been read then, so what is there is not of an older command.
		await this.#log.flush();
		const status = this.#early.get(channel);
		this.#early.delete(channel);
		if (status === undefined) this.#waiting.set(channel, listener);
		else listener(status);
	}

	drop(channel: string): void {
		this.#early.delete(channel);
		this.#waiting.delete(channel);
	}
}

/** By LogVerbose. */
const ended = /^debug3: mux\.c:mux_exit_message\(\).*: channel (\d+): exit message, exitval (\d+)/;
