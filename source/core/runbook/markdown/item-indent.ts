/** The column (from 0) at which the content of a list item begins; its mark stands after `base` columns of its line. */
export function itemIndent(line: string, base: number): number {
	let column = 0;
	let at = 0;
	const step = () => {
		column += line[at] === '\t' ? 4 - (column % 4) : 1;
		at++;
	};
	while (at < line.length && (column < base || isBlank(line[at]!))) step();
	while (at < line.length && !isBlank(line[at]!)) step();
	const afterMark = column;
	while (at < line.length && isBlank(line[at]!)) step();
	const blanks = column - afterMark;
	return at >= line.length || blanks > 4 ? afterMark + 1 : afterMark + blanks;
}

const isBlank = (character: string) => character === ' ' || character === '\t';
