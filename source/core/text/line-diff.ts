/** What was changed between two texts, by lines: each result line begins with `-`, `+` or, where it stayed, a blank. */
export function lineDiff(before: string, after: string): string[] {
	const [old, now] = [before.split('\n'), after.split('\n')];
	let start = 0;
	while (start < old.length && start < now.length && old[start] === now[start]) start++;
	let end = 0;
	while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
	const middle = changed(old.slice(start, old.length - end), now.slice(start, now.length - end));
	const same = (line: string) => ` ${line}`;
	return [...old.slice(0, start).map(same), ...middle, ...old.slice(old.length - end).map(same)];
}

/** More than this many pairs of lines are not compared with one another: all old lines, then all new ones. */
const most = 1_000_000;

function changed(old: string[], now: string[]): string[] {
	if (old.length * now.length > most) return [...old.map(removed), ...now.map(added)];
	const common = commonLengths(old, now);
	const lines: string[] = [];
	let [at, to] = [0, 0];
	while (at < old.length || to < now.length) {
		if (at < old.length && to < now.length && old[at] === now[to]) {
			lines.push(` ${old[at]}`);
			at++;
			to++;
		} else if (to >= now.length || (at < old.length && common[at + 1]![to]! >= common[at]![to + 1]!)) {
			lines.push(removed(old[at++]!));
		} else lines.push(added(now[to++]!));
	}
	return lines;
}

/** Length of the longest common subsequence of what follows each pair of places. */
function commonLengths(old: string[], now: string[]): Uint32Array[] {
	const lengths = Array.from({length: old.length + 1}, () => new Uint32Array(now.length + 1));
	for (let at = old.length - 1; at >= 0; at--) {
		for (let to = now.length - 1; to >= 0; to--) {
			const [down, right] = [lengths[at + 1]!, lengths[at]!];
			right[to] = old[at] === now[to] ? down[to + 1]! + 1 : Math.max(down[to]!, right[to + 1]!);
		}
	}
	return lengths;
}

const removed = (line: string) => `-${line}`;
const added = (line: string) => `+${line}`;
