/** Breaks a line at blanks, so that none is wider than `columns` where its words allow; later ones are indented. */
export function wrap(line: string, columns: number | undefined, indent: string): string[] {
	if (columns === undefined || line.length <= columns) return [line];
	const lines: string[] = [];
	let rest = line;
	while (rest.length > columns) {
		const begin = lines.length === 0 ? rest.search(/\S|$/) : indent.length;
		const room = rest.lastIndexOf(' ', columns);
		const end = room > begin ? room : rest.indexOf(' ', columns);
		if (end < 0) break;
		lines.push(rest.slice(0, end).trimEnd());
		rest = indent + rest.slice(end).trimStart();
	}
	return rest.trim() === '' ? lines : [...lines, rest];
}
