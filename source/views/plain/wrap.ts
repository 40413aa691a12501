/** Breaks a line at blanks, so that none is wider than `columns` where its words allow; later ones are indented. */
export function wrap(line: string, columns: number | undefined, indent: string): string[] {
	if (columns === undefined || line.length <= columns) return [line];
	const lines: string[] = [];
	let [from, mark] = [0, ''];
	while (mark.length + line.length - from > columns) {
		const begin = from === 0 ? line.search(/\S|$/) : from;
		const last = line.lastIndexOf(' ', from + columns - mark.length);
		const end = last > begin ? last : line.indexOf(' ', Math.max(begin, from + columns - mark.length));
		if (end < 0) break;
		lines.push((mark + line.slice(from, end)).trimEnd());
		from = end;
		while (line[from] === ' ') from++;
		mark = indent;
	}
	return from < line.length ? [...lines, (mark + line.slice(from)).trimEnd()] : lines;
}
