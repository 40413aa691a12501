/**
 * A command line of words in single quotes. Whatever login shell reads it (sh, csh, fish) takes them as they stand, since
 * none holds what one of these shells would still obey in single quotes.
 */
export function quoteWords(words: string[]): string {
	const odd = words.find(word => /['\\!\n\r\0]/.test(word));
	if (odd !== undefined) throw new RangeError(`Not a word for every login shell: ${JSON.stringify(odd)}`);
	return words.map(word => `'${word}'`).join(' ');
}
