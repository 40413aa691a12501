/** Lines of fewer characters are ended by who wrote them: no terminal and no encoder wraps so early. */
export const narrowest = 40;

/**
 * Text without the line breaks that may be wraps: those behind at least `narrowest` characters. `column` characters of
 * its first line came before it. `placeOf` says where a character of the result stands in the text that was given.
 */
export function lineJoin(given: string, column = 0): {text: string; placeOf(at: number): number} {
	const breaks = wraps(given, column);
	if (breaks.length === 0) return {text: given, placeOf: at => at};
	let text = '';
	let from = 0;
	/** How long the result was at each break, and how much was left out by then. */
	const joints: {at: number; left: number}[] = [];
	let left = 0;
	for (const {begin, end} of breaks) {
		text += given.slice(from, begin);
		left += end - begin;
		joints.push({at: text.length, left});
		from = end;
	}
	text += given.slice(from);
	return {text, placeOf: at => at + leftBefore(joints, at)};
}

function wraps(text: string, column: number): {begin: number; end: number}[] {
	const breaks: {begin: number; end: number}[] = [];
	let line = -column;
	for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', line)) {
		const begin = text[feed - 1] === '\r' && feed - 1 > line ? feed - 1 : feed;
		if (begin - line >= narrowest) breaks.push({begin, end: feed + 1});
		line = feed + 1;
	}
	// Its line feed may come with the next piece.
	if (text.endsWith('\r') && text.length - 1 - line >= narrowest)
		breaks.push({begin: text.length - 1, end: text.length});
	return breaks;
}

/** What was left out before a character of the result: binary search. */
function leftBefore(joints: {at: number; left: number}[], at: number): number {
	let [low, high] = [0, joints.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (joints[middle]!.at <= at) low = middle + 1;
		else high = middle;
	}
	return low === 0 ? 0 : joints[low - 1]!.left;
}
