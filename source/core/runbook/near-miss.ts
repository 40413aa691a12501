/** The known word that was probably meant: one slip away, or two in long words. */
export function nearMiss(word: string, known: Iterable<string>): string | undefined {
	if (word.length < 3 || word.length > 30) return undefined;
	const lower = word.toLowerCase();
	const allowed = word.length > 5 ? 2 : 1;
	let best: string | undefined;
	let least = allowed + 1;
	for (const candidate of known) {
		if (candidate.length < 3 || Math.abs(candidate.length - word.length) > allowed) continue;
		const slips = distance(lower, candidate);
		if (slips < least) [best, least] = [candidate, slips];
	}
	return best;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function distance(a: string, b: string): number {
	let before: number[] = [];
	let row = Array.from({length: b.length + 1}, (_, column) => column);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let slips = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) slips = Math.min(slips, before[j - 2]! + 1);
			next.push(slips);
		}
		[before, row] = [row, next];
	}
	return row[b.length]!;
}
