/**
 * What a terminal makes of keys while a line is read: text is shown as it comes, backspace and control-U take it back.
 * `pending` and the result are what was typed and not read yet; a character for each byte.
 */
export function editTyped(pending: string, typed: string, echo: (text: string) => void): string {
	let kept = pending;
	for (const key of typed.replaceAll(sequences, '')) {
		const begin = Math.max(kept.lastIndexOf('\n'), kept.lastIndexOf('\x04')) + 1;
		if (key === '\r' || key === '\n') {
			kept += '\n';
			echo('\n');
		} else if (key === '\x04') kept += key;
		else if (key === '\x7f' || key === '\b') {
			if (kept.length === begin) continue;
			kept = withoutLast(kept);
			echo('\b \b');
		} else if (key === '\x15') {
			while (kept.length > begin) {
				kept = withoutLast(kept);
				echo('\b \b');
			}
		} else if (key >= ' ') {
			kept += key;
			echo(key);
		}
	}
	return kept;
}

/** Cursor and function keys. */
const sequences = /\x1b(?:\[[0-?]*[ -/]*[@-~]|O[@-~])?/g;

/** UTF-8 goes on with bytes of the form 10xxxxxx. */
const withoutLast = (text: string): string => text.replace(/[^\x80-\xbf]?[\x80-\xbf]*$/, '');
