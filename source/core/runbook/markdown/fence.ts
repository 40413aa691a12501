/** A fence that holds `text` word for word: longer than every run of its mark in the text, tildes where the info has backticks. */
export function fence(info: string, text: string): string {
	const mark = info.includes('`') ? '~' : '`';
	const longest = (text.match(mark === '`' ? /`+/g : /~+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
	const edge = mark.repeat(longest + 1);
	return text === '' ? `${edge}${info}\n${edge}` : `${edge}${info}\n${text}\n${edge}`;
}
