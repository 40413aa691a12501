/** A line of ssh_config: its keyword in lower case, and what follows. */
export type ConfigLine = {keyword: string; words: string[]};

/** Reads a file as ssh does: quotes, backslashes, `=` after the keyword, comments; lines that ssh would refuse are left out. */
export function configLines(text: string): ConfigLine[] {
	return text.split('\n').flatMap(line => {
		const [, keyword, rest = ''] = /^\s*"?([A-Za-z]+)"?(?:\s*=\s*|\s+)(.*)$/s.exec(line) ?? [];
		const words = wordsOf(rest);
		return keyword && words ? [{keyword: keyword.toLowerCase(), words}] : [];
	});
}

/** Undefined where a quote is not closed. */
function wordsOf(text: string): string[] | undefined {
	const words: string[] = [];
	let word: string | undefined;
	let quote = '';
	for (let at = 0; at < text.length; at++) {
		const character = text[at]!;
		if (character === '\\' && ['"', "'", '\\'].includes(text[at + 1] ?? '')) word = (word ?? '') + text[++at];
		else if (quote) {
			if (character === quote) quote = '';
			else word += character;
		} else if (character === '"' || character === "'") {
			quote = character;
			word ??= '';
		} else if (/\s/.test(character)) {
			if (word !== undefined) words.push(word);
			word = undefined;
		} else if (character === '#' && word === undefined) break;
		else word = (word ?? '') + character;
	}
	if (quote) return undefined;
	return word === undefined ? words : [...words, word];
}
