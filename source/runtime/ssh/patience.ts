/** A time limit that does not run while a person is waited for. */
export type Patience = {
	readonly signal: AbortSignal;
	/** Stops, or goes on with what is left, but never less than the `least` milliseconds. */
	wait(isWaiting: boolean, least?: number): void;
	end(): void;
};

/** `limit` in milliseconds. */
export function patience(limit: number): Patience {
	const over = new AbortController();
	let [left, since, isOver] = [limit, performance.now(), false];
	let timer: NodeJS.Timeout | undefined = setTimeout(() => over.abort(), left);
	return {
		signal: over.signal,
		wait(isWaiting, least = 0) {
			if (isOver || isWaiting === (timer === undefined)) return;
			if (isWaiting) {
				left -= performance.now() - since;
				clearTimeout(timer);
				timer = undefined;
			} else {
				since = performance.now();
				left = Math.max(left, least);
				timer = setTimeout(() => over.abort(), left);
			}
		},
		end() {
			isOver = true;
			clearTimeout(timer);
			timer = undefined;
		},
	};
}
