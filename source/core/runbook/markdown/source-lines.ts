/** The lines of a text, whatever ends them. Joined by `\n` they keep their numbers. */
export const sourceLines = (source: string): string[] => source.split(/\r\n|\r|\n/);

/** A file's text without its byte order mark. */
export const withoutMark = (source: string): string => source.replace(/^\uFEFF/, '');

/** Removes up to `columns` columns of indentation; tabs stop at every fourth column. */
export function dedented(line: string, columns: number): string {
	if (columns === 0) return line;
	let column = 0;
	let at = 0;
	while (column < columns && at < line.length) {
		if (line[at] === ' ') column++;
		else if (line[at] === '\t') column += 4 - (column % 4);
		else break;
		at++;
	}
	return ' '.repeat(Math.max(0, column - columns)) + line.slice(at);
}

/** Lines without the blank ones at both ends, and how many were cut off in front. */
export function trimmedLines(lines: string[]): {lines: string[]; skipped: number} {
	const first = lines.findIndex(line => line.trim() !== '');
	if (first < 0) return {lines: [], skipped: lines.length};
	const last = lines.findLastIndex(line => line.trim() !== '');
	return {lines: lines.slice(first, last + 1), skipped: first};
}

/** The name of a file without folders and ending; its title where it has no other. */
export function stemOf(file: string): string {
	const name = file.split(/[/\\]/).at(-1) ?? '';
	return name.replace(/(?<=.)\.[^.]*$/, '') || 'runbook';
}
