/** A time limit that does not run while a person is waited for, and that is longer while somebody confirms elsewhere. */
export type Patience = {
	readonly signal: AbortSignal;
	/** Whether the time that runs, or has run out, was granted. */
	readonly isGranted: boolean;
	/** Stops, or goes on with what is left, but never less than the `least` milliseconds. */
	wait(isWaiting: boolean, least?: number): void;
	/** So many milliseconds from now on, in the place of what is left. */
	grant(limit: number): void;
	/** Goes on with what was left before. */
	restore(): void;
	end(): void;
};

/** `limit` in milliseconds. */
export function patience(limit: number): Patience {
	const over = new AbortController();
	let [left, since, isOver] = [limit, performance.now(), false];
	/** What was left when more was granted. */
	let before: number | undefined;
	let timer: NodeJS.Timeout | undefined = setTimeout(() => over.abort(), left);

	function stop(): void {
		if (timer === undefined) return;
		left -= performance.now() - since;
		clearTimeout(timer);
		timer = undefined;
	}

	function go(): void {
		since = performance.now();
		timer = setTimeout(() => over.abort(), Math.max(0, left));
	}

	function change(to: number): void {
		const isRunning = timer !== undefined;
		stop();
		left = to;
		if (isRunning) go();
	}

	return {
		signal: over.signal,
		get isGranted() {
			return before !== undefined;
		},
		wait(isWaiting, least = 0) {
			if (isOver || isWaiting === (timer === undefined)) return;
			if (isWaiting) return stop();
			left = Math.max(left, least);
			go();
		},
		grant(limit) {
			if (isOver) return;
			before ??= timer === undefined ? left : left - (performance.now() - since);
			change(limit);
		},
		restore() {
			if (isOver || over.signal.aborted || before === undefined) return;
			change(before);
			before = undefined;
		},
		end() {
			isOver = true;
			clearTimeout(timer);
			timer = undefined;
		},
	};
}
