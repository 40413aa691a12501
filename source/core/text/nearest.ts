/** The candidate that `word` was probably meant to be: at most a third of its letters off; undefined where none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
	let best: string | undefined;
	let least = Math.max(1, Math.floor(word.length / 3)) + 1;
	for (const candidate of candidates) {
		const edits = distance(word, candidate, least);
		if (edits < least) [best, least] = [candidate, edits];
	}
	return best;
}

/** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours; stops counting at `limit`. */
function distance(from: string, to: string, limit: number): number {
	if (Math.abs(from.length - to.length) >= limit) return limit;
	let beforeLast: number[] = [];
	let last = Array.from({length: to.length + 1}, (_, index) => index);
	for (let row = 1; row <= from.length; row++) {
		const current = [row];
		for (let column = 1; column <= to.length; column++) {
			const isSame = from[row - 1] === to[column - 1];
			const isSwap = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
			current[column] = Math.min(
				last[column]! + 1,
				current[column - 1]! + 1,
				last[column - 1]! + (isSame ? 0 : 1),
				isSwap ? beforeLast[column - 2]! + 1 : Number.POSITIVE_INFINITY,
			);
		}
		[beforeLast, last] = [last, current];
	}
	return last[to.length]!;
}
