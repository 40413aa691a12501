import type {HostName} from '../../core/run/host.ts';

/** Pauses before connections that follow each other quickly: a host that answers and drops at once is not hammered. */
export class Pauses {
	readonly #last = new Map<HostName, {at: number; pause: number}>();

	/** Milliseconds to wait now; `now` is monotonic milliseconds. */
	next(host: HostName, now: number): number {
		const last = this.#last.get(host);
		const isQuick = last !== undefined && now - last.at - last.pause < quick;
		const pause = isQuick ? Math.min(Math.max(2 * last.pause, shortest), longest) : 0;
		this.#last.set(host, {at: now, pause});
		return pause;
	}
}

const quick = 20_000;
const shortest = 1000;
const longest = 15_000;
