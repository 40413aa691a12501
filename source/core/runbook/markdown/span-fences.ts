/** Code spans that fill a line of a paragraph and were opened with three backticks; `offset` counts its lines from 0. */
export function spanFencesIn(paragraph: string): {offset: number; text: string}[] {
	// Torn off its paragraph, such a line would begin a list or be a heading.
	if (/^[ \t]*(?:\d+[.)](?:\s|$)|\*\*|__)/m.test(paragraph)) return [];
	return paragraph.split('\n').flatMap((line, offset) => {
		const match = /^\s*```([^`]+)```\s*$/.exec(line);
		return match ? [{offset, text: match[1]!.trim()}] : [];
	});
}
