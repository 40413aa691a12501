/** Whether a pattern means a whole text: `*` stands for any letters, `?` for one. In linear memory and at most quadratic time. */
export function matchesWildcard(pattern: string, text: string): boolean {
	let [at, star, mark] = [0, -1, 0];
	for (let position = 0; position < text.length; ) {
		if (pattern[at] === '*') {
			star = at++;
			mark = position;
		} else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[position])) {
			at++;
			position++;
		} else if (star >= 0) {
			at = star + 1;
			position = ++mark;
		} else return false;
	}
	while (pattern[at] === '*') at++;
	return at === pattern.length;
}
